"""Retraining from Airflow while listeners listen: a new version, served soon, and no request fails."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import requests
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


def test_wrong_parameters_are_refused_by_airflow_before_anything_runs(running_stack: RunningStack) -> None:
    airflow = Airflow(running_stack)
    await_dag(airflow)
    with pytest.raises(AssertionError, match="genre_weight"):
        airflow.trigger("retrain_model", {"genre_weight": 7})
