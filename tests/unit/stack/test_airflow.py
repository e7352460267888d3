"""Airflow's secrets are made at random, once, and are nobody else's to read."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from quintet.errors import StackError
from quintet.stack import airflow


def test_secrets_are_made_once_and_readable_by_their_owner_only(tmp_path: Path) -> None:
    first = airflow.keep_secrets(tmp_path / "one")
    assert airflow.keep_secrets(tmp_path / "one") == first
    assert airflow.keep_secrets(tmp_path / "two") != first
    for name in ("secrets.json", "passwords.json"):
        assert (tmp_path / "one" / name).stat().st_mode & 0o777 == 0o600
    assert json.loads((tmp_path / "one" / "passwords.json").read_text()) == {"admin": first.admin_password}


def test_secrets_are_long_enough_for_what_they_do(tmp_path: Path) -> None:
    made = airflow.keep_secrets(tmp_path)
    assert len(base64.urlsafe_b64decode(made.fernet_key)) == 32
    assert len(made.jwt_secret) >= 64
    assert len(made.admin_password) >= 16


def test_airflow_listens_here_only_and_reports_nothing(tmp_path: Path) -> None:
    made = airflow.keep_secrets(tmp_path)
    settings = airflow.environment(tmp_path, 8089, tmp_path / "run", tmp_path / "dags", made)
    assert settings["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert settings["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "http://127.0.0.1:8089/execution/"
    assert settings["AIRFLOW__CORE__LOAD_EXAMPLES"] == "False"
    assert settings["AIRFLOW__USAGE_DATA_COLLECTION__ENABLED"] == "False"


def test_a_missing_environment_is_told_with_what_makes_it(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"Airflow is not installed in .*make up"):
        airflow.parts(tmp_path, tmp_path / "none", 8080, tmp_path, {})
