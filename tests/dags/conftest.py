"""Airflow for tests: its own environment, a home of its own, and nothing of the caller's settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DAGS = ROOT / "dags"

RunAirflow = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def dags_folder() -> Path:
    """Where the DAG files lie."""
    return DAGS


@pytest.fixture(scope="session")
def airflow_bin() -> Path:
    """The programs of Airflow's environment."""
    folder = Path(sys.prefix).with_name("airflow-env") / "bin"
    if not (folder / "airflow").exists():
        pytest.fail("Airflow's environment is missing: run `make test`, which makes it")
    return folder


@pytest.fixture(scope="session")
def airflow_env(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """An environment with SQLite and a home of its own; the project's interpreter is the one of this test."""
    home = tmp_path_factory.mktemp("airflow")
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("AIRFLOW", "PYTEST", "QUINTET", "MLFLOW"))
        and name not in ("PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV", "DATABASE_URL")
    }
    return kept | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__UNIT_TEST_MODE": "False",
        "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
        "QUINTET_PYTHON": sys.executable,
    }


@pytest.fixture(scope="session")
def run_airflow(airflow_bin: Path, airflow_env: Mapping[str, str]) -> RunAirflow:
    """Run a program of Airflow's environment; `env` adds to its environment."""

    def run(program: str, *arguments: str, env: Mapping[str, str] | None = None):  # type: ignore[no-untyped-def]
        return subprocess.run(
            [airflow_bin / program, *arguments],
            env={**airflow_env, **(env or {})},
            capture_output=True,
            text=True,
            timeout=280,
            check=False,
        )

    return run
