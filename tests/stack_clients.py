"""Who speaks to a running stack in tests: an operator of Airflow, and a listener who never stops asking."""

from __future__ import annotations

import threading
import time
from typing import Any

import requests
from tests.running_stack import RunningStack

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

    def clear(self, dag_id: str, run_id: str, task_ids: list[str]) -> None:
        """Have tasks tried again at once, as an operator does by hand."""
        body = {"dry_run": False, "dag_run_id": run_id, "task_ids": task_ids, "include_downstream": True}
        answer = requests.post(
            f"{self._url}/api/v2/dags/{dag_id}/clearTaskInstances",
            headers=self._headers,
            json=body | {"only_failed": False, "reset_dag_runs": True},
            timeout=ASK_TIMEOUT_S,
        )
        assert answer.ok, answer.text

    def pause(self, dag_id: str, *, is_paused: bool) -> None:
        """Pause a DAG, or let it run again."""
        answer = requests.patch(
            f"{self._url}/api/v2/dags/{dag_id}",
            headers=self._headers,
            json={"is_paused": is_paused},
            timeout=ASK_TIMEOUT_S,
        )
        assert answer.ok, answer.text

    def page(self, path: str) -> str:
        """Return what Airflow answers at an address, whatever it is."""
        return requests.get(f"{self._url}{path}", headers=self._headers, timeout=ASK_TIMEOUT_S).text

    def log(self, dag_id: str, run_id: str, task_id: str = "train") -> str:
        path = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/logs/1?full_content=true"
        return str(self.get(path))

    def returned(self, dag_id: str, run_id: str, task_id: str) -> Any:
        """Return what a task returned, as Airflow's page shows it."""
        path = f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances/{task_id}/xcomEntries/return_value"
        return self.get(f"{path}?deserialize=true")["value"]

    def states(self, dag_id: str, run_id: str) -> dict[str, str]:
        """Return the state of each task of a run."""
        tasks = self.get(f"/dags/{dag_id}/dagRuns/{run_id}/taskInstances")["task_instances"]
        return {task["task_id"]: str(task["state"]) for task in tasks}


def control(stack: RunningStack, **body: object) -> dict[str, Any]:
    """Command the stand-ins, and return what they were asked."""
    answer = requests.post(f"{stack.url('FAKE_SPOTIFY_PORT')}/control", json=body, timeout=30)
    answer.raise_for_status()
    counts: dict[str, Any] = answer.json()
    return counts


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


def champion(stack: RunningStack) -> str:
    answer = requests.get(
        stack.url("MLFLOW_PORT") + "/api/2.0/mlflow/registered-models/alias",
        params={"name": "quintet", "alias": "champion"},
        timeout=ASK_TIMEOUT_S,
    )
    return str(answer.json()["model_version"]["version"])


def await_dag(airflow: Airflow) -> None:
    """Wait until the DAG has been read, and see that no file of `dags/` failed to load."""
    deadline = time.monotonic() + 60
    while not {"retrain_model", "crawl_spotify"} <= {dag["dag_id"] for dag in airflow.get("/dags")["dags"]}:
        assert time.monotonic() < deadline, airflow.get("/importErrors")
        time.sleep(0.5)
    assert airflow.get("/importErrors")["import_errors"] == []
