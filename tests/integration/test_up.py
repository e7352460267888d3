"""`quintet up`, the whole of it: everything answers, survives what happens to it, and leaves nothing."""

from __future__ import annotations

import signal
import time
from pathlib import Path

import psutil
import pytest
import requests
from tests.running_stack import PORTS, RunningStack

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]

ADDRESSES = {
    "API_PORT": "/health/ready",
    "UI_PORT": "/_stcore/health",
    "MLFLOW_PORT": "/health",
    "AIRFLOW_PORT": "/api/v2/monitor/health",
    "FAKE_SPOTIFY_PORT": "/control",
}


def _await(condition, timeout_s: float, what: str) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.2)


def _answers(stack: RunningStack, setting: str) -> bool:
    try:
        return requests.get(stack.url(setting) + ADDRESSES[setting], timeout=5).ok
    except requests.ConnectionError:
        return False


@pytest.mark.parametrize("setting", PORTS)
def test_every_service_answers(running_stack: RunningStack, setting: str) -> None:
    assert _answers(running_stack, setting)


def test_airflow_calls_each_of_its_parts_healthy(running_stack: RunningStack) -> None:
    health = requests.get(running_stack.url("AIRFLOW_PORT") + "/api/v2/monitor/health", timeout=10).json()
    parts = ("metadatabase", "scheduler", "triggerer", "dag_processor")
    assert {part: health[part]["status"] for part in parts} == dict.fromkeys(parts, "healthy")


def test_status_tells_the_addresses_and_exits_with_0(running_stack: RunningStack) -> None:
    status = running_stack.quintet("status")
    assert status.returncode == 0, status.stdout
    for setting in PORTS:
        assert running_stack.url(setting) in status.stdout
    assert f"user admin, password {running_stack.airflow_password}" in status.stdout


def test_a_second_up_says_that_it_runs_and_starts_nothing(running_stack: RunningStack) -> None:
    before = {process.pid for process in running_stack.processes()}
    again = running_stack.quintet("up")
    assert again.returncode == 0
    assert "already runs" in again.stdout
    assert running_stack.url("UI_PORT") in again.stdout
    assert {pid for pid in before if psutil.pid_exists(pid)} >= {running_stack.pid_of("api")}


def test_services_listen_on_this_machine_only_and_postgresql_on_no_port(running_stack: RunningStack) -> None:
    ours = {process.pid for process in running_stack.processes()}
    listening = [
        link.laddr
        for link in psutil.net_connections(kind="inet")
        if link.pid in ours and link.status == psutil.CONN_LISTEN
    ]
    assert {address.ip for address in listening} == {"127.0.0.1"}
    assert {str(address.port) for address in listening} == {running_stack.env[setting] for setting in PORTS}


def test_secrets_are_readable_by_their_owner_only(running_stack: RunningStack) -> None:
    for name in ("secrets.json", "passwords.json"):
        assert (running_stack.home / "airflow" / name).stat().st_mode & 0o077 == 0
    for name in ("run", "logs", "postgres"):
        assert (running_stack.home / name).stat().st_mode & 0o077 == 0


def test_a_taken_port_is_named_with_its_holder_before_anything_starts(
    running_stack: RunningStack, tmp_path: Path
) -> None:
    other = RunningStack.at(tmp_path / "home", API_PORT=running_stack.env["API_PORT"])
    refused = other.quintet("up", "--detach")
    assert refused.returncode == 1
    said = refused.stdout + refused.stderr
    assert (
        f"port {running_stack.env['API_PORT']} (api) is taken by process {running_stack.pid_of('api')}"
        in said
    )
    assert "API_PORT" in said
    assert not (tmp_path / "home" / "postgres" / "data").exists()
    assert other.processes() == []


def test_a_service_that_is_killed_comes_back(running_stack: RunningStack) -> None:
    killed = running_stack.pid_of("api")
    psutil.Process(killed).kill()
    _await(lambda: running_stack.pid_of("api") not in (0, killed), 60, "the API was not started again")
    _await(lambda: _answers(running_stack, "API_PORT"), 60, "the API does not answer")
    _await(lambda: running_stack.quintet("status").returncode == 0, 60, "status does not settle")


def test_after_killing_everything_up_starts_again_in_a_minute_and_nothing_is_lost(
    running_stack: RunningStack,
) -> None:
    def state() -> tuple[object, object]:
        model = requests.get(running_stack.url("API_PORT") + "/model", timeout=10).json()
        runs = requests.post(
            running_stack.url("MLFLOW_PORT") + "/api/2.0/mlflow/runs/search",
            json={"experiment_ids": ["1"], "max_results": 1000},
            timeout=30,
        ).json()["runs"]
        return model["version"], sorted(run["info"]["run_id"] for run in runs)

    before = state()
    psutil.Process(int(str(running_stack.record()["pid"]))).kill()
    for part in ("postgres", "mlflow", "api"):
        for process in running_stack.processes():
            if process.pid == running_stack.pid_of(part):
                process.kill()
    started = time.monotonic()
    up = running_stack.quintet("up", "--detach", timeout_s=200)
    took_s = time.monotonic() - started
    assert up.returncode == 0, up.stdout + up.stderr
    assert took_s < 90, up.stdout  # a minute, and half of one for a busy machine
    assert "catalogue          done   nothing to do" in up.stdout
    assert state() == before


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_start_leaves_no_process(tmp_path: Path, number: signal.Signals) -> None:
    stack = RunningStack.at(tmp_path / "home")
    starting = stack.start("up")
    assert starting.stdout is not None
    seen = []
    for line in starting.stdout:
        seen.append(line)
        if "postgres" in line and "ready" in line:
            break
    assert stack.processes() != []
    starting.send_signal(number)
    rest, _ = starting.communicate(timeout=60)
    assert starting.returncode == 1
    assert "stopped before everything was ready" in rest, "".join(seen) + rest
    assert stack.processes() == []
    assert stack.quintet("down").stdout == "Quintet was not running.\n"


def test_status_of_nothing_says_so(tmp_path: Path) -> None:
    status = RunningStack.at(tmp_path / "home").quintet("status")
    assert (status.returncode, status.stdout) == (1, "Quintet is not running.\n")
