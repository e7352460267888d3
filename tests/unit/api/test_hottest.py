"""GET /hottest: the newest chart as the crawl hung it up; without one, popular songs, and it says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.feedback_store import MemoryBoard
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.api import create_api
from quintet.api.feedback import Feedback, Stores
from quintet.api.model_holder import ModelHolder
from quintet.ports.crawl import Chart


def place(rank: int, track_id: str, change: int | None = None) -> dict[str, object]:
    facts = dict.fromkeys(
        ("album_name", "release_date", "popularity", "duration_ms", "explicit", "image_url")
    )
    return {
        **facts,
        "rank": rank,
        "change": change,
        "track_id": track_id,
        "track_name": "A",
        "artists": ["B"],
    }


@pytest.fixture
def board() -> MemoryBoard:
    return MemoryBoard()


@pytest.fixture
def client(
    registry: InMemoryRegistry, holder: ModelHolder, make_artifact: Callable[..., Path], board: MemoryBoard
) -> TestClient:
    register(registry, make_artifact())
    holder.refresh()
    return TestClient(create_api(holder, 5.0, feedback=Feedback(Stores(board=board))))


def test_without_a_chart_popular_songs_stand_in_and_the_answer_says_so(client: TestClient) -> None:
    answer = client.get("/hottest", params={"limit": 20}).json()
    assert (answer["date"], answer["source"]) == (None, "popular")
    shown = answer["items"]
    assert [item["rank"] for item in shown] == list(range(1, 21))
    popularity = [item["popularity"] for item in shown]
    assert popularity == sorted(popularity, reverse=True)
    assert len({item["track_name"] for item in shown}) == 20, "one version of a song is enough"
    assert all(item["is_in_catalogue"] and item["change"] is None for item in shown)


def test_places_come_in_order_with_their_change_and_whether_they_can_be_seeds(
    client: TestClient, board: MemoryBoard
) -> None:
    known = client.get("/search", params={"q": "a"}).json()["items"][0]["track_id"]
    board.hang(Chart("2026-11-20", "deezer", [place(1, "unknown", 2), place(3, known)]))
    answer = client.get("/hottest").json()
    assert (answer["date"], answer["source"]) == ("2026-11-20", "deezer")
    told = [(item["rank"], item["change"], item["is_in_catalogue"]) for item in answer["items"]]
    assert told == [(1, 2, False), (3, None, True)]
    assert len(client.get("/hottest", params={"limit": 1}).json()["items"]) == 1


def test_while_the_database_is_away_popular_songs_stand_in(client: TestClient, board: MemoryBoard) -> None:
    board.is_away = True
    assert client.get("/hottest").json()["source"] == "popular"


@pytest.mark.parametrize("limit", [0, 51, "x"])
def test_a_limit_out_of_range_is_named(client: TestClient, limit: object) -> None:
    answer = client.get("/hottest", params={"limit": str(limit)})
    assert answer.status_code == 422
    assert "limit" in answer.text
