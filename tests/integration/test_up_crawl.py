"""One morning in the real Airflow: crawl, asset, training, a new champion, and a listener all along."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from tests.running_stack import RunningStack
from tests.stack_clients import Airflow, Listener, await_dag, champion

from quintet.settings import HomeSettings
from quintet.stack import postgres, probes

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

TIMEOUT_S = 300
SECRETS = ("an-invented-secret", "BQfake-", "AQfake-")


@pytest.fixture
def listener(running_stack: RunningStack) -> Iterator[Listener]:
    listener = Listener(running_stack.url("API_PORT"))
    listener.start()
    yield listener
    listener.stop()


@pytest.fixture
def airflow(running_stack: RunningStack) -> Airflow:
    airflow = Airflow(running_stack)
    await_dag(airflow)
    return airflow


def control(stack: RunningStack, **body: object) -> dict[str, Any]:
    answer = requests.post(f"{stack.url('FAKE_SPOTIFY_PORT')}/control", json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()


def crawl(airflow: Airflow, **conf: object) -> tuple[str, str]:
    """Run the DAG to its end; return the run's id and state."""
    run_id = airflow.trigger("crawl_spotify", dict(conf))
    deadline = time.monotonic() + TIMEOUT_S
    while (state := airflow.get(f"/dags/crawl_spotify/dagRuns/{run_id}")["state"]) in ("queued", "running"):
        assert time.monotonic() < deadline, airflow.states("crawl_spotify", run_id)
        time.sleep(1)
    return run_id, state


def test_a_morning_from_the_crawl_to_a_recommended_new_track(
    running_stack: RunningStack, airflow: Airflow, listener: Listener
) -> None:
    old = champion(running_stack)
    run_id, state = crawl(airflow, date="2026-11-20", queries=["genre:folk"], budget=90)
    states = airflow.states("crawl_spotify", run_id)
    assert (state, set(states.values())) == ("success", {"success"})
    published = airflow.returned("crawl_spotify", run_id, "publish")
    assert published["details"]["is_changed"] is True
    assert published["counts"]["features"] > 0

    deadline = time.monotonic() + TIMEOUT_S
    while (new := champion(running_stack)) == old:
        assert time.monotonic() < deadline, airflow.get("/dags/retrain_model/dagRuns")
        time.sleep(1)
    api = running_stack.url("API_PORT")
    while requests.get(f"{api}/model", timeout=10).json()["version"] != new:
        assert time.monotonic() < deadline
        time.sleep(0.2)

    crawled = _crawled_with_features(running_stack)
    asked = {"seeds": crawled[:1], "k": 200}
    answer = requests.post(f"{api}/recommend_ranked", json=asked, timeout=10).json()
    assert {item["track_id"] for item in answer["items"]} & set(crawled[1:])
    listener.stop()
    assert {status for status, _ in listener.answers} == {200}, listener.answers
    runs = airflow.get("/dags/retrain_model/dagRuns?order_by=-run_after&limit=1")["dag_runs"]
    assert runs[0]["run_type"] == "asset_triggered"


def test_a_second_crawl_of_the_same_day_finds_nothing_new_and_starts_no_training(airflow: Airflow) -> None:
    run_id, state = crawl(airflow, date="2026-11-20", queries=["genre:folk"], budget=90)
    assert state == "success"
    assert airflow.states("crawl_spotify", run_id)["announce"] == "skipped"


def test_a_quota_ends_a_run_well_and_its_result_says_what_is_left(
    running_stack: RunningStack, airflow: Airflow
) -> None:
    control(running_stack, quotas={"search": 0})
    run_id, state = crawl(airflow, date="2026-11-21", queries=["genre:metal"])
    control(running_stack, quotas={"search": 10**6})
    assert state == "success"
    assert "go on tomorrow" in airflow.returned("crawl_spotify", run_id, "discovery")["left"]


@pytest.mark.parametrize(
    ("regime", "day", "features_from", "is_off"),
    [("extended", "2026-11-17", "spotify", False), ("no_premium", "2026-11-18", None, True)],
)
def test_a_run_ends_well_for_every_kind_of_app(
    running_stack: RunningStack,
    airflow: Airflow,
    regime: str,
    day: str,
    features_from: str | None,
    is_off: bool,
) -> None:
    control(running_stack, regime=regime)
    run_id, state = crawl(airflow, date=day, queries=["genre:jazz"], budget=90)
    control(running_stack, regime="dev_2026")
    assert state == "success", airflow.states("crawl_spotify", run_id)
    published = airflow.returned("crawl_spotify", run_id, "publish")
    assert ("spotify" in published["switched_off"]) == is_off
    assert (f"features: {features_from}" in published["details"]["sources"]) == (features_from is not None)


def test_no_secret_is_in_what_airflow_and_the_services_wrote(
    running_stack: RunningStack, airflow: Airflow
) -> None:
    logs = [*(running_stack.home / "logs").rglob("*"), *(running_stack.home / "airflow" / "logs").rglob("*")]
    texts = [path.read_text(errors="replace") for path in logs if path.is_file()]
    assert len(texts) > 10
    runs = airflow.get("/dags/crawl_spotify/dagRuns")["dag_runs"]
    texts += [str(airflow.get(f"/dags/crawl_spotify/dagRuns/{run['dag_run_id']}")) for run in runs]
    assert [secret for secret in SECRETS for text in texts if secret in text] == []


def _crawled_with_features(stack: RunningStack) -> list[str]:
    dsn = postgres.dsn(HomeSettings(home=stack.home).socket_dir, "quintet")
    rows = probes.query(dsn, "SELECT track_id FROM audio_features WHERE source = 'reccobeats' ORDER BY 1")
    return [str(row[0]) for row in rows]
