"""A dump of a whole installation, restored where nothing is: the same champion, the same answers."""

from __future__ import annotations

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import requests
from tests.running_stack import RunningStack, await_answer, embedded_postgres, running_mlflow

from quintet.adapters.mlflow_registry.artifacts import MlflowArtifacts
from quintet.adapters.postgres import Registry, restore
from quintet.errors import DumpError
from quintet.settings import HomeSettings

pytestmark = pytest.mark.timeout(600)


def _answers(api: str) -> dict[str, Any]:
    """Return what a listener sees of a model, all that differs from request to request left out."""
    found = requests.get(f"{api}/search", params={"q": "love", "limit": 5}, timeout=10).json()["items"]
    seeds = [track["track_id"] for track in found]
    answer = requests.post(f"{api}/recommend_ranked", json={"seeds": seeds, "k": 50}, timeout=10)
    answer.raise_for_status()
    told = {name: value for name, value in answer.json().items() if name != "request_id"}
    return told | {"model": requests.get(f"{api}/model", timeout=10).json()}


def _trainings(mlflow: str) -> dict[str, Any]:
    """Return what MLflow knows: runs with their parameters, metrics and tags, versions with their aliases."""
    api = f"{mlflow}/api/2.0/mlflow"
    experiments = requests.post(f"{api}/experiments/search", json={"max_results": 100}, timeout=30).json()
    ids = [experiment["experiment_id"] for experiment in experiments["experiments"]]
    runs = requests.post(f"{api}/runs/search", json={"experiment_ids": ids}, timeout=30).json()["runs"]
    for run in runs:
        run["data"] = {kind: sorted(map(str, found)) for kind, found in run["data"].items()}
    versions = requests.get(f"{api}/model-versions/search", timeout=30).json()["model_versions"]
    model = requests.get(f"{api}/registered-models/get", params={"name": "quintet"}, timeout=30).json()
    return {"experiments": experiments, "runs": runs, "versions": versions, "model": model}


@pytest.fixture(scope="module")
def made(running_stack: RunningStack, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dumps") / "quintet.dump"
    done = running_stack.quintet("db", "dump", str(path))
    assert done.returncode == 0, done.stderr
    assert re.search(r"\btracks [1-9]", done.stderr), done.stderr
    return path


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """PostgreSQL and MLflow of an installation that holds nothing yet."""
    tmp_path = tmp_path_factory.mktemp("empty")
    stack = RunningStack.at(tmp_path / "home", FAKE_SPOTIFY="")
    stack.home.mkdir()
    socket_dir = HomeSettings(home=stack.home).socket_dir
    with embedded_postgres(stack.home, socket_dir) as url:
        backend = url.replace("postgresql:", "postgresql+psycopg2:").replace("/postgres?", "/mlflow?")
        with running_mlflow(tmp_path, backend, int(stack.env["MLFLOW_PORT"])):
            yield stack


def _serve(stack: RunningStack) -> subprocess.Popen[str]:
    server = stack.start("serve")
    await_answer(stack.url("API_PORT") + "/health/ready", server, stack.home / "no-log")
    return server


def _restore(stack: RunningStack, path: Path, *, replace: bool = False) -> None:
    tracks, mlflow = (_database(stack, name) for name in ("quintet", "mlflow"))
    registry = Registry(mlflow, MlflowArtifacts(stack.url("MLFLOW_PORT")))
    restore(tracks, path, registry, replace=replace)


def _database(stack: RunningStack, name: str) -> str:
    return f"postgresql://quintet@/{name}?host={HomeSettings(home=stack.home).socket_dir}"


def _run(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg2.connect(url) as link, link.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_tables_of_another_mlflow_are_not_loaded(made: Path, empty: RunningStack) -> None:
    mlflow = _database(empty, "mlflow")
    ((known,),) = _run(mlflow, "SELECT version_num FROM alembic_version")
    _run(mlflow, "UPDATE alembic_version SET version_num = 'another'")
    with pytest.raises(DumpError, match="another release of MLflow"):
        _restore(empty, made)
    _run(mlflow, f"UPDATE alembic_version SET version_num = '{known}'")
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    assert _run(_database(empty, "quintet"), tables) == [(0,)]


def test_an_empty_installation_becomes_the_dumped_one_to_the_last_answer(
    running_stack: RunningStack, made: Path, empty: RunningStack
) -> None:
    _restore(empty, made)
    assert _trainings(empty.url("MLFLOW_PORT")) == _trainings(running_stack.url("MLFLOW_PORT"))
    server = _serve(empty)
    try:
        assert _answers(empty.url("API_PORT")) == _answers(running_stack.url("API_PORT"))
    finally:
        server.terminate()
        server.wait(timeout=30)
    _run(_database(empty, "quintet"), "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    with pytest.raises(DumpError, match="MLflow holds trainings already"):
        _restore(empty, made)
    _restore(empty, made, replace=True)
    count = "SELECT count(*) FROM tracks"
    assert _run(_database(empty, "quintet"), count) == _run(_database(running_stack, "quintet"), count)


def test_only_the_versions_that_serve_or_served_bring_their_files(made: Path) -> None:
    with zipfile.ZipFile(made) as file:
        names = file.namelist()
    assert any(name.startswith("registry/model_versions") for name in names)
    assert any(name.startswith("artifacts/") for name in names)
