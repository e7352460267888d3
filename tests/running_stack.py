"""What `quintet up` starts, started for tests: free ports, a state folder of its own, nothing left behind."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import requests

from quintet.stack import postgres, processes

ROOT = Path(__file__).parents[1]
PORTS = ("API_PORT", "UI_PORT", "MLFLOW_PORT", "AIRFLOW_PORT", "FAKE_SPOTIFY_PORT")
FIRST_START_TIMEOUT_S = 500
SERVER_START_TIMEOUT_S = 120
# What would make the stack of a test someone else's.
FOREIGN = (
    "QUINTET",
    "AIRFLOW",
    "MLFLOW",
    "PYTEST",
    "DATABASE_URL",
    "SPOTIPY",
    "FAKE_SPOTIFY",
    "PYTHONDONTWRITEBYTECODE",
)


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def free_ports(count: int) -> list[int]:
    """Return different free ports: held together, so that no two are the same."""
    with ExitStack() as held:
        listeners = [held.enter_context(socket.socket()) for _ in range(count)]
        for listener in listeners:
            listener.bind(("127.0.0.1", 0))
        return [int(listener.getsockname()[1]) for listener in listeners]


@contextmanager
def embedded_postgres(home: Path, socket_dir: Path | None = None) -> Iterator[str]:
    """Run the embedded PostgreSQL alone, and give the URL of its maintenance database."""
    socket_dir = socket_dir or home / "run"
    service = postgres.service(home, socket_dir, os.environ)
    assert service.prepare is not None
    service.prepare()
    log = home / "postgres.log"
    server = processes.spawn(service.command, service.env, log, home, service.stop_signal)
    try:
        deadline = time.monotonic() + 60
        while (missing := service.ready()) is not None:
            assert server.poll() is None, log.read_text()
            assert time.monotonic() < deadline, missing
            time.sleep(0.05)
        yield postgres.dsn(socket_dir, "postgres")
    finally:
        server.send_signal(service.stop_signal)
        server.wait(timeout=30)


@contextmanager
def running_mlflow(folder: Path, backend: str, port: int | None = None) -> Iterator[str]:
    """Run an MLflow server with one worker, its artifacts in `folder`, and give its address."""
    port = port or free_port()
    options = {
        "--host": "127.0.0.1",
        "--port": str(port),
        "--workers": "1",
        "--backend-store-uri": backend,
        "--artifacts-destination": str(folder / "artifacts"),
    }
    flags = [part for option in options.items() for part in option]
    command = [sys.executable, "-m", "mlflow", "server", *flags]
    quiet = {"MLFLOW_DISABLE_TELEMETRY": "true", "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"}
    env = {name: value for name, value in os.environ.items() if not name.startswith("MLFLOW_")} | quiet
    log = folder / "log"
    with log.open("w") as file:
        server = subprocess.Popen(command, cwd=folder, env=env, stdout=file, stderr=file)
    try:
        await_answer(f"http://127.0.0.1:{port}/health", server, log)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=30)


def await_answer(url: str, server: subprocess.Popen[Any], log: Path) -> None:
    """Return once a server that was started answers well."""
    deadline = time.monotonic() + SERVER_START_TIMEOUT_S
    while True:
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < deadline, log.read_text()
        try:
            if requests.get(url, timeout=2).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.2)


@dataclass(frozen=True)
class RunningStack:
    """One state folder and what runs for it, beside it: a developer's `.env` is not read."""

    home: Path
    env: dict[str, str]

    @classmethod
    def at(cls, home: Path, **settings: str) -> RunningStack:
        """Return a stack that does not run yet, on free ports and with the demo catalogue."""
        env = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        ports = {name: str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
        own = {
            "QUINTET_HOME": str(home),
            "QUINTET_MODELS_DIR": str(home / "models"),
            "QUINTET_CATALOGUE": "demo",
            "QUINTET_DEMO_DIR": str(ROOT / "dataset" / "demo"),
            "QUINTET_POLL_INTERVAL_S": "1",
            "FAKE_SPOTIFY": "1",
            # A task would else wait up to a second for the scheduler to wake; these tests run sixty.
            "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.3",
        }
        return cls(home, env | ports | own | settings)

    def url(self, setting: str) -> str:
        """Return the address behind one of `PORTS`."""
        return f"http://127.0.0.1:{self.env[setting]}"

    @property
    def airflow_password(self) -> str:
        passwords: dict[str, str] = json.loads((self.home / "airflow" / "passwords.json").read_text())
        return passwords["admin"]

    def quintet(self, *arguments: str, timeout_s: float = 120) -> subprocess.CompletedProcess[str]:
        """Run the command line to its end."""
        command = [sys.executable, "-m", "quintet.cli", *arguments]
        return subprocess.run(
            command,
            env=self.env,
            cwd=self.home.parent,
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start the command line and do not wait for it."""
        command = [sys.executable, "-m", "quintet.cli", *arguments]
        return subprocess.Popen(
            command,
            env=self.env,
            cwd=self.home.parent,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def record(self) -> dict[str, object]:
        """Return what the supervisor wrote about itself."""
        record: dict[str, object] = json.loads((self.home / "run" / "up.json").read_text())
        return record

    def pid_of(self, part: str) -> int:
        parts = self.record()["parts"]
        assert isinstance(parts, dict)
        return int(parts[part]["pid"])

    def processes(self) -> list[psutil.Process]:
        """Return whatever lives for this state folder, found by looking at every process of the machine."""
        return [*processes.marked(self.home), *postgres.running(self.home), *_naming(str(self.home))]


def _naming(text: str) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and any(text in word for word in process.cmdline()):
                found.append(process)
        except psutil.Error:
            continue
    return found


@contextmanager
def started_stack(home: Path) -> Iterator[RunningStack]:
    """Start everything and, afterwards, stop it and see that nothing is left."""
    stack = RunningStack.at(home)
    try:
        up = stack.quintet("up", "--detach", timeout_s=FIRST_START_TIMEOUT_S)
        assert up.returncode == 0, up.stdout + up.stderr
        yield stack
    finally:
        down = stack.quintet("down")
    assert down.returncode == 0, down.stderr
    assert stack.processes() == []
