"""Chart, radar and map on the whole page, run by Streamlit's own test runner against the stand-in."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, fields
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.fakes.api import FakeApi

from quintet.web.hottest import ChartTrack, trend
from quintet.web.texts.pictures import PICTURE_TEXTS, PictureTexts

EN, KO = PICTURE_TEXTS["en"], PICTURE_TEXTS["ko"]
FIVE = "id0001,id0003,id0004,id0005,id0012"


def html_of(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def chart_of(page: AppTest) -> dict[str, Any]:
    protos = [element.proto for element in page.get("bidi_component")]
    data: dict[str, Any] = next(
        json.loads(proto.json) for proto in protos if proto.component_name == "quintet_hottest"
    )
    return data


def charts(page: AppTest) -> int:
    return len(page.get("vega_lite_chart")) + len(page.get("arrow_vega_lite_chart"))


def test_the_chart_says_its_day_and_which_way_songs_go(page: AppTest) -> None:
    data = chart_of(page.run())
    assert data["lead"] == EN.chart_of.format(date="2026-11-22")
    assert [place["sign"] for place in data["places"]][:4] == ["–", "▲ 3", "▼ 1", "new"]
    assert data["places"][1]["label"].startswith("Rank 2, up 3: add ")
    assert data["places"][3]["unknown"] == EN.chart_unknown


def test_without_a_chart_the_page_says_so_and_offers_popular_songs(page: AppTest, fake_api: FakeApi) -> None:
    fake_api.has_chart = False
    page.query_params["lang"] = "ko"
    data = chart_of(page.run())
    assert data["lead"] == KO.no_chart
    assert {place["sign"] for place in data["places"]} == {""}
    assert len(data["places"]) == 10


def test_a_chosen_song_cannot_be_chosen_again_and_none_when_all_slots_are_full(page: AppTest) -> None:
    page.query_params["seeds"] = "id0001"
    places = chart_of(page.run())["places"]
    assert [place["id"] for place in places if place["disabled"]] == ["id0001"]
    page.query_params["seeds"] = FIVE
    assert all(place["disabled"] for place in chart_of(page.run())["places"])


def test_both_pictures_stand_under_a_list_with_their_tables(page: AppTest) -> None:
    page.query_params["seeds"] = FIVE
    html = html_of(page.run())
    assert charts(page) == 2
    assert html.count(EN.as_table) == 2
    assert EN.radar_title in html
    assert EN.map_title in html


def test_the_empty_page_has_the_map_to_look_around(page: AppTest) -> None:
    html = html_of(page.run())
    assert charts(page) == 1
    assert EN.map_explore in html
    assert EN.radar_title not in html


def test_a_model_without_a_map_leaves_the_map_out(page: AppTest, fake_api: FakeApi) -> None:
    fake_api.has_map = False
    page.query_params["seeds"] = FIVE
    html_of(page.run())
    assert charts(page) == 1


@pytest.mark.parametrize("name", [field.name for field in fields(PictureTexts)])
def test_a_sentence_has_the_same_blanks_in_both_languages(name: str) -> None:
    english, korean = (sorted(re.findall(r"{\w+}", str(getattr(texts, name)))) for texts in (EN, KO))
    assert english == korean


def test_korean_is_korean() -> None:
    assert {name for name, text in asdict(KO).items() if text == asdict(EN)[name]} == set()


@pytest.mark.parametrize(("change", "way"), [(3, "up"), (-1, "down"), (0, "same"), (None, "new")])
def test_a_place_goes_where_its_change_says_and_nowhere_without_a_chart(change: int | None, way: str) -> None:
    place = ChartTrack(track_id="a", track_name="A", rank=1, change=change)
    assert trend(place, is_chart=True) == way
    assert trend(place, is_chart=False) == "none"
