"""The plan of `quintet up`: everything has what it needs, listens here only, and calls nobody."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from quintet.settings import HomeSettings, StandInSettings
from quintet.stack import plan
from quintet.stack.plan import Places, Plan, make_plan

PLACES = Places(
    database_url="postgresql+psycopg2://quintet@/quintet?host=/x",
    tracking_uri="http://127.0.0.1:5000",
    own_database=True,
    own_mlflow=True,
)


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    airflow_env = tmp_path / "airflow-env"
    (airflow_env / "bin").mkdir(parents=True)
    (airflow_env / "bin" / "airflow").touch()
    monkeypatch.setattr(plan, "_airflow_env", lambda: airflow_env)

    def make(places: Places = PLACES, **environment: str) -> Plan:
        return make_plan(HomeSettings(home=tmp_path / "home"), places, {"PATH": "/bin", **environment})

    return make


def test_every_need_is_a_part_and_none_needs_itself_in_a_circle(make) -> None:
    waiting = {part.name: set(part.needs) for part in make().parts}
    assert set().union(*waiting.values()) <= set(waiting)
    while waiting:
        free = {name for name, needs in waiting.items() if not needs & set(waiting)}
        assert free, f"a circle: {waiting}"
        waiting = {name: needs for name, needs in waiting.items() if name not in free}


def test_airflow_waits_neither_for_the_catalogue_nor_for_training(make) -> None:
    needs = {part.name: part.needs for part in make().parts}
    assert needs["airflow-migrate"] == ("postgres",)
    assert needs["airflow-scheduler"] == ("airflow-migrate",)


def test_every_port_has_a_setting_and_every_part_a_name_of_its_own(make) -> None:
    services = make().services
    assert {s.port_setting for s in services if s.port} == {
        "API_PORT",
        "UI_PORT",
        "MLFLOW_PORT",
        "AIRFLOW_PORT",
    }
    assert len({part.name for part in make().parts}) == len(make().parts)


def test_a_task_in_another_folder_finds_everything(make, tmp_path: Path) -> None:
    [scheduler] = [part for part in make(PYTHONPATH="/ours").parts if part.name == "airflow-scheduler"]
    assert Path(scheduler.env["QUINTET_PYTHON"]).is_absolute()
    assert scheduler.env["QUINTET_HOME"] == str(tmp_path / "home")
    assert scheduler.env["DATABASE_URL"] == PLACES.database_url
    assert scheduler.env["MLFLOW_TRACKING_URI"] == PLACES.tracking_uri
    assert "PYTHONPATH" not in scheduler.env


def test_nothing_calls_home(make) -> None:
    for part in make().parts:
        assert part.env["MLFLOW_DISABLE_TELEMETRY"] == "true"
        assert part.env["STREAMLIT_BROWSER_GATHER_USAGE_STATS"] == "false"


def test_an_existing_mlflow_replaces_ours(make) -> None:
    elsewhere = dataclasses.replace(PLACES, own_mlflow=False, tracking_uri="https://mlflow.example")
    made = make(elsewhere)
    assert "mlflow" not in {part.name for part in made.parts}
    assert ("mlflow", "https://mlflow.example") in made.addresses


def test_a_database_elsewhere_is_not_shown_with_its_password(make) -> None:
    elsewhere = dataclasses.replace(PLACES, own_database=False, database_url="postgresql://u:secret@h/d")
    assert "secret" not in str(make(elsewhere).addresses)


def test_with_stand_ins_every_part_asks_them_and_no_real_secret_reaches_them(tmp_path: Path, make) -> None:
    home = HomeSettings(home=tmp_path / "home")
    stand_in = StandInSettings(is_on=True, port=8999)
    made = make_plan(home, PLACES, {"PATH": "/bin", "SPOTIPY_CLIENT_SECRET": "real"}, stand_in)
    [service] = [part for part in made.services if part.name == "stand-ins"]
    assert service.port == 8999
    for part in made.parts:
        assert part.env["SPOTIFY_API_URL"].startswith("http://127.0.0.1:8999/")
        assert part.env["SPOTIPY_CLIENT_SECRET"] != "real"
