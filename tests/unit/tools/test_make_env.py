"""`make env`: random secrets, private, and never one changed that is there."""

from __future__ import annotations

import re
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
SECRETS = {
    "POSTGRES_PASSWORD",
    "QUINTET_DB_PASSWORD",
    "QUINTET_API_DB_PASSWORD",
    "MLFLOW_DB_PASSWORD",
    "AIRFLOW_DB_PASSWORD",
    "AIRFLOW_ADMIN_PASSWORD",
    "AIRFLOW_FERNET_KEY",
    "AIRFLOW_SECRET_KEY",
    "AIRFLOW_JWT_SECRET",
    "QUINTET_RATER_SALT",
}


@pytest.fixture
def make_env() -> Callable[[Path], str]:
    main: Callable[[Path], str] = runpy.run_path(str(ROOT / "tools" / "make_env.py"))["main"]
    return main


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(ROOT / ".env.template", tmp_path)
    return tmp_path


def _set(folder: Path) -> dict[str, str]:
    return dict(re.findall(r"^([A-Z0-9_]+)=(.*)$", (folder / ".env").read_text(), flags=re.MULTILINE))


def test_it_sets_every_secret_and_nothing_else(folder: Path, make_env: Callable[[Path], str]) -> None:
    make_env(folder)
    assert _set(folder).keys() == SECRETS
    assert len(set(_set(folder).values())) == len(SECRETS)
    assert {len(value) for value in _set(folder).values()} == {44}


def test_no_two_runs_make_the_same_secrets(folder: Path, make_env: Callable[[Path], str]) -> None:
    make_env(folder)
    first = set(_set(folder).values())
    (folder / ".env").unlink()
    make_env(folder)
    assert first.isdisjoint(_set(folder).values())


def test_only_its_owner_can_read_it(folder: Path, make_env: Callable[[Path], str]) -> None:
    make_env(folder)
    assert (folder / ".env").stat().st_mode & 0o077 == 0


def test_a_second_run_changes_nothing(folder: Path, make_env: Callable[[Path], str]) -> None:
    make_env(folder)
    before = (folder / ".env").read_text()
    assert "nothing was changed" in make_env(folder)
    assert (folder / ".env").read_text() == before


def test_an_env_that_is_there_keeps_its_lines_and_gets_what_it_lacks(
    folder: Path, make_env: Callable[[Path], str]
) -> None:
    (folder / ".env").write_text("API_PORT=9000\nPOSTGRES_PASSWORD=kept\nAIRFLOW_FERNET_KEY=")
    said = make_env(folder)
    assert _set(folder).keys() == {"API_PORT", *SECRETS}
    assert _set(folder)["POSTGRES_PASSWORD"] == "kept"
    assert len(_set(folder)["AIRFLOW_FERNET_KEY"]) == 44
    assert "POSTGRES_PASSWORD" not in said
