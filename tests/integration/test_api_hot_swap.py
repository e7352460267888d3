"""The API behind a real server while models come and go: no request fails, and nobody blocks it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import requests
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.running_app import running

from quintet.api.api import create_api
from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.model.artifact import verify
from quintet.ports import CHAMPION

Artifacts = Callable[..., Path]
SEEDS = ["t00000", "t00001", "t00002"]


@pytest.fixture
def registry(tmp_path: Path) -> InMemoryRegistry:
    return InMemoryRegistry(tmp_path / "registry")


def make_holder(registry: InMemoryRegistry, folder: Path) -> ModelHolder:
    return ModelHolder(lambda: registry, ModelFiles(folder, verify), poll_interval_s=0.05)


class Caller(threading.Thread):
    """Keeps asking for recommendations and searches until told to stop; remembers what came back."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.address, self.stopping = f"http://127.0.0.1:{port}", threading.Event()
        self.statuses: list[int] = []
        self.versions: list[str] = []
        self.failure: Exception | None = None

    def run(self) -> None:
        try:
            with requests.Session() as session:
                while not self.stopping.is_set():
                    self._ask(session)
        except requests.RequestException as error:
            self.failure = error

    def _ask(self, session: requests.Session) -> None:
        body = {"seeds": SEEDS, "k": 5}
        answer = session.post(f"{self.address}/recommend_ranked", json=body, timeout=10)
        found = session.get(f"{self.address}/search", params={"q": "amber"}, timeout=10)
        self.statuses += [answer.status_code, found.status_code]
        self.versions.append(answer.json()["model_version"])


def await_version(port: int, version: str) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if requests.get(f"http://127.0.0.1:{port}/model", timeout=10).json().get("version") == version:
            return
        time.sleep(0.02)
    pytest.fail(f"version {version} is not served")


def test_no_request_fails_while_models_are_swapped_refused_and_rolled_back(
    registry: InMemoryRegistry, make_artifact: Artifacts, tmp_path: Path
) -> None:
    register(registry, make_artifact())
    with running(create_api(make_holder(registry, tmp_path / "models"), 1.0)) as port:
        await_version(port, "1")
        callers = [Caller(port) for _ in range(3)]
        for caller in callers:
            caller.start()
        for number, count in enumerate((50, 300, 50, 300), start=2):
            register(registry, make_artifact(count=count))
            await_version(port, str(number))
        register(registry, Path(__file__).parent)  # no model at all: refused
        time.sleep(0.3)
        registry.set_alias(CHAMPION, "3")
        await_version(port, "3")
        for caller in callers:
            caller.stopping.set()
            caller.join(timeout=10)
    assert [caller.failure for caller in callers] == [None] * 3
    assert {status for caller in callers for status in caller.statuses} == {200}
    assert {"1", "5"} <= {version for caller in callers for version in caller.versions}
    assert "6" not in {version for caller in callers for version in caller.versions}


def test_two_processes_share_one_folder_of_models(
    registry: InMemoryRegistry, make_artifact: Artifacts, tmp_path: Path
) -> None:
    slow, quick = (make_holder(registry, tmp_path / "models") for _ in range(2))
    register(registry, make_artifact())
    slow.refresh()
    expected = slow.current().recommend(SEEDS, 10)
    for _ in range(5):  # enough for the quick one to delete what the slow one still serves
        register(registry, make_artifact(count=50))
        quick.refresh()
    assert not list((tmp_path / "models").glob("v1-*"))
    assert slow.current().recommend(SEEDS, 10) == expected
    assert slow.current().search("amber", 5, 0)[0] > 0
    slow.refresh()
    assert slow.current().version == quick.current().version


class HangingRegistry(InMemoryRegistry):
    """Never answers."""

    def champion(self) -> Any:
        threading.Event().wait()


def test_a_registry_that_hangs_holds_up_neither_start_nor_answers_nor_stop(tmp_path: Path) -> None:
    registry = HangingRegistry(tmp_path / "registry")
    started = time.monotonic()
    with running(create_api(make_holder(registry, tmp_path / "models"), 1.0)) as port:
        assert requests.get(f"http://127.0.0.1:{port}/health/live", timeout=5).status_code == 200
        assert requests.get(f"http://127.0.0.1:{port}/health/ready", timeout=5).status_code == 503
    assert time.monotonic() - started < 10


def test_answers_come_quickly(registry: InMemoryRegistry, make_artifact: Artifacts, tmp_path: Path) -> None:
    register(registry, make_artifact())
    with (
        running(create_api(make_holder(registry, tmp_path / "models"), 1.0)) as port,
        requests.Session() as session,
    ):
        await_version(port, "1")
        durations_s = []
        for _ in range(40):
            started = time.perf_counter()
            session.post(f"http://127.0.0.1:{port}/recommend_ranked", json={"seeds": SEEDS}, timeout=10)
            durations_s.append(time.perf_counter() - started)
    assert sorted(durations_s)[20] < 0.2  # a tenth of it on an idle machine
