"""The containers of docker-compose.yml, run for tests: a project, ports and secrets of their own."""

from __future__ import annotations

import json
import os
import re
import runpy
import shutil
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex
from typing import Any

import requests
from tests.running_stack import PORTS, free_ports

from quintet.settings import ALL_SETTINGS

ROOT = Path(__file__).parents[2]
PROJECT = "quintet-smoke"
UP_TIMEOUT_S = 900
ONE_SHOT = {"migrate", "airflow-migrate", "first-model", "care"}
SECRETS = [
    str(field.alias)
    for settings in ALL_SETTINGS
    for field in settings.model_fields.values()
    if "SecretStr" in str(field.annotation)
]
# What would make the containers of a test someone else's.
FOREIGN = ("QUINTET", "AIRFLOW", "MLFLOW", "POSTGRES", "COMPOSE", "SPOTI", "AWS", "DATABASE", "BIND_ADDRESS")


def await_true(condition: Callable[[], bool], timeout_s: float, what: str) -> None:
    """Return once the condition holds; a refused connection counts as not yet."""
    deadline = time.monotonic() + timeout_s
    while True:
        try:
            if condition():
                return
        except requests.RequestException:
            pass
        assert time.monotonic() < deadline, what
        time.sleep(0.5)


@dataclass(frozen=True)
class Containers:
    """One Compose project: settings in `env_file`, which holds this project's random secrets."""

    env_file: Path
    settings: dict[str, str]

    @classmethod
    def in_folder(cls, folder: Path) -> Containers:
        """Return a project that does not run yet, with the demo catalogue and the sources' stand-ins."""
        shutil.copy(ROOT / ".env.template", folder)
        runpy.run_path(str(ROOT / "tools" / "make_env.py"))["main"](folder)
        ports = {name: str(port) for name, port in zip(PORTS, free_ports(len(PORTS)), strict=True)}
        own = {
            **ports,
            "QUINTET_CATALOGUE": "demo",
            "QUINTET_POLL_INTERVAL_S": "1",
            "QUINTET_ADMIN_TOKEN": "t" * 32,
        }
        env_file = folder / ".env"
        with env_file.open("a", encoding="utf-8") as file:
            file.writelines(f"{name}={value}\n" for name, value in own.items())
            file.write((ROOT / "deploy" / "fake.env").read_text(encoding="utf-8"))
            file.writelines(f"{name}={token_hex(16)}\n" for name in cls._given_secrets())
        return cls(
            env_file, dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", env_file.read_text(), flags=re.MULTILINE))
        )

    @staticmethod
    def _given_secrets() -> list[str]:
        """Return the secret settings an operator gives, which the stand-ins take whatever they are."""
        compose = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
        return [
            name
            for name in SECRETS
            if re.search(rf"\b{name}:\s*$", compose, flags=re.MULTILINE) and name != "QUINTET_ADMIN_TOKEN"
        ]

    @property
    def secrets(self) -> dict[str, str]:
        """The values that may stand nowhere but in the containers' environment, by name."""
        return {name: self.settings[name] for name in SECRETS if name in self.settings}

    @property
    def airflow_password(self) -> str:
        return self.settings["AIRFLOW_ADMIN_PASSWORD"]

    def url(self, setting: str) -> str:
        """Return the address behind one of `PORTS`."""
        return f"http://127.0.0.1:{self.settings[setting]}"

    def compose(self, *arguments: str, timeout_s: float = 120, check: bool = True) -> str:
        """Run `docker compose` on this project and return its standard output."""
        done = self._run(arguments, timeout_s, capture_output=True)
        told = done.stdout.decode() + done.stderr.decode()
        assert not check or done.returncode == 0, f"{' '.join(arguments)}:\n{told}"
        return str(done.stdout.decode())

    def dump(self, path: Path) -> None:
        """Let the service `care` write a dump, as the runbook says."""
        command = ("run", "--rm", "-T", "care", "quintet", "db", "dump", "-")
        with path.open("wb") as file:
            done = self._run(command, 180, stdout=file, stderr=subprocess.PIPE)
        assert done.returncode == 0, done.stderr.decode()

    def restore(self, path: Path, *options: str) -> None:
        """Let the service `care` restore a dump, as the runbook says."""
        command = ("run", "--rm", "-T", "care", "quintet", "db", "restore", *options, "-")
        with path.open("rb") as file:
            done = self._run(command, 300, stdin=file, capture_output=True)
        assert done.returncode == 0, done.stderr.decode()

    def _run(self, arguments: Sequence[str], timeout_s: float, **streams: Any) -> Any:
        project = ["docker", "compose", "--project-name", PROJECT, "--env-file", str(self.env_file)]
        env = {name: value for name, value in os.environ.items() if not name.startswith(FOREIGN)}
        return subprocess.run(
            [*project, *arguments], cwd=ROOT, env=env, timeout=timeout_s, check=False, **streams
        )

    def up(self, *options: str) -> float:
        """Start everything, wait until all of it is well, and return the seconds it took."""
        started = time.monotonic()
        try:
            self.compose("up", "--detach", "--wait", *options, timeout_s=UP_TIMEOUT_S)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.troubles()}") from None
        return time.monotonic() - started

    def troubles(self) -> str:
        """Return what is not well, and the end of its log."""
        sick = [
            c["Service"]
            for c in self.containers()
            if c["ExitCode"] or c["Health"] in ("starting", "unhealthy")
        ]
        return "\n".join(self.compose("logs", "--tail", "40", name, check=False) for name in sick)

    def containers(self) -> list[dict[str, Any]]:
        """Return what Compose says about each container of the project."""
        lines = self.compose("ps", "--all", "--format", "json").splitlines()
        return [json.loads(line) for line in lines]

    def running(self) -> dict[str, str]:
        """Return the name of each service that stays, and its container."""
        return {c["Service"]: c["Name"] for c in self.containers() if c["Service"] not in ONE_SHOT}

    def inside(self, service: str, *command: str, check: bool = True) -> str:
        """Run a command in a service's container."""
        return self.compose("exec", "--no-TTY", service, *command, check=check)

    def restarts(self, service: str) -> int:
        """Return how often Docker started this container again by itself."""
        return int(docker("inspect", "--format", "{{.RestartCount}}", self.running()[service]))


def docker(*arguments: str) -> str:
    """Run `docker` and return its standard output."""
    done = subprocess.run(["docker", *arguments], capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
