"""The API while PostgreSQL is stopped, hangs and comes back: no list fails, and recording goes on."""

from __future__ import annotations

import signal
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
import requests
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.running_app import running
from tests.running_stack import embedded_postgres

from quintet.adapters.feedback import Database, PostgresChartBoard, PostgresFeedback, PostgresInstallation
from quintet.adapters.postgres import migrate
from quintet.api.api import create_api
from quintet.api.feedback import Feedback, Stores
from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.errors import StoreUnavailableError
from quintet.model.artifact import verify
from quintet.stack import postgres

SEEDS = ["t00000", "t00001", "t00002"]
TIMEOUT_S = 0.7
SLOWEST_S = 5.0  # of a recommendation, on a busy machine


class Listening(threading.Thread):
    """Keeps asking for lists until told to stop; remembers every status and how long the slowest took."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self._address, self._stopping = address, threading.Event()
        self.statuses: list[int] = []
        self.slowest_s = 0.0

    def run(self) -> None:
        with requests.Session() as session:
            while not self._stopping.wait(0.02):
                started = time.monotonic()
                answer = session.post(f"{self._address}/recommend_ranked", json={"seeds": SEEDS}, timeout=30)
                self.slowest_s = max(self.slowest_s, time.monotonic() - started)
                self.statuses.append(answer.status_code)

    def stop(self) -> None:
        self._stopping.set()
        self.join(timeout=30)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="quintet-pg-") as name:
        yield Path(name)


@pytest.fixture
def feedback(folder: Path) -> Feedback:
    url = postgres.dsn(folder / "run", "quintet")
    asked = PostgresFeedback(Database(url, TIMEOUT_S))
    return Feedback(
        Stores(
            asked,
            PostgresFeedback(Database(url, TIMEOUT_S)),
            board=PostgresChartBoard(Database(url, TIMEOUT_S)),
            installation=PostgresInstallation(Database(url, TIMEOUT_S)),
        )
    )


@pytest.fixture
def address(feedback: Feedback, make_artifact: Callable[..., Path], tmp_path: Path) -> Iterator[str]:
    registry = InMemoryRegistry(tmp_path / "registry")
    register(registry, make_artifact())
    holder = ModelHolder(lambda: registry, ModelFiles(tmp_path / "models", verify), 60.0)
    holder.refresh()
    with running(create_api(holder, 1.0, feedback=feedback)) as port:
        yield f"http://127.0.0.1:{port}"


def rate(address: str) -> int:
    """Ask for a list and rate its first track; return the status of the rating."""
    answer = requests.post(f"{address}/recommend_ranked", json={"seeds": SEEDS}, timeout=30)
    assert answer.status_code == 200
    listed: Any = answer.json()
    said = {"request_id": listed["request_id"], "track_id": listed["items"][0]["track_id"], "rating": 4}
    return requests.post(f"{address}/ratings", json=said, timeout=30).status_code


def await_rating(address: str) -> None:
    deadline = time.monotonic() + 30
    while rate(address) != 201:
        assert time.monotonic() < deadline, "ratings are not taken again"
        time.sleep(0.2)


def assert_does_without(address: str) -> None:
    assert rate(address) == 503
    assert requests.get(f"{address}/hottest", timeout=30).json()["source"] == "popular"
    assert requests.get(f"{address}/overview", timeout=30).json()["catalogue"]["tracks"] == 300
    assert requests.get(f"{address}/search", params={"q": "amber"}, timeout=30).status_code == 200


@contextmanager
def hanging(folder: Path) -> Iterator[None]:
    """Let every process of the server stand still, as a machine out of memory does."""
    servers = [
        child for server in postgres.running(folder) for child in [server, *server.children(recursive=True)]
    ]
    for process in servers:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in servers:
            try:
                process.send_signal(signal.SIGCONT)
            except psutil.NoSuchProcess:
                continue


def test_no_recommendation_fails_while_postgres_stops_hangs_and_comes_back(
    folder: Path, feedback: Feedback, address: str
) -> None:
    listening = Listening(address)
    recorder = feedback.recorder
    assert recorder is not None
    listening.start()
    assert rate(address) == 503, "there is no database yet"
    with embedded_postgres(folder):
        migrate(postgres.sqlalchemy_url(folder / "run", "quintet"))
        await_rating(address)
        before = recorder.recorded
        with hanging(folder):
            assert_does_without(address)
        await_rating(address)
        assert recorder.recorded > before
    assert_does_without(address)
    with embedded_postgres(folder):
        before = recorder.recorded
        await_rating(address)
        assert recorder.settle(30)
        assert recorder.recorded > before, "what was served meanwhile is kept"
    listening.stop()
    assert set(listening.statuses) == {200}
    assert listening.slowest_s < SLOWEST_S


def test_a_statement_never_takes_longer_than_it_may(folder: Path) -> None:
    with embedded_postgres(folder):
        database = Database(postgres.dsn(folder / "run", "quintet"), TIMEOUT_S)
        assert database.run("SELECT 1") == [(1,)]
        with pytest.raises(StoreUnavailableError):
            database.run("SELECT pg_sleep(30)")
        assert database.run("SELECT %(text)s", {"text": "'; DROP"}) == [("'; DROP",)]
        fresh = Database(postgres.dsn(folder / "run", "quintet"), TIMEOUT_S)
        with hanging(folder):
            for one in (database, fresh):
                started = time.monotonic()
                with pytest.raises(StoreUnavailableError):
                    one.run("SELECT 1")
                assert time.monotonic() - started < 2 * TIMEOUT_S + 1
        assert database.run("SELECT 2") == [(2,)]
