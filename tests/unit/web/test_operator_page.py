"""The operator's page: what stands on it, what it leaves out, what it does when something is away."""

from __future__ import annotations

import re
from dataclasses import asdict, fields
from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest
from tests.fakes.api import SCRIPT, FakeApi
from tests.fakes.sights import overview

from quintet.web.operator_words import overview_html
from quintet.web.overview import Overview
from quintet.web.texts import EN as PAGE
from quintet.web.texts.operator import OPERATOR_TEXTS, OperatorTexts
from quintet.web.tracks import ModelInfo

EN, KO = OPERATOR_TEXTS["en"], OPERATOR_TEXTS["ko"]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MODEL = ModelInfo(
    version="7",
    trained_at=datetime(2026, 11, 22, 9, tzinfo=UTC),
    catalogue_size=28_352,
    metrics={"ndcg_at_10": 0.1234, "ndcg_at_10_low": 0.11, "ndcg_at_10_high": 0.14, "drawing_s": 3.0},
)


class Nothing:
    """An API with no more than a version."""

    version = "7"
    tracks = ()


def drawn(seen: Overview, model: ModelInfo = MODEL) -> str:
    return overview_html(model, seen, NOW, PAGE, EN)


def full() -> Overview:
    return Overview.model_validate(overview(Nothing, None))


def html_of(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def test_metrics_stand_with_their_interval_and_timings_are_left_out() -> None:
    html = drawn(full())
    assert "0.123" in html
    assert "0.110 – 0.140" in html
    assert "drawing_s" not in html
    assert "28,352" in html
    assert "3 h ago" in html


def test_drift_says_in_words_what_moved() -> None:
    html = drawn(full())
    assert "0.310 · changed" in html
    assert "0.020 · steady" in html


def test_two_models_online_are_compared_with_the_interval_of_their_difference() -> None:
    html = drawn(full())
    assert "+0.20 (-0.20 – 0.60)" in html
    assert EN.no_winner in html


def test_an_installation_that_has_done_nothing_yet_says_so_calmly() -> None:
    html = drawn(Overview(), ModelInfo(version="1"))
    for said in (EN.no_crawl, EN.no_ratings, EN.no_metrics):
        assert said in html
    for absent in (EN.comparison, EN.catalogue_lead, EN.services):
        assert absent not in html


def test_only_addresses_of_the_web_become_links_and_names_are_text() -> None:
    seen = full()
    crawl = seen.last_crawl.model_copy(update={"counts": {SCRIPT: 1}}) if seen.last_crawl else None
    html = drawn(seen.model_copy(update={"last_crawl": crawl}))
    assert re.findall(r'href="([^"]*)"', html) == ["http://127.0.0.1:5000"]
    assert SCRIPT not in html


def test_the_page_is_found_from_the_list_and_shows_the_installation(page: AppTest) -> None:
    page.run()
    html = html_of(page.switch_page("operator_page.py").run())
    assert EN.title in html
    assert html.count("<section>") == 7
    page.query_params["lang"] = "ko"
    assert KO.ratings in html_of(page.run())


def test_an_api_that_is_away_is_waited_for_here_too(page: AppTest, fake_api: FakeApi) -> None:
    page.run()
    fake_api.status = 500
    assert PAGE.down_title in html_of(page.switch_page("operator_page.py").run())


@pytest.mark.parametrize("name", [field.name for field in fields(OperatorTexts)])
def test_a_sentence_has_the_same_blanks_in_both_languages(name: str) -> None:
    english, korean = (sorted(re.findall(r"{\w+}", str(getattr(texts, name)))) for texts in (EN, KO))
    assert english == korean


def test_korean_is_korean() -> None:
    assert {name for name, text in asdict(KO).items() if text == asdict(EN)[name]} == set()
