"""A crawl whose worker, database or sources die in the middle: tried again, it leaves the same tables."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import psycopg2
import pytest
from tests.fakes.crawl_tables import dump
from tests.fakes.outside import SECRET, Outside, running_outside
from tests.running_stack import embedded_postgres

from quintet.adapters.postgres import migrate
from quintet.fakes.world import World

DAY = date(2026, 11, 20)
COMMAND = ("crawl", "--date", DAY.isoformat(), "--query", "genre:folk", "--query", "genre:jazz")


@pytest.fixture(scope="module")
def world() -> World:
    return World(400, DAY)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUINTET_HOME", str(tmp_path / "state"))


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    with running_outside(world) as outside:
        yield outside


@pytest.fixture
def undisturbed(outside: Outside, fresh_url: Callable[[], str]) -> str:
    """The tables after a crawl that nothing happened to."""
    url = fresh_url()
    assert finish(start(outside, url)) == (0, "")
    outside.control(reset=True, delay_s=0.02)
    return dump(url)


def start(outside: Outside, url: str) -> subprocess.Popen[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    env = {**kept, **outside.environment, "DATABASE_URL": url, "QUINTET_CHART_SIZE": "20"}
    env["QUINTET_HOME"] = os.environ["QUINTET_HOME"]
    command = [sys.executable, "-m", "quintet.cli", *COMMAND]
    return subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def finish(crawl: subprocess.Popen[str]) -> tuple[int, str]:
    """Return the exit status, and what stderr says of an error."""
    _, errors = crawl.communicate(timeout=120)
    assert SECRET not in errors
    return crawl.returncode, "".join(line for line in errors.splitlines(True) if line.startswith("quintet:"))


def await_calls(outside: Outside, crawl: subprocess.Popen[str], count: int) -> None:
    deadline = time.monotonic() + 60
    while len(outside.asked) < count and crawl.poll() is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_a_worker_killed_again_and_again_leaves_what_an_undisturbed_one_does(
    outside: Outside, undisturbed: str, database_url: str
) -> None:
    killed = 0
    for calls in (4, 30, 50, 66):
        crawl = start(outside, database_url)
        await_calls(outside, crawl, calls)
        crawl.send_signal(signal.SIGKILL)
        killed += finish(crawl)[0] == -signal.SIGKILL
    assert killed >= 3
    assert finish(start(outside, database_url)) == (0, "")
    assert dump(database_url) == undisturbed


def test_sources_that_go_away_fail_the_crawl_and_a_later_try_heals_it(
    world: World, undisturbed: str, database_url: str
) -> None:
    with running_outside(world) as first:
        first.control(delay_s=0.02)
        crawl = start(first, database_url)
        await_calls(first, crawl, 30)
    status, error = finish(crawl)
    assert (status, "did not answer" in error) == (1, True)
    with running_outside(world) as second:
        assert finish(start(second, database_url)) == (0, "")
    assert dump(database_url) == undisturbed


def test_a_database_that_restarts_fails_the_crawl_and_a_later_try_heals_it(
    outside: Outside, undisturbed: str, tmp_path: Path
) -> None:
    with ExitStack() as first:
        url = _database_of(first.enter_context(embedded_postgres(tmp_path / "home", tmp_path / "run")))
        crawl = start(outside, url)
        await_calls(outside, crawl, 30)
    status, error = finish(crawl)
    assert (status, error.startswith("quintet: PostgreSQL"), error.count("\n")) == (1, True, 1)
    with embedded_postgres(tmp_path / "home", tmp_path / "run"):
        assert finish(start(outside, url)) == (0, "")
        assert dump(url) == undisturbed


def _database_of(maintenance_url: str) -> str:
    """Return the migrated database of an embedded server."""
    url = maintenance_url.replace("/postgres?", "/quintet?")
    psycopg2.connect(url).close()
    migrate(url)
    return url
