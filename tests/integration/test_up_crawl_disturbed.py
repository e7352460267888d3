"""Crawls in the real Airflow whose worker, sources or database are killed: tried again, the same tables.

Each of them runs for another kind of app. The copy of the database sees the same crawls, undisturbed.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import psutil
import pytest
import requests
from tests.fakes.crawl_tables import dump
from tests.running_stack import RunningStack
from tests.stack_clients import Airflow, await_dag, control

from quintet.settings import HomeSettings
from quintet.stack import postgres, stand_ins

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(900)]

TIMEOUT_S = 480  # other tests may keep the machine busy
FAILED = {"failed", "up_for_retry", "upstream_failed"}


@dataclass(frozen=True)
class Copies:
    """The running stack's database, and a copy of it."""

    own: str
    twin: str


@pytest.fixture(scope="module")
def airflow(running_stack: RunningStack) -> Iterator[Airflow]:
    airflow = Airflow(running_stack)
    await_dag(airflow)
    airflow.pause("retrain_model", is_paused=True)  # trainings would only take the time of the crawls
    yield airflow
    airflow.pause("retrain_model", is_paused=False)


@pytest.fixture(scope="module")
def copies(running_stack: RunningStack) -> Iterator[Copies]:
    socket_dir = HomeSettings(home=running_stack.home).socket_dir
    own, twin = (postgres.dsn(socket_dir, name) for name in ("quintet", "twin"))
    programs = postgres._program("psql").parent
    subprocess.run(
        [programs / "psql", postgres.dsn(socket_dir, "postgres"), "-qc", "CREATE DATABASE twin"], check=True
    )
    dumped = subprocess.run([programs / "pg_dump", own], check=True, capture_output=True).stdout
    subprocess.run([programs / "psql", "-q", twin], input=dumped, check=True, capture_output=True)
    yield Copies(own, twin)
    control(running_stack, regime="dev_2026", delay_s=0)


def crawl_undisturbed(stack: RunningStack, twin: str, day: str, query: str) -> None:
    port, ui_port = int(stack.env["FAKE_SPOTIFY_PORT"]), int(stack.env["UI_PORT"])
    env = stack.env | stand_ins.addresses(port, ui_port)
    env["DATABASE_URL"] = twin.replace("postgresql:", "postgresql+psycopg2:", 1)
    done = RunningStack(stack.home, env).quintet("crawl", "--date", day, "--query", query)
    assert done.returncode == 0, done.stderr


def crawl_disturbed(
    stack: RunningStack, airflow: Airflow, day: str, query: str, strike: Callable[[], None]
) -> str:
    """Run the DAG, strike in the middle of the discovery, have what failed tried again; return its state."""
    before = len(control(stack, delay_s=0.1)["asked"])
    run_id = airflow.trigger("crawl_spotify", {"date": day, "queries": [query]})
    deadline = time.monotonic() + TIMEOUT_S
    while sum("/v1/search?q=genre" in call for call in control(stack)["asked"][before:]) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    strike()
    while True:
        assert time.monotonic() < deadline
        time.sleep(0.3)
        try:
            control(stack, delay_s=0)
            state = str(airflow.get(f"/dags/crawl_spotify/dagRuns/{run_id}")["state"])
            states = airflow.states("crawl_spotify", run_id)
            if failed := [task for task, state in states.items() if state in FAILED]:
                airflow.clear("crawl_spotify", run_id, failed)
            elif state not in ("queued", "running"):
                return state
        except requests.RequestException:
            continue  # Airflow keeps its own state in the same PostgreSQL


def kill_worker(stack: RunningStack) -> None:
    tasks = [process for process in stack.processes() if _is_task(process)]
    assert tasks
    for process in tasks:
        process.send_signal(signal.SIGKILL)


def _is_task(process: psutil.Process) -> bool:
    try:
        return any(word.endswith("script.py") for word in process.cmdline())
    except psutil.Error:
        return False


@pytest.mark.parametrize(
    ("regime", "day", "query", "part", "how"),
    [
        ("not_allowlisted", "2026-11-11", 'genre:"latin pop"', None, signal.SIGKILL),
        ("dev_2026", "2026-11-12", "genre:house", "stand-ins", signal.SIGKILL),
        ("dev_old", "2026-11-13", "genre:ambient", "postgres", signal.SIGQUIT),  # at once, as after a crash
    ],
    ids=["the worker", "the sources", "PostgreSQL"],
)
def test_a_run_that_was_killed_in_the_middle_leaves_what_an_undisturbed_one_does(
    running_stack: RunningStack,
    airflow: Airflow,
    copies: Copies,
    regime: str,
    day: str,
    query: str,
    part: str | None,
    how: signal.Signals,
) -> None:
    def strike() -> None:
        if part is None:
            kill_worker(running_stack)
        else:
            os.kill(running_stack.pid_of(part), how)

    control(running_stack, regime=regime)
    crawl_undisturbed(running_stack, copies.twin, day, query)
    assert crawl_disturbed(running_stack, airflow, day, query, strike) == "success"
    assert dump(copies.own) == dump(copies.twin)
