"""One morning in the real Airflow: crawl, asset, training, a new champion, and a listener all along."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import requests
from tests.running_stack import RunningStack
from tests.stack_clients import Airflow, Listener, await_dag, champion, control

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


@pytest.fixture
def no_training(airflow: Airflow) -> Iterator[None]:
    """Have what is crawled start no training: it would only take the time of the next crawls."""
    airflow.pause("retrain_model", is_paused=True)
    yield
    airflow.pause("retrain_model", is_paused=False)


def crawl(airflow: Airflow, **conf: object) -> tuple[str, str]:
    """Run the DAG to its end; return the run's id and state."""
    run_id = airflow.trigger("crawl_spotify", dict(conf))
    deadline = time.monotonic() + TIMEOUT_S
    while (state := airflow.get(f"/dags/crawl_spotify/dagRuns/{run_id}")["state"]) in ("queued", "running"):
        assert time.monotonic() < deadline, airflow.states("crawl_spotify", run_id)
        time.sleep(0.3)
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
        time.sleep(0.5)
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


@pytest.mark.usefixtures("no_training")
def test_a_quota_ends_a_run_well_and_the_next_day_goes_on_where_it_stopped(
    running_stack: RunningStack, airflow: Airflow
) -> None:
    control(running_stack, quotas={"search": 40})
    run_id, state = crawl(airflow, date="2026-11-21", queries=["genre:metal", "year:2025"])
    asked = [call for call in control(running_stack, quotas={"search": 10**6})["asked"] if "/search" in call]
    assert state == "success"
    assert "go on tomorrow" in airflow.returned("crawl_spotify", run_id, "discovery")["left"]

    run_id, state = crawl(airflow, date="2026-11-22", queries=["genre:metal", "year:2025"])
    assert state == "success"
    found = airflow.returned("crawl_spotify", run_id, "discovery")
    assert (found["left"], found["counts"]["pages"] > 0) == (None, True)
    searched = [call for call in control(running_stack)["asked"] if "/search" in call]
    again = {call for call in searched[len(asked) :] if call in asked and "isrc" not in call}
    # The page of fifty is tried once a day; beyond that, only what the quota had refused.
    assert len([call for call in again if "limit=50" not in call]) <= 1


@pytest.mark.usefixtures("no_training")
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


def test_no_secret_is_in_what_airflow_mlflow_and_the_services_wrote_or_show(
    running_stack: RunningStack, airflow: Airflow
) -> None:
    folders = ("logs", "airflow/logs", "mlflow", "charts")
    files = [path for folder in folders for path in (running_stack.home / folder).rglob("*")]
    told = {str(path): path.read_text(errors="replace") for path in files if path.is_file()}
    assert len(told) > 10
    told |= _airflows_pages(airflow) | _mlflows_runs(running_stack)
    assert [(place, secret) for secret in SECRETS for place, text in told.items() if secret in text] == []


def _airflows_pages(airflow: Airflow) -> dict[str, str]:
    """Return what a person with a browser sees of the crawl: pages, results, rendered fields, logs."""
    paths = ["/", "/dags/crawl_spotify", "/api/v2/dags/crawl_spotify/details", "/api/v2/config"]
    for run in airflow.get("/dags/crawl_spotify/dagRuns")["dag_runs"]:
        place = f"/api/v2/dags/crawl_spotify/dagRuns/{run['dag_run_id']}"
        tasks = f"{place}/taskInstances"
        paths += [place, tasks, f"{tasks}/publish/xcomEntries/return_value?deserialize=true"]
        paths += [f"{tasks}/{task}/logs/1?full_content=true" for task in ("chart", "discovery", "genres")]
    return {path: airflow.page(path) for path in paths}


def _mlflows_runs(stack: RunningStack) -> dict[str, str]:
    """Return every run MLflow tells of, with its parameters, metrics and tags."""
    api = stack.url("MLFLOW_PORT") + "/api/2.0/mlflow"
    found = requests.post(f"{api}/runs/search", json={"experiment_ids": ["0", "1", "2"]}, timeout=90)
    assert found.json()["runs"]
    return {"mlflow": found.text, "mlflow's page": requests.get(stack.url("MLFLOW_PORT"), timeout=90).text}


def _crawled_with_features(stack: RunningStack) -> list[str]:
    dsn = postgres.dsn(HomeSettings(home=stack.home).socket_dir, "quintet")
    rows = probes.query(dsn, "SELECT track_id FROM audio_features WHERE source = 'reccobeats' ORDER BY 1")
    return [str(row[0]) for row in rows]
