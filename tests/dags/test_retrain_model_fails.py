"""`retrain_model` run by Airflow for real on an empty catalogue: what its log says. That it works: `test_up`."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.airflow, pytest.mark.timeout(600)]


def test_a_training_that_fails_says_why_in_one_line_without_a_traceback_of_ours(
    run_airflow: Callable[..., Any], database_url: str, mlflow_uri: str, tmp_path: Path
) -> None:
    migrated = run_airflow("airflow", "db", "migrate")
    assert migrated.returncode == 0, migrated.stderr
    services = {
        "DATABASE_URL": database_url.replace("postgresql:", "postgresql+psycopg2:", 1),
        "MLFLOW_TRACKING_URI": mlflow_uri,
        "QUINTET_HOME": str(tmp_path),
    }
    failed = run_airflow("airflow", "dags", "test", "retrain_model", env=services)
    assert failed.returncode != 0
    ours = (failed.stdout + failed.stderr).partition("Output:")[2].partition("Task failed")[0]
    assert "looking for MLflow" in ours
    assert "the catalogue is empty: run `quintet catalogue import PATH…` first" in ours
    assert 'File "' not in ours
