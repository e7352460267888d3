"""The task of `retrain_model` on an empty catalogue: what its log says. Success: `test_up_retraining`."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from quintet.jobs.train import TrainOptions

pytestmark = pytest.mark.airflow


def test_a_training_that_fails_says_why_in_one_line_without_a_traceback_of_ours(
    run_airflow: Callable[..., Any], dags_folder: Path, database_url: str, mlflow_uri: str, tmp_path: Path
) -> None:
    services = {
        "DATABASE_URL": database_url.replace("postgresql:", "postgresql+psycopg2:", 1),
        "MLFLOW_TRACKING_URI": mlflow_uri,
        "QUINTET_HOME": str(tmp_path),
    }
    script = Path(__file__).with_name("run_training_task.py")
    params = json.dumps(asdict(TrainOptions()))
    failed = run_airflow("python", str(script), str(dags_folder), params, env=services)
    assert failed.returncode != 0
    log = failed.stdout
    assert "looking for MLflow" in log
    assert "the catalogue is empty: run `quintet catalogue import PATH…` first" in log
    assert 'File "' not in log
    assert failed.stderr.rstrip().endswith(
        "the catalogue is empty: run `quintet catalogue import PATH…` first"
    )
