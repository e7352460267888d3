"""GET /hottest: the newest chart as the crawl hung it up, or plainly none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry

from quintet.adapters.chart_file import ChartFile
from quintet.api.api import create_api
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
def board(tmp_path: Path) -> ChartFile:
    return ChartFile(tmp_path / "charts" / "newest.json")


@pytest.fixture
def client(
    registry: InMemoryRegistry, holder: ModelHolder, make_artifact: Callable[..., Path], board: ChartFile
) -> TestClient:
    register(registry, make_artifact())
    holder.refresh()
    return TestClient(create_api(holder, 5.0, board=board))


def test_without_a_chart_the_answer_is_empty_and_says_so(client: TestClient) -> None:
    assert client.get("/hottest").json() == {"date": None, "source": None, "items": []}


def test_places_come_in_order_with_their_change_and_whether_they_can_be_seeds(
    client: TestClient, board: ChartFile
) -> None:
    known = client.get("/search", params={"q": "a"}).json()["items"][0]["track_id"]
    board.hang(Chart("2026-11-20", "deezer", [place(1, "unknown", 2), place(3, known)]))
    answer = client.get("/hottest").json()
    assert (answer["date"], answer["source"]) == ("2026-11-20", "deezer")
    told = [(item["rank"], item["change"], item["is_in_catalogue"]) for item in answer["items"]]
    assert told == [(1, 2, False), (3, None, True)]
    assert len(client.get("/hottest", params={"limit": 1}).json()["items"]) == 1


def test_an_older_chart_does_not_cover_a_newer_one_and_a_damaged_file_is_no_chart(board: ChartFile) -> None:
    board.hang(Chart("2026-11-20", "deezer", [place(1, "a")]))
    board.hang(Chart("2026-11-19", "deezer", []))
    standing = board.read()
    assert standing is not None
    assert standing.date == "2026-11-20"
    for path in board._path.parent.iterdir():
        path.write_text("{")
    assert board.read() is None


@pytest.mark.parametrize("limit", [0, 51, "x"])
def test_a_limit_out_of_range_is_named(client: TestClient, limit: object) -> None:
    answer = client.get("/hottest", params={"limit": str(limit)})
    assert answer.status_code == 422
    assert "limit" in answer.text
