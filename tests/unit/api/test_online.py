"""Two models online: who answers whom, honestly said and recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.feedback_store import MemoryFeedback
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.api import create_api
from quintet.api.feedback import Feedback, Stores
from quintet.api.model_holder import ModelHolder
from quintet.api.online import TrialOptions
from quintet.ports import CHALLENGER, CHAMPION

SEEDS = ["t00000", "t00011", "t00022"]
Serve = Callable[..., TestClient]


@pytest.fixture
def store() -> MemoryFeedback:
    return MemoryFeedback()


@pytest.fixture
def serve(
    registry: InMemoryRegistry, holder: ModelHolder, make_artifact: Callable[..., Path], store: MemoryFeedback
) -> Iterator[Serve]:
    """Serve a champion (1) and a challenger (2) of another mind, or of a smaller catalogue."""
    clients: list[TestClient] = []

    def serve(mode: str, share: float = 0.3, challenger: int = 300) -> TestClient:
        register(registry, make_artifact())
        register(registry, make_artifact(challenger, False, 1), promote=False)
        registry.set_alias(CHALLENGER, "2")
        holder.refresh()
        options = TrialOptions(mode, share)  # type: ignore[arg-type]
        app = create_api(holder, 5.0, feedback=Feedback(Stores(store, store)), trial=options)
        clients.append(TestClient(app))
        return clients[-1].__enter__()

    yield serve
    for client in clients:
        client.__exit__(None, None, None)


def recommend(client: TestClient, listener: str = "", **asked: Any) -> Any:
    headers = {"X-Quintet-Listener": listener} if listener else {}
    answer = client.post("/recommend_ranked", json={"seeds": SEEDS, **asked}, headers=headers)
    assert answer.status_code == 200
    return answer.json()


def placed_by(answer: Any) -> list[str]:
    return [item["model_version"] for item in answer["items"]]


def test_a_share_of_the_listeners_meets_the_challenger_and_stays_with_it(serve: Serve) -> None:
    client = serve("split", 0.3)
    answers = {name: recommend(client, name, k=3) for name in map(str, range(100))}
    met = Counter(answer["model_version"] for answer in answers.values())
    assert met.keys() == {"1", "2"}
    assert 15 <= met["2"] <= 45
    for name in list(answers)[:10]:
        again = recommend(client, name, seeds=["t00033"], k=3)
        assert again["model_version"] == answers[name]["model_version"]
        assert set(placed_by(again)) == {again["model_version"]}


def test_a_request_that_names_no_listener_is_answered_the_same_each_time(serve: Serve) -> None:
    client = serve("split", 0.5)
    versions = {recommend(client, k=3)["model_version"] for _ in range(5)}
    assert len(versions) == 1


def test_a_woven_list_is_full_fair_and_says_who_placed_what(serve: Serve, store: MemoryFeedback) -> None:
    client = serve("interleave")
    answer = recommend(client, "ann", k=10)
    assert answer["model_version"] == "1+2"
    assert Counter(placed_by(answer)) == {"1": 5, "2": 5}
    assert [item["rank"] for item in answer["items"]] == list(range(1, 11))
    assert len({item["track_id"] for item in answer["items"]}) == 10
    for version in "12":
        scores = [item["score"] for item in answer["items"] if item["model_version"] == version]
        assert scores == sorted(scores, reverse=True)
    for item in answer["items"]:
        total = sum(part["value"] for part in item["reasons"]["contributions"])
        assert total == pytest.approx(item["score"], abs=1e-3)
        assert item["taste"] < len(answer["tastes"])
    assert answer["list_metrics"]["artists"] == len({item["artists"][0] for item in answer["items"]})
    assert recommend(client, "ann", k=10)["items"] == answer["items"], (
        "the same listener throws the same coins"
    )
    client.__exit__(None, None, None)
    served = store.lists[answer["request_id"]]
    assert (served.model_versions, list(served.placed_by)) == (("1", "2"), placed_by(answer))


def test_a_rating_of_a_woven_list_is_the_versions_that_placed_the_track(serve: Serve) -> None:
    client = serve("interleave")
    answer = recommend(client, k=4)
    for item in answer["items"]:
        rating = {"1": 2, "2": 5}[item["model_version"]]
        said = {"request_id": answer["request_id"], "track_id": item["track_id"], "rating": rating}
        assert client.post("/ratings", json=said).status_code == 201
    versions = client.get("/ratings/summary").json()["versions"]
    assert {version["model_version"]: version["mean"] for version in versions} == {"1": 2.0, "2": 5.0}
    comparison = client.get("/overview").json()["comparison"]
    assert (comparison["champion"], comparison["challenger"], comparison["winner"]) == ("1", "2", None)
    assert [measure["name"] for measure in comparison["measures"]] == ["rating", "picks"]
    assert comparison["measures"][0]["challenger"]["mean"] == 5.0


@pytest.mark.parametrize("mode", ["split", "interleave"])
def test_what_the_challenger_does_not_know_the_champion_answers_alone(
    serve: Serve, store: MemoryFeedback, mode: str
) -> None:
    client = serve(mode, 0.99, challenger=50)
    answer = recommend(client, seeds=["t00200"], k=5)
    assert answer["model_version"] == "1"
    client.__exit__(None, None, None)
    assert store.lists[answer["request_id"]].model_versions == ("1",), "such a list is no part of the trial"


@pytest.mark.parametrize("mode", ["split", "interleave"])
def test_an_unknown_seed_is_told_as_ever(serve: Serve, mode: str) -> None:
    answer = serve(mode, 0.99).post("/recommend_ranked", json={"seeds": ["nobody"]})
    assert answer.status_code == 404
    assert answer.json()["unknown_track_ids"] == ["nobody"]


def test_a_challenger_that_is_taken_away_or_promoted_is_no_longer_on_trial(
    serve: Serve, registry: InMemoryRegistry, holder: ModelHolder
) -> None:
    client = serve("interleave")
    registry.unset_alias(CHALLENGER)
    holder.refresh()
    assert recommend(client)["model_version"] == "1"
    assert client.get("/overview").json()["comparison"] is None
    registry.set_alias(CHALLENGER, "2")
    holder.refresh()
    assert recommend(client)["model_version"] == "1+2"
    registry.set_alias(CHAMPION, "2")
    holder.refresh()
    assert recommend(client)["model_version"] == "2"


def test_a_damaged_challenger_leaves_the_champion_alone(
    serve: Serve, registry: InMemoryRegistry, holder: ModelHolder, make_artifact: Callable[..., Path]
) -> None:
    client = serve("interleave")
    register(registry, make_artifact(50), promote=False)
    path = registry._folder / "3" / "model" / "audio_vectors.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    registry.set_alias(CHALLENGER, "3")
    holder.refresh()
    assert holder.failed_swaps == 1
    assert recommend(client)["model_version"] == "1"


def test_while_the_registry_is_away_both_stay(
    serve: Serve, registry: InMemoryRegistry, holder: ModelHolder
) -> None:
    client = serve("interleave")
    registry.broken = True
    holder.refresh()
    assert recommend(client)["model_version"] == "1+2"
