"""Every control of `POST /recommend_ranked`: what it does, and what is said of a value out of range."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.unit.api.test_api import SEEDS, recommend

NO_CAPS = {"max_per_artist": None, "max_per_album": None}
WRONG: dict[str, list[object]] = {
    "diversity": [-0.1, 1.1, "0.5", None, True, [0]],
    "popularity": [-1.1, 1.01, "hits", None, False],
    "max_per_artist": [0, 201, 2.5, "2", True],
    "max_per_album": [0, 201, 2.5, "2", True],
    "exclude_ids": [["t00000"] * 2001, "t00000", None, {"a": 1}],
    "disliked_ids": [["t00000"] * 51, "t00000", None],
    "blocked_artists": [["x"] * 201, "Artist 1", None],
    "variety": [-0.1, 1.1, None, "1"],
    "variety_seed": [-1, 2**53, 0.5, None, "7", True],
    "filters": ["pop", None, []],
}
WRONG_FILTERS: dict[str, list[object]] = {
    "year_min": [-1, 10_000, "1990", 1990.5, True],
    "year_max": [-1, 10_000, "1990"],
    "genres": ["pop", None, ["x"] * 201],
    "exclude_genres": ["pop", None],
    "explicit": ["no", 0, 1],
    "duration_ms_min": [-1, 10**9, "3:20"],
    "duration_ms_max": [-1, 10**9],
    "scripts": ["latin", None, ["latin"] * 12],
    "mood": ["sunny"],
}


def fields(answer: Any) -> list[str]:
    assert answer.status_code == 422, answer.text
    return [error["field"] for error in answer.json()["errors"]]


def items(client: TestClient, **body: Any) -> list[dict[str, Any]]:
    answer = recommend(client, **body)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


@pytest.mark.parametrize(("field", "value"), [(name, value) for name in WRONG for value in WRONG[name]])
def test_a_control_out_of_range_is_named(client: TestClient, field: str, value: object) -> None:
    assert fields(recommend(client, **{field: value})) == [field]


@pytest.mark.parametrize(
    ("field", "value"), [(name, value) for name in WRONG_FILTERS for value in WRONG_FILTERS[name]]
)
def test_a_filter_out_of_range_is_named(client: TestClient, field: str, value: object) -> None:
    assert fields(recommend(client, filters={field: value})) == [f"filters.{field}"]


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"exclude_ids": ["t00000", ""]}, "exclude_ids.1"),
        ({"disliked_ids": [5]}, "disliked_ids.0"),
        ({"blocked_artists": ["x" * 201]}, "blocked_artists.0"),
        ({"blocked_artists": ["a\0b"]}, "blocked_artists.0"),
        ({"filters": {"genres": ["pop", None]}}, "filters.genres.1"),
        ({"filters": {"scripts": ["klingon"]}}, "filters.scripts.0"),
        ({"filters": {"year_min": 2000, "year_max": 1999}}, "filters.year_max"),
        ({"filters": {"duration_ms_min": 2, "duration_ms_max": 1}}, "filters.duration_ms_max"),
    ],
)
def test_a_faulty_entry_is_named_by_its_place(client: TestClient, body: Any, field: str) -> None:
    assert fields(recommend(client, **body)) == [field]


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_refused(client: TestClient, number: str) -> None:
    body = f'{{"seeds": ["t00000"], "diversity": {number}}}'
    answer = client.post("/recommend_ranked", content=body, headers={"Content-Type": "application/json"})
    assert fields(answer) == ["diversity"]


def test_the_largest_request_is_answered(client: TestClient) -> None:
    ids = [f"{place:022d}" for place in range(2_000)]
    assert len(items(client, exclude_ids=ids, disliked_ids=ids[:50], blocked_artists=["x"] * 200)) == 10


def test_defaults_are_what_they_are_said_to_be(client: TestClient) -> None:
    said = {"diversity": 0, "popularity": 0, "variety": 0, "variety_seed": 0, "filters": {}}
    said |= {"max_per_artist": 2, "max_per_album": 2, "exclude_ids": [], "disliked_ids": []}
    assert items(client, **said, blocked_artists=[]) == items(client)


def test_two_tracks_of_an_artist_and_of_an_album_unless_told_otherwise(client: TestClient) -> None:
    for cap, body in ((2, {}), (1, {"max_per_artist": 1, "max_per_album": 1})):
        listed = items(client, k=60, **body)
        assert max(Counter(item["artists"][0] for item in listed).values()) == cap
        assert max(Counter(item["album_name"] for item in listed).values()) <= cap
    assert len(items(client, k=200, **NO_CAPS)) == 200


def test_a_list_that_caps_keep_short_says_so(client: TestClient) -> None:
    answer = recommend(client, k=200, max_per_artist=1, max_per_album=None).json()
    assert len(answer["items"]) < 100
    assert "max_per_artist costs most" in answer["warnings"][0]


def test_filters_hold(client: TestClient) -> None:
    asked = {"year_min": 1980, "year_max": 1999, "genres": ["Jazz", "pop"], "explicit": False}
    for item in items(client, k=5, filters=asked, **NO_CAPS):
        assert 1980 <= int(item["release_date"][:4]) <= 1999
        assert {"jazz", "pop"} & set(item["genres"])
        assert item["explicit"] is False


def test_what_was_shown_disliked_or_blocked_stays_away(client: TestClient) -> None:
    first = items(client)
    shown, disliked = [item["track_id"] for item in first[:3]], first[3]["track_id"]
    blocked = first[4]["artists"][0]
    body = {
        "exclude_ids": [*shown, "nobody"],
        "disliked_ids": [disliked],
        "blocked_artists": [blocked.upper()],
    }
    second = items(client, **body)
    assert not {*shown, disliked} & {item["track_id"] for item in second}
    assert blocked not in [name for item in second for name in item["artists"]]
    assert len(second) == 10


def test_an_answer_tells_tastes_and_what_the_list_is_like(client: TestClient) -> None:
    answer = recommend(client, diversity=0.5).json()
    assert sorted(seed for taste in answer["tastes"] for seed in taste["seeds"]) == sorted(SEEDS)
    assert sum(taste["share"] for taste in answer["tastes"]) == pytest.approx(1)
    assert all(item["taste"] < len(answer["tastes"]) for item in answer["items"])
    metrics, listed = answer["list_metrics"], answer["items"]
    assert metrics["artists"] == len({item["artists"][0] for item in listed})
    assert metrics["mean_popularity"] == pytest.approx(sum(item["popularity"] for item in listed) / 10)
    assert metrics["intra_list_diversity"] > 0
    assert metrics["novelty"] >= 0


def test_a_variety_seed_names_a_list(client: TestClient) -> None:
    ids = [
        tuple(item["track_id"] for item in items(client, variety=1, variety_seed=seed)) for seed in (1, 2, 1)
    ]
    assert ids[0] == ids[2] != ids[1]
