"""Retraining from Airflow while listeners listen: a new version, served soon, and no request fails."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from mlflow import MlflowClient
from tests.running_stack import RunningStack
from tests.stack_clients import Airflow, Listener, await_dag, champion

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

RETRAINING_TIMEOUT_S = 240
SWAP_TIMEOUT_S = 30


@pytest.fixture
def listener(running_stack: RunningStack) -> Iterator[Listener]:
    listener = Listener(running_stack.url("API_PORT"))
    listener.start()
    yield listener
    listener.stop()


def test_retraining_from_airflow_serves_a_new_version_and_no_request_fails(
    running_stack: RunningStack, listener: Listener
) -> None:
    airflow = Airflow(running_stack)
    await_dag(airflow)
    old = champion(running_stack)
    run_id = airflow.trigger("retrain_model", {"test_tracks": 50, "ks": [3], "genre_weight": 0.4})

    deadline = time.monotonic() + RETRAINING_TIMEOUT_S
    while (new := champion(running_stack)) == old:
        state = airflow.get(f"/dags/retrain_model/dagRuns/{run_id}")["state"]
        in_time = time.monotonic() < deadline
        assert (state != "failed", in_time) == (True, True), airflow.log("retrain_model", run_id)
        time.sleep(0.5)
    promoted = time.monotonic()
    while requests.get(running_stack.url("API_PORT") + "/model", timeout=10).json()["version"] != new:
        assert time.monotonic() - promoted < SWAP_TIMEOUT_S
        time.sleep(0.2)
    time.sleep(1)
    listener.stop()

    assert int(new) == int(old) + 1
    assert {status for status, _ in listener.answers} == {200}, listener.answers
    assert {version for _, version in listener.answers} == {old, new}


def test_the_training_is_a_run_with_a_table_and_lightgbm_watched_in_a_run_below(
    running_stack: RunningStack,
) -> None:
    client = MlflowClient(running_stack.url("MLFLOW_PORT"))
    parent = client.get_run(client.get_model_version_by_alias("quintet", "champion").run_id)
    runs = client.search_runs(
        [parent.info.experiment_id], f"tags.mlflow.parentRunId = '{parent.info.run_id}'"
    )
    (grown,) = [run for run in runs if run.info.run_name == "re-ranker, LightGBM"]
    assert grown.data.params["objective"] == "lambdarank"
    assert [name for name in grown.data.metrics if name.endswith("_unseen-ndcg_at_10")]
    assert {"quality.md", "quality.json", "model_card.md"} <= {
        file.path for file in client.list_artifacts(parent.info.run_id)
    }
    assert {run.info.status for run in (parent, *runs)} == {"FINISHED"}


def test_a_refused_version_says_why_in_airflow_and_in_mlflow_and_a_forced_one_is_rolled_back(
    running_stack: RunningStack,
) -> None:
    """The champion answers on; promoted by hand all the same, and rolled back, it answers bit for bit."""
    airflow, api = Airflow(running_stack), running_stack.url("API_PORT")
    served = champion(running_stack)
    before = answer(api, served)
    run_id = airflow.trigger("retrain_model", {"test_tracks": 50, "ks": [3], "recipe": "plain"})
    deadline = time.monotonic() + RETRAINING_TIMEOUT_S
    while (state := airflow.get(f"/dags/retrain_model/dagRuns/{run_id}")["state"]) != "success":
        assert (state != "failed", time.monotonic() < deadline) == (True, True)
        time.sleep(0.5)
    told = airflow.returned("retrain_model", run_id, "train")
    assert told["verdict"].startswith("refused: ndcg_at_10")
    assert "below the tolerance" in told["verdict"]
    assert not told["promoted"]
    assert f"gate: {told['verdict']}" in airflow.log("retrain_model", run_id)
    refused = MlflowClient(running_stack.url("MLFLOW_PORT")).get_model_version("quintet", told["version"])
    assert f"{refused.tags['verdict']}: {refused.tags['verdict_reasons']}" == told["verdict"]
    assert answer(api, served) == before

    running_stack.quintet("models", "promote", told["version"])
    assert answer(api, told["version"]) != before
    running_stack.quintet("models", "rollback")
    assert answer(api, served) == before


def answer(api: str, version: str) -> list[dict[str, Any]]:
    """Return what the API lists for five songs, once it answers with a version."""
    found = requests.get(f"{api}/search", params={"q": "a", "limit": 5}, timeout=10).json()["items"]
    seeds = [track["track_id"] for track in found]
    deadline = time.monotonic() + SWAP_TIMEOUT_S
    while True:
        listed = requests.post(f"{api}/recommend_ranked", json={"seeds": seeds, "k": 20}, timeout=10).json()
        if listed.get("model_version") == version:
            return [{**item, "model_version": None} for item in listed["items"]]
        assert time.monotonic() < deadline, f"version {version} is not served"
        time.sleep(0.2)


def test_wrong_parameters_are_refused_by_airflow_before_anything_runs(running_stack: RunningStack) -> None:
    airflow = Airflow(running_stack)
    await_dag(airflow)
    with pytest.raises(AssertionError, match="genre_weight"):
        airflow.trigger("retrain_model", {"genre_weight": 7})
