"""`quintet serve` as a process of its own against a real MLflow: start, memory, swap under load, stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families
from tests.fakes.catalogues import register
from tests.running_stack import free_port
from typer.testing import CliRunner

from quintet.adapters.mlflow_registry.registry import MlflowRegistry
from quintet.adapters.mlflow_registry.tracker import MlflowTracker
from quintet.cli import app as cli
from quintet.ports import CHAMPION

MAX_MEMORY_BYTES = 400e6
SWAP_WITHIN_S = 30.0


@contextmanager
def serving(folder: Path, mlflow_uri: str, **more: str) -> Iterator[str]:
    """Run `quintet serve` and yield its address; it must end by itself when asked to."""
    port = free_port()
    settings = {
        "MLFLOW_TRACKING_URI": mlflow_uri,
        "QUINTET_MODELS_DIR": str(folder / "models"),
        "QUINTET_POLL_INTERVAL_S": "0.5",
        "QUINTET_REGISTRY_TIMEOUT_S": "2",
        **more,
    }
    command = [str(Path(sys.executable).with_name("quintet")), "serve", "--port", str(port)]
    with (folder / "log").open("a") as log:
        process = subprocess.Popen(command, cwd=folder, env=os.environ | settings, stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
    finally:
        process.kill()
        process.wait()


def await_version(address: str, version: str, within_s: float) -> None:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        try:
            if requests.get(f"{address}/model", timeout=5).json().get("version") == version:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.1)
    pytest.fail(f"version {version} is not served within {within_s} s")


def memory_bytes(address: str) -> float:
    text = requests.get(f"{address}/metrics", timeout=5).text
    families = {family.name: family for family in text_string_to_metric_families(text)}
    return float(families["process_resident_memory_bytes"].samples[0].value)


@pytest.fixture
def promote(mlflow_uri: str, make_artifact: Callable[..., Path]) -> Callable[[int], str]:
    """Record a model of so many tracks in MLflow and make it champion; return its version."""
    tracker, registry = MlflowTracker(mlflow_uri), MlflowRegistry(mlflow_uri)

    def promote(count: int) -> str:
        version = register(tracker, make_artifact(count=count), promote=False)
        registry.set_alias(CHAMPION, version.version)
        return version.version

    return promote


def test_a_promoted_version_is_served_while_a_caller_sees_no_failure(
    mlflow_uri: str, promote: Callable[[int], str], tmp_path: Path
) -> None:
    first = promote(300)
    with serving(tmp_path, mlflow_uri) as address:
        await_version(address, first, within_s=60)
        statuses: list[int] = []
        stopping = threading.Event()

        def keep_calling() -> None:
            while not stopping.is_set():
                body: Any = {"seeds": ["t00000", "t00007"]}
                statuses.append(
                    requests.post(f"{address}/recommend_ranked", json=body, timeout=20).status_code
                )

        caller = threading.Thread(target=keep_calling)
        caller.start()
        try:
            await_version(address, promote(50), SWAP_WITHIN_S)
        finally:
            stopping.set()
            caller.join()
        assert set(statuses) == {200}
        assert requests.get(f"{address}/model", timeout=5).json()["metrics"] == {"catalogue_coverage": 0.5}
        assert memory_bytes(address) < MAX_MEMORY_BYTES


def test_without_mlflow_the_last_good_copy_answers(
    mlflow_uri: str, promote: Callable[[int], str], tmp_path: Path
) -> None:
    version = promote(300)
    with serving(tmp_path, mlflow_uri) as address:
        await_version(address, version, within_s=60)
    with serving(tmp_path, f"http://127.0.0.1:{free_port()}") as address:
        await_version(address, version, within_s=60)
        health = requests.get(f"{address}/health/ready", timeout=5)
        assert (health.status_code, health.json()["registry_answers"]) == (200, False)


def test_a_challenger_is_tried_beside_the_champion_rated_and_compared(
    mlflow_uri: str,
    database_url: str,
    promote: Callable[[int], str],
    make_artifact: Callable[..., Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("MLFLOW_TRACKING_URI", mlflow_uri)

    def quintet(*arguments: str) -> str:
        return " ".join(CliRunner().invoke(cli, ["models", *arguments]).output.split())

    champion = promote(300)
    challenger = register(MlflowTracker(mlflow_uri), make_artifact(300, False, 1), promote=False).version
    assert "challenger" in quintet("challenge", challenger)
    both = f"{champion}+{challenger}"
    with serving(tmp_path, mlflow_uri, DATABASE_URL=database_url, QUINTET_TRIAL_MODE="interleave") as address:
        await_version(address, champion, within_s=60)
        listed: dict[str, Any] = {}
        deadline = time.monotonic() + SWAP_WITHIN_S
        while listed.get("model_version") != both:
            assert time.monotonic() < deadline, "the challenger is not online"
            body = {"seeds": ["t00000", "t00007"], "k": 4}
            listed = requests.post(f"{address}/recommend_ranked", json=body, timeout=20).json()
        for item in listed["items"]:
            stars = 5 if item["model_version"] == challenger else 2
            said = {"request_id": listed["request_id"], "track_id": item["track_id"], "rating": stars}
            assert requests.post(f"{address}/ratings", json=said, timeout=20).status_code == 201
        told = requests.get(f"{address}/overview", timeout=20).json()["comparison"]
        assert (told["champion"], told["challenger"], told["winner"]) == (champion, challenger, None)
        compared = quintet("compare")
        assert f"challenger, version {challenger} │ 5 [" in compared
        assert "of 2, 1 listeners" in compared
        assert told["verdict"] in compared
    assert "alone" in quintet("challenge", "off")
    assert MlflowRegistry(mlflow_uri).aliased("challenger") is None
