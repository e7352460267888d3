"""Retraining from Airflow while listeners listen: a new version, served soon, and no request fails."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import requests
from tests.running_stack import RunningStack

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

RETRAINING_TIMEOUT_S = 240
SWAP_TIMEOUT_S = 30
# Airflow's and MLflow's pages may be slow on a busy machine; only the listener's requests are judged.
ASK_TIMEOUT_S = 90


class Airflow:
    """Airflow's REST API, as a client with a password sees it."""

    def __init__(self, stack: RunningStack) -> None:
        self._url = stack.url("AIRFLOW_PORT")
        answer = requests.post(
            f"{self._url}/auth/token",
            json={"username": "admin", "password": stack.airflow_password},
            timeout=ASK_TIMEOUT_S,
        )
        answer.raise_for_status()
        self._headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}

    def get(self, path: str) -> Any:
        answer = requests.get(f"{self._url}/api/v2{path}", headers=self._headers, timeout=ASK_TIMEOUT_S)
        answer.raise_for_status()
        return answer.json()

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> str:
        answer = requests.post(
            f"{self._url}/api/v2/dags/{dag_id}/dagRuns",
            headers=self._headers,
            json={"logical_date": None, "conf": conf},
            timeout=ASK_TIMEOUT_S,
        )
        assert answer.ok, answer.text
        return str(answer.json()["dag_run_id"])

    def log(self, dag_id: str, run_id: str) -> str:
        path = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/train/logs/1?full_content=true"
        return str(self.get(path))


class Listener(threading.Thread):
    """Asks for recommendations over and over, and keeps what it was answered."""

    def __init__(self, api: str) -> None:
        super().__init__(daemon=True)
        self._api = api
        self._done = threading.Event()
        found = requests.get(f"{api}/search", params={"q": "a", "limit": 5}, timeout=10).json()["items"]
        self._seeds = [track["track_id"] for track in found]
        self.answers: list[tuple[int, str]] = []

    def run(self) -> None:
        while not self._done.is_set():
            try:
                answer = requests.post(
                    f"{self._api}/recommend_ranked", json={"seeds": self._seeds, "k": 10}, timeout=10
                )
                self.answers.append((answer.status_code, str(answer.json().get("model_version"))))
            except requests.RequestException as error:
                self.answers.append((0, repr(error)))
            self._done.wait(0.1)

    def stop(self) -> None:
        self._done.set()
        self.join(timeout=30)


@pytest.fixture
def listener(running_stack: RunningStack) -> Iterator[Listener]:
    listener = Listener(running_stack.url("API_PORT"))
    listener.start()
    yield listener
    listener.stop()


def _champion(stack: RunningStack) -> str:
    answer = requests.get(
        stack.url("MLFLOW_PORT") + "/api/2.0/mlflow/registered-models/alias",
        params={"name": "quintet", "alias": "champion"},
        timeout=ASK_TIMEOUT_S,
    )
    return str(answer.json()["model_version"]["version"])


def test_retraining_from_airflow_serves_a_new_version_and_no_request_fails(
    running_stack: RunningStack, listener: Listener
) -> None:
    airflow = Airflow(running_stack)
    _await_dag(airflow)
    old = _champion(running_stack)
    run_id = airflow.trigger("retrain_model", {"test_tracks": 50, "ks": [3], "genre_weight": 0.4})

    deadline = time.monotonic() + RETRAINING_TIMEOUT_S
    while (new := _champion(running_stack)) == old:
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


def test_wrong_parameters_are_refused_by_airflow_before_anything_runs(running_stack: RunningStack) -> None:
    airflow = Airflow(running_stack)
    _await_dag(airflow)
    with pytest.raises(AssertionError, match="genre_weight"):
        airflow.trigger("retrain_model", {"genre_weight": 7})


def _await_dag(airflow: Airflow) -> None:
    """Wait until the DAG has been read, and see that no file of `dags/` failed to load."""
    deadline = time.monotonic() + 60
    while "retrain_model" not in {dag["dag_id"] for dag in airflow.get("/dags")["dags"]}:
        assert time.monotonic() < deadline, airflow.get("/importErrors")
        time.sleep(0.5)
    assert airflow.get("/importErrors")["import_errors"] == []
