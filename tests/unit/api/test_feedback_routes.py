"""Ratings over HTTP: what is kept, refused and summed up; and the operator's overview."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.feedback_store import MemoryBoard, MemoryFeedback
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.api import create_api
from quintet.api.feedback import Feedback, FeedbackOptions, Stores
from quintet.api.listeners import Listeners
from quintet.api.model_holder import ModelHolder
from quintet.errors import StoreUnavailableError
from quintet.ports.feedback import Installation

SEEDS = ["t00000", "t00011", "t00022"]
CRAWL = {
    "date": "2026-11-22",
    "counts": {"found": 3},
    "rejected": {},
    "sources": {"spotify": 3},
    "drift": {"tempo": 0.01},
    "left": {},
}


class Facts:
    """An installation that can be away."""

    is_away = False

    def read(self) -> Installation:
        if self.is_away:
            raise StoreUnavailableError("away")
        return Installation({"file": 300}, CRAWL)


@pytest.fixture
def store() -> MemoryFeedback:
    return MemoryFeedback()


@pytest.fixture
def facts() -> Facts:
    return Facts()


@pytest.fixture
def client(
    registry: InMemoryRegistry,
    holder: ModelHolder,
    make_artifact: Callable[..., Path],
    store: MemoryFeedback,
    facts: Facts,
) -> Iterator[TestClient]:
    register(registry, make_artifact())
    holder.refresh()
    options = FeedbackOptions(Listeners(b"salt"), per_listener=5, per_address=8, links={"mlflow": "http://m"})
    feedback = Feedback(Stores(store, store, board=MemoryBoard(), installation=facts), options)
    with TestClient(create_api(holder, 5.0, feedback=feedback), raise_server_exceptions=False) as client:
        yield client


def listed(client: TestClient, listener: str = "", **asked: Any) -> tuple[str, list[str]]:
    headers = {"X-Quintet-Listener": listener} if listener else {}
    answer = client.post("/recommend_ranked", json={"seeds": SEEDS, **asked}, headers=headers).json()
    return answer["request_id"], [item["track_id"] for item in answer["items"]]


def rate(client: TestClient, listener: str = "", **said: Any) -> Any:
    headers = {"X-Quintet-Listener": listener} if listener else {}
    return client.post("/ratings", json=said, headers=headers)


def test_a_rating_just_after_its_list_is_kept(client: TestClient, store: MemoryFeedback) -> None:
    request_id, tracks = listed(client, k=7)
    answer = rate(client, request_id=request_id, track_id=tracks[2], rating=5)
    assert answer.status_code == 201
    assert answer.json() == {
        "request_id": request_id,
        "track_id": tracks[2],
        "rating": 5,
        "already_known": False,
        "bad": False,
    }
    (rated,) = store.rated_tracks()
    assert (rated.rank, rated.model_version, list(rated.seeds)) == (3, "1", SEEDS)
    assert store.lists[request_id].k == 7


def test_the_same_again_overwrites_and_the_summary_counts_it_once(client: TestClient) -> None:
    request_id, tracks = listed(client)
    for rating in (1, 5):
        assert rate(client, request_id=request_id, track_id=tracks[0], rating=rating).status_code == 201
        assert client.get("/ratings/summary").json()["versions"][0]["mean"] == rating
    rate(client, request_id=request_id, track_id=tracks[1], already_known=True, bad=True)
    summary = client.get("/ratings/summary").json()
    assert summary["total"] == 1
    (version,) = summary["versions"]
    assert (version["model_version"], version["ratings"], version["mean"]) == ("1", 1, 5.0)
    assert (version["already_known"], version["bad"]) == (1, 1)
    assert 1 <= version["low"] < 5 == version["high"]


def test_a_rating_is_taken_back(client: TestClient, store: MemoryFeedback) -> None:
    request_id, tracks = listed(client)
    rate(client, request_id=request_id, track_id=tracks[0], rating=1)
    for _ in range(2):
        assert client.delete(f"/ratings/{request_id}/{tracks[0]}").status_code == 204
    assert list(store.rated_tracks()) == []
    assert client.delete(f"/ratings/a%20b/{tracks[0]}").status_code == 422


def test_what_was_not_served_is_unknown(client: TestClient) -> None:
    request_id, tracks = listed(client, k=3)
    for said in (
        {"request_id": "x", "track_id": tracks[0]},
        {"request_id": request_id, "track_id": SEEDS[0]},
    ):
        answer = rate(client, **said, rating=3)
        assert answer.status_code == 404
        assert answer.json()["type"].endswith("not-served")


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"rating": 0},
        {"rating": 6},
        {"rating": "5"},
        {"rating": 4.5},
        {"rating": None},
        {"rating": 3, "stars": 1},
        {"bad": 1},
        {"rating": 3, "track_id": "a\0b"},
        {"rating": 3, "track_id": ""},
        {"rating": 3, "request_id": "a b"},
    ],
)
def test_a_rating_that_says_nothing_or_nonsense_is_refused(client: TestClient, said: dict[str, Any]) -> None:
    answer = rate(client, **{"request_id": "x", "track_id": "y", **said})
    assert answer.status_code == 422
    assert answer.json()["errors"]


TEXTS = st.text(st.characters(), max_size=70) | st.none() | st.integers()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    body=st.fixed_dictionaries(
        {},
        optional={
            "request_id": TEXTS | st.just("x"),
            "track_id": TEXTS | st.just("t00000"),
            "rating": st.integers(-1, 7) | TEXTS,
            "already_known": st.booleans() | TEXTS,
            "bad": st.booleans() | TEXTS,
        },
    ),
    listener=st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=200),
)
def test_any_rating_is_answered(client: TestClient, body: dict[str, Any], listener: str) -> None:
    answer = client.post("/ratings", json=body, headers={"X-Quintet-Listener": listener})
    assert answer.status_code in (404, 422, 429)
    assert answer.json()["status"] == answer.status_code


def test_ratings_faster_than_a_person_gives_them_wait_while_other_listeners_do_not(
    client: TestClient,
) -> None:
    request_id, tracks = listed(client)
    said = {"request_id": request_id, "track_id": tracks[0], "rating": 3}
    assert [rate(client, "ann", **said).status_code for _ in range(6)] == [201] * 5 + [429]
    answer = rate(client, "ann", **said)
    assert 1 <= int(answer.headers["Retry-After"]) <= 12
    assert rate(client, "bob", **said).status_code == 201, "ann's haste is not bob's"
    assert rate(client, "eve", **said).status_code == 429, "but all of one address have a bound together"


def test_stored_listeners_differ_and_hold_no_address(client: TestClient, store: MemoryFeedback) -> None:
    for listener in ("ann", "bob", "ann"):
        rate(client, listener, request_id=listed(client, listener)[0], track_id="x", rating=3)
    raters = [served.rater for served in store.lists.values()]
    assert raters[0] == raters[2] != raters[1]
    assert not any(word in rater for rater in raters for word in ("testclient", "ann", "bob"))


def test_without_a_database_recommendations_go_on_and_ratings_say_try_again(
    client: TestClient, store: MemoryFeedback
) -> None:
    request_id, tracks = listed(client)
    store.is_away = True
    assert len(listed(client)[1]) == 10
    for answer in (
        rate(client, request_id=request_id, track_id=tracks[0], rating=3),
        client.get("/ratings/summary"),
    ):
        assert answer.status_code == 503
        assert answer.json()["type"].endswith("no-database")
        assert int(answer.headers["Retry-After"]) > 0


def test_the_overview_tells_of_catalogue_crawl_ratings_and_links(client: TestClient) -> None:
    request_id, tracks = listed(client)
    rate(client, request_id=request_id, track_id=tracks[0], rating=4)
    told = client.get("/overview").json()
    assert told["catalogue"] == {"tracks": 300, "sources": {"file": 300}}
    assert told["last_crawl"] == CRAWL
    assert told["ratings"]["versions"][0]["mean"] == 4
    assert told["links"] == {"mlflow": "http://m"}
    assert told["comparison"] is None
    assert told["database_answers"] is True


def test_the_overview_does_without_the_database(
    client: TestClient, store: MemoryFeedback, facts: Facts
) -> None:
    store.is_away = facts.is_away = True
    told = client.get("/overview").json()
    assert told["catalogue"] == {"tracks": 300, "sources": {}}
    assert (told["last_crawl"], told["database_answers"]) == (None, False)
    assert told["ratings"] == {"total": 0, "versions": []}
