"""Every name a crawl can leave behind has words in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict

import pandas as pd
import pytest

from quintet.adapters.postgres.snapshot import SOURCE_ORDER
from quintet.data.row_faults import faults
from quintet.data.validation import LIST_COLUMNS, TEXT_COLUMNS, _clean_text, _typed
from quintet.jobs.crawl import audio_features, chart, discovery, genres, publish
from quintet.web.crawl_words import crawl_in_words
from quintet.web.overview import Crawl
from quintet.web.texts import EN, KO
from quintet.web.texts.crawl import CRAWL_TEXTS

WHY = ("the day's call budget is used up (QUINTET_CRAWL_CALL_BUDGET)", "Deezer asks us to slow down")
TASKS = (audio_features.TASK, chart.TASK, discovery.TASK, genres.TASK, publish.TASK)
BRANDS = {"Spotify", "ReccoBeats", "MusicBrainz", "Deezer"}


def fault_names() -> Iterator[str]:
    """Every reason the validation can give, whatever the rows."""
    text = {name: [""] for name in TEXT_COLUMNS} | {name: [[]] for name in LIST_COLUMNS}
    cleaned = _clean_text(pd.DataFrame(text))
    return (name for name, _ in faults(cleaned, _typed(cleaned), True, False))


def names(values: Mapping[str, object]) -> str:
    return " ".join(values)


@pytest.mark.parametrize("reason", list(fault_names()))
def test_every_reason_to_refuse_a_row_is_said_in_both_languages(reason: str) -> None:
    crawl = Crawl(date="2026-11-22", rejected={reason: 1})
    english, korean = (names(crawl_in_words(crawl, texts).rejected) for texts in (EN, KO))
    assert "_" not in english
    assert re.search("[가-힣]", korean)
    assert "_" not in korean


@pytest.mark.parametrize("source", [*SOURCE_ORDER, "none"])
@pytest.mark.parametrize("kind", ["features", "genres"])
def test_every_source_is_named_in_both_languages(kind: str, source: str) -> None:
    crawl = Crawl(date="2026-11-22", sources={f"{kind}: {source}": 1})
    assert re.search("[가-힣]", names(crawl_in_words(crawl, KO).sources))
    assert source not in names(crawl_in_words(crawl, EN).sources).split() or source == "demo"


@pytest.mark.parametrize("why", WHY)
def test_what_is_left_is_said_with_the_reason_in_both_languages(why: str) -> None:
    said = (
        f"7 questions go on tomorrow: {why}",
        f"3 places of the chart are not named: {why}",
        f"no chart yet: {why}",
        f"4 artists wait for their genres: {why}",
        "; ".join(f"5 tracks wait for {name}'s audio features: {why}" for name in ("reccobeats", "spotify")),
    )
    for text in said:
        crawl = Crawl(date="2026-11-22", left={TASKS[0]: text})
        english, korean = (next(iter(crawl_in_words(crawl, page).left.values())) for page in (EN, KO))
        assert why not in english + korean
        assert not set(re.findall("[A-Za-z]{2,}", korean)) - BRANDS - {"QUINTET", "CRAWL", "CALL", "BUDGET"}


@pytest.mark.parametrize("task", TASKS)
def test_every_task_is_named_in_korean(task: str) -> None:
    assert re.search("[가-힣]", names(crawl_in_words(Crawl(date="d", left={task: "x"}), KO).left))


def test_both_languages_know_the_same_names_with_the_same_blanks() -> None:
    english, korean = (asdict(CRAWL_TEXTS[page.language]) for page in (EN, KO))
    for kind in english:
        assert {key: set(re.findall(r"{\w+}", text)) for key, text in english[kind].items()} == {
            key: set(re.findall(r"{\w+}", text)) for key, text in korean[kind].items()
        }


def test_a_name_nobody_knows_stays_as_it_is() -> None:
    crawl = crawl_in_words(Crawl(date="2026-11-22", counts={"new kind": 3}), KO)
    assert crawl.counts == {"new kind": 3}
