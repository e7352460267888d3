"""The radar: drawn from percentiles, said in words, written as a table."""

from __future__ import annotations

from typing import Any

import pytest
from tests.fakes.sights import PROFILE

from quintet.web.radar_picture import radar_spec, radar_table, radar_words, shown_features
from quintet.web.texts import EN, KO
from quintet.web.texts.pictures import PICTURE_TEXTS
from quintet.web.tracks import AudioProfile

PLAIN = PICTURE_TEXTS["en"]


def profile(**changes: dict[str, float]) -> AudioProfile:
    return AudioProfile.model_validate(PROFILE | changes)


def corners(spec: dict[str, Any], who: str) -> list[dict[str, Any]]:
    layers = [layer["data"]["values"] for layer in spec["layer"]]
    return next(rows for rows in layers if rows[0].get("who") == who)


def test_a_corner_lies_as_far_out_as_its_percentile() -> None:
    shown = corners(radar_spec(profile(), EN.features, PLAIN), "your songs")
    assert [row["percent"] for row in shown] == [90, 70, 50, 45, 20]
    for row in shown:
        assert (row["x"] ** 2 + row["y"] ** 2) ** 0.5 == pytest.approx(row["percent"] / 100, abs=0.001)


def test_only_what_both_sides_have_is_drawn_and_two_corners_are_no_shape() -> None:
    assert shown_features(profile(items={"energy": 0.1, "tempo": 0.2, "valence": 0.4})) == [
        "energy",
        "valence",
        "tempo",
    ]
    assert shown_features(profile(items={"energy": 0.1, "tempo": 0.2})) == []
    assert shown_features(AudioProfile()) == []


def test_the_words_name_what_stands_out_and_where_the_list_differs() -> None:
    assert radar_words(profile(), EN.features, PLAIN) == (
        "Your songs stand out by energy (more than 90 % of the catalogue) and little acoustic sound "
        "(less than 80 % of the catalogue). The list sounds alike, with less mood (30 points)."
    )
    middling = dict.fromkeys(PROFILE["seeds"], 0.5)
    same = radar_words(profile(seeds=middling, items=middling), EN.features, PLAIN)
    assert same == f"{PLAIN.in_the_middle} {PLAIN.list_same}"


def test_the_table_says_the_same_in_both_languages() -> None:
    for language, texts in (("en", EN), ("ko", KO)):
        table = radar_table(profile(), texts.features, PICTURE_TEXTS[language])  # type: ignore[index]
        assert f'<th scope="row">{texts.features["energy"]}</th><td>90</td><td>85</td>' in table
