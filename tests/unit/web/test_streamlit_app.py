"""The whole page, run by Streamlit's own test runner against the stand-in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from tests.fakes.api import MARKDOWN, SCRIPT, FakeApi

from quintet.web.texts import EN, KO

FIVE = "id0001,id0003,id0004,id0005,id0012"


def html_of(page: AppTest) -> str:
    assert not page.exception
    return "\n".join(str(element.proto.body) for element in page.get("html"))


def param(page: AppTest, name: str) -> str:
    """A part of the address, however the runner keeps it."""
    value = page.query_params[name]
    return value if isinstance(value, str) else value[0]


def component(page: AppTest, name: str) -> dict[str, Any]:
    """What an interactive part was given."""
    protos = [element.proto for element in page.get("bidi_component")]
    return next(json.loads(proto.json) for proto in protos if proto.component_name == f"quintet_{name}")


def cards(page: AppTest) -> list[dict[str, Any]]:
    """The list that is shown."""
    assert not page.exception
    shown: list[dict[str, Any]] = component(page, "list")["cards"]
    return shown


def with_seeds(page: AppTest, seeds: str, **params: str) -> AppTest:
    for name, value in {"seeds": seeds, **params}.items():
        page.query_params[name] = value
    return page.run()


def test_the_empty_page_explains_itself_and_offers_starters(page: AppTest) -> None:
    html = html_of(page.run())
    assert EN.headline in html
    assert EN.lead in html
    assert len(component(page, "starters")["sets"]) == 4
    assert len(component(page, "slots")["empty"]) == 5
    assert "Model 7" in html


def test_invented_songs_are_said_to_be_invented(page: AppTest, fake_api: FakeApi) -> None:
    assert html_of(page.run()).count(EN.invented) == 1
    fake_api.is_invented = False
    assert EN.invented not in html_of(page.run())


def test_an_address_with_five_songs_shows_ten_ranked_ones(page: AppTest) -> None:
    assert [card["rank"] for card in cards(with_seeds(page, FIVE))] == list(range(1, 11))
    assert [track["id"] for track in component(page, "slots")["filled"]] == FIVE.split(",")
    assert component(page, "list")["lead"] == EN.results_enough


def test_a_switch_of_language_does_not_ask_for_the_list_again(page: AppTest, fake_api: FakeApi) -> None:
    with_seeds(page, FIVE)
    page.button(key="language").click().run()
    assert param(page, "lang") == "ko"
    assert component(page, "list")["title"] == KO.results_title
    assert fake_api.calls.count("POST /recommend_ranked") == 1


def test_a_korean_browser_gets_korean(page: AppTest) -> None:
    page.context = {"locale": "ko-KR"}
    html = html_of(page.run())
    assert KO.headline in html
    assert 'lang="ko"' in html
    assert component(page, "search_box")["texts"]["label"] == KO.search_label


def test_a_longer_list_is_in_the_address(page: AppTest) -> None:
    assert len(cards(with_seeds(page, FIVE, k="20"))) == 20


def test_dials_filters_and_unwanted_songs_of_an_address_reach_the_api(
    page: AppTest, fake_api: FakeApi
) -> None:
    wishes = {"popularity": "-1", "explicit": "no", "another": "2", "disliked": "id0020", "passed": "id0021"}
    shown = cards(with_seeds(page, FIVE, **wishes))
    (asked,) = fake_api.asked
    assert (asked["popularity"], asked["filters"], asked["variety_seed"]) == (-1.0, {"explicit": False}, 2)
    assert (asked["disliked_ids"], asked["exclude_ids"]) == (["id0020"], ["id0020", "id0021"])
    assert {"id0020", "id0021"}.isdisjoint(card["id"] for card in shown)
    assert component(page, "list")["drawer"]["values"] == {
        "popularity": "-1",
        "explicit": "no",
        "another": "2",
    }


def test_the_order_of_songs_does_not_ask_for_the_list_again(page: AppTest, fake_api: FakeApi) -> None:
    with_seeds(page, FIVE)
    with_seeds(page, ",".join(reversed(FIVE.split(","))))
    assert fake_api.calls.count("POST /recommend_ranked") == 1


def test_what_the_api_says_of_a_list_is_told(page: AppTest, fake_api: FakeApi) -> None:
    fake_api.warnings = ["only few tracks"]
    data = component(with_seeds(page, FIVE), "list")
    assert data["facts"] == ["10 artists", "known songs (50/100)", "much alike"]
    assert data["notes"] == ["only few tracks"]


def test_a_refused_list_leaves_the_dials_to_be_turned_back(page: AppTest, fake_api: FakeApi) -> None:
    with_seeds(page, FIVE)
    fake_api.refuses_lists = True
    data = component(with_seeds(page, FIVE, explicit="only"), "list")
    assert data["title"] == EN.refused_title
    assert data["drawer"]["n_set"] == 1


def test_whatever_else_goes_wrong_shows_calm_words(page: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("quintet.web.list_area.drawer", None)
    html = html_of(with_seeds(page, FIVE))
    assert EN.broken_title in html
    assert "Traceback" not in html


def test_hostile_titles_reach_the_page_as_data_only(page: AppTest) -> None:
    assert {SCRIPT, MARKDOWN} == {
        card["title"].removeprefix("Love ")
        for card in cards(with_seeds(page, "id0001"))
        if "Love " in card["title"]
    } & {SCRIPT, MARKDOWN}
    assert SCRIPT not in html_of(page)
    assert not page.markdown


def test_an_api_that_is_down_is_waited_for(page: AppTest, fake_api: FakeApi) -> None:
    fake_api.stop()
    assert EN.down_title in html_of(with_seeds(page, FIVE))
    fake_api.start()
    assert len(cards(page.run())) == 10
    assert param(page, "seeds") == FIVE


def test_a_first_model_in_training_is_waited_for(page: AppTest, fake_api: FakeApi) -> None:
    fake_api.has_model = False
    assert EN.training_title in html_of(page.run())
    fake_api.has_model = True
    assert EN.headline in html_of(page.run())


@pytest.mark.parametrize("status", [400, 404, 429, 500])
def test_no_answer_of_the_api_breaks_the_page(page: AppTest, fake_api: FakeApi, status: int) -> None:
    fake_api.status = status
    assert EN.down_title in html_of(with_seeds(page, FIVE))


def test_songs_that_a_new_model_lacks_are_named_and_left_out(page: AppTest, fake_api: FakeApi) -> None:
    with_seeds(page, FIVE)
    gone = fake_api.tracks.pop("id0012")["track_name"]
    fake_api.version = "8"
    html = html_of(page.run())
    assert EN.removed_tracks.format(titles=gone) in html
    assert len(cards(page)) == 10
    assert param(page, "seeds") == FIVE.removesuffix(",id0012")


def test_unknown_ids_of_an_address_are_all_named_at_once(page: AppTest) -> None:
    html = html_of(with_seeds(page, "nobody1,id0001,nobody2"))
    assert EN.removed_tracks.format(titles="nobody1, nobody2") in html
    assert param(page, "seeds") == "id0001"


def test_an_address_that_makes_no_sense_gives_the_empty_page(page: AppTest) -> None:
    with_seeds(page, "../x,, ,%00", lang="xx", k="999999")
    assert EN.headline in html_of(page)
    assert len(component(page, "slots")["empty"]) == 5
