"""What Airflow finds in `dags/`, asked of Airflow itself."""

from __future__ import annotations

import ast
import json
import sys
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from quintet.batch_crawl import TASKS
from quintet.jobs.train import TrainOptions

DAGS = Path(__file__).parents[2] / "dags"
LIGHT = {"__future__", "os", "datetime", "typing", "pathlib", "airflow", "quintet_assets"}

pytestmark = pytest.mark.airflow


@pytest.fixture(scope="module")
def found(run_airflow: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    answer = tmp_path_factory.mktemp("dags") / "found.json"
    script = Path(__file__).with_name("describe_dags.py")
    run = run_airflow("python", str(script), str(DAGS), str(answer))
    assert run.returncode == 0, run.stderr
    described: dict[str, Any] = json.loads(answer.read_text())
    return described


def test_every_dag_file_loads_without_an_error(found: dict[str, Any]) -> None:
    assert found["import_errors"] == {}
    assert "retrain_model" in found["dags"]


def test_a_dag_file_parses_in_under_a_second(found: dict[str, Any]) -> None:
    assert found["parse_seconds"]
    assert max(found["parse_seconds"].values()) < 1


@pytest.mark.parametrize("path", sorted(DAGS.glob("*.py")), ids=lambda path: path.name)
def test_a_dag_file_imports_nothing_heavy_and_nothing_of_the_project_at_the_top(path: Path) -> None:
    imports = [
        node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    names = {
        name.partition(".")[0]
        for node in imports
        for name in (
            [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
        )
    }
    assert names <= LIGHT


def test_every_dag_starts_unpaused_and_never_runs_twice_at_once(found: dict[str, Any]) -> None:
    for dag in found["dags"].values():
        assert dag["is_paused_upon_creation"] is False
        assert dag["max_active_runs"] == 1
        assert dag["catchup"] is False


def test_a_task_runs_in_the_projects_interpreter_without_airflow(found: dict[str, Any]) -> None:
    tasks = [task for dag in found["dags"].values() for task in dag["tasks"].values()]
    assert tasks
    assert all(task["python"] == sys.executable and task["expect_airflow"] is False for task in tasks)


def test_a_training_waits_for_the_catalogue(found: dict[str, Any]) -> None:
    dag = found["dags"]["retrain_model"]
    assert dag["assets"] == ["quintet-catalogue"]
    assert list(dag["tasks"]) == ["train"]
    assert 0 < dag["tasks"]["train"]["retries"] <= 3


def test_the_parameters_of_the_page_are_those_of_a_training(found: dict[str, Any]) -> None:
    params = found["dags"]["retrain_model"]["params"]
    assert set(params) == {field.name for field in fields(TrainOptions)}
    said = {name: value for name, value in params.items() if value is not None}
    assert TrainOptions(**{**said, "ks": tuple(params["ks"])}) == TrainOptions()


def test_the_crawl_runs_every_morning_at_nine_where_the_listeners_are(found: dict[str, Any]) -> None:
    dag = found["dags"]["crawl_spotify"]
    assert dag["schedule"] == "0 9 * * *"
    assert dag["timezone"] == "Asia/Seoul"


def test_the_crawl_takes_its_tasks_in_the_order_of_their_value(found: dict[str, Any]) -> None:
    tasks = found["dags"]["crawl_spotify"]["tasks"]
    order = [*TASKS, "announce"]
    assert {name: task["downstream"] for name, task in tasks.items()} == {
        name: order[place + 1 : place + 2] for place, name in enumerate(order)
    }
    assert all(task["retries"] >= 3 and task["is_backed_off"] for task in tasks.values())


def test_only_the_last_task_publishes_the_asset(found: dict[str, Any]) -> None:
    tasks = found["dags"]["crawl_spotify"]["tasks"]
    assert [name for name, task in tasks.items() if task["outlets"]] == ["announce"]
    assert tasks["announce"]["outlets"] == ["quintet-catalogue"]
