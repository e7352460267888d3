"""A training recorded by a real MLflow: what its page shows, what it serves, and what a failure leaves."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import mlflow
import pandas as pd
import pytest
import requests
from mlflow import MlflowClient
from mlflow.exceptions import MlflowException
from tests.fakes.track_store import FrameStore, invented_tracks
from tests.running_stack import ROOT, await_answer, free_port

from quintet.adapters.mlflow_registry.registry import MlflowRegistry
from quintet.adapters.mlflow_registry.tracker import MlflowTracker
from quintet.errors import RegistryError
from quintet.jobs.train import TrainOptions, TrainReport, train
from quintet.ports import TrainedRun, Training

NAME = "training-on-mlflow"


@pytest.fixture(scope="module")
def report(mlflow_uri: str, tmp_path_factory: pytest.TempPathFactory) -> TrainReport:
    """One training of 300 tracks, started in an empty folder."""
    started_in, folder = Path.cwd(), tmp_path_factory.mktemp("cwd")
    os.chdir(folder)
    try:
        return train(
            FrameStore(invented_tracks(300)),  # type: ignore[arg-type]
            MlflowTracker(mlflow_uri, experiment_name=NAME, model_name=NAME),
            MlflowRegistry(mlflow_uri, model_name=NAME),
            TrainOptions(test_tracks=20),
            lambda *_: None,
        )
    finally:
        os.chdir(started_in)
        assert list(folder.iterdir()) == []  # neither mlflow.db nor mlruns beside the caller


@pytest.fixture(scope="module")
def client(mlflow_uri: str) -> MlflowClient:
    return MlflowClient(mlflow_uri, mlflow_uri)


@pytest.fixture(scope="module")
def package(report: TrainReport, mlflow_uri: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The registered model, downloaded."""
    mlflow.set_tracking_uri(mlflow_uri)
    folder = tmp_path_factory.mktemp("package")
    return Path(mlflow.artifacts.download_artifacts(f"models:/{NAME}/{report.version}", dst_path=str(folder)))


@pytest.fixture(scope="module")
def loaded(report: TrainReport, mlflow_uri: str) -> Any:
    mlflow.set_tracking_uri(mlflow_uri)
    return mlflow.pyfunc.load_model(f"models:/{NAME}@champion")


def test_a_training_is_one_parent_run_with_six_finished_children(
    report: TrainReport, client: MlflowClient
) -> None:
    experiment = client.get_experiment_by_name(NAME)
    runs = client.search_runs([experiment.experiment_id])
    children = [run for run in runs if run.data.tags.get("mlflow.parentRunId") == report.run_id]
    assert len(runs) == 7
    assert {run.info.status for run in runs} == {"FINISHED"}
    assert {(run.data.params["metric"], run.data.params["k"]) for run in children} == {
        (metric, k) for metric in ("CosineSimilarity", "EuclideanDistance") for k in ("3", "5", "7")
    }
    parent = client.get_run(report.run_id)
    assert parent.data.params["fingerprint"] == report.fingerprint
    assert parent.data.metrics["avg_test_similarity"] == report.metrics["avg_test_similarity"]


def test_plots_and_the_data_profile_are_attached(report: TrainReport, client: MlflowClient) -> None:
    listed = {file.path for path in (None, "plots") for file in client.list_artifacts(report.run_id, path)}
    assert {"data_profile.json", "data_profile.md", "plots/catalogue_map.png"} <= listed


def test_the_champion_answers_seeds_in_a_frame_and_in_a_dict(loaded: Any) -> None:
    frame = loaded.predict(pd.DataFrame({"seeds": [["t00000", "t00010"], ["t00020"]]}), params={"k": 4})
    assert frame["request"].tolist() == [0] * 4 + [1] * 4
    assert frame["rank"].tolist() == [1, 2, 3, 4] * 2
    assert not {"t00000", "t00010"} & set(frame[frame["request"] == 0]["track_id"])
    assert frame["score"].iloc[:4].is_monotonic_decreasing
    from_dict = loaded.predict({"seeds": ["t00000", "t00010"]})
    assert len(from_dict) == 10
    assert from_dict["track_id"].tolist()[:4] == frame["track_id"].tolist()[:4]


def test_the_answer_has_the_columns_the_signature_promises(loaded: Any) -> None:
    promised = [column.name for column in loaded.metadata.signature.outputs]
    assert loaded.predict(loaded.input_example).columns.tolist() == promised


def test_caps_are_parameters_and_zero_lifts_them(loaded: Any) -> None:
    seeds = {"seeds": ["t00000", "t00010"]}
    for cap in (1, 3):
        listed = loaded.predict(seeds, params={"k": 50, "max_per_artist": cap, "max_per_album": 0})["artists"]
        assert listed.value_counts().max() == cap
    assert loaded.predict(seeds, params={"max_per_artist": 0}).columns.tolist()[0] == "request"


def test_the_runbooks_example_for_a_notebook_runs(report: TrainReport, mlflow_uri: str) -> None:
    (code,) = re.findall(r"```python\n(.+?)```", (ROOT / "docs" / "runbook.md").read_text("utf-8"), re.DOTALL)
    found: dict[str, Any] = {}
    exec(code.replace("http://127.0.0.1:5000", mlflow_uri).replace("/quintet@", f"/{NAME}@"), found)
    assert found["listed"]["rank"].tolist() == list(range(1, 21))
    assert found["listed"]["artists"].is_unique


def test_an_unknown_track_is_told_by_name(loaded: Any) -> None:
    with pytest.raises(MlflowException, match="not in the catalogue: t99999"):
        loaded.predict({"seeds": ["t99999"]})


@contextmanager
def served(model: str, uri: str, folder: Path) -> Iterator[str]:
    """Run `mlflow models serve` and give its address; ended by a signal, it must leave no process."""
    port, log = free_port(), folder / "log"
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"  # where it looks for uvicorn
    command = [sys.executable, "-m", "mlflow", "models", "serve", "-m", model, "--env-manager", "local"]
    with log.open("w") as file:
        server = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)],
            env={**os.environ, "PATH": path, "MLFLOW_TRACKING_URI": uri, "MLFLOW_DISABLE_TELEMETRY": "true"},
            cwd=folder,
            stdout=file,
            stderr=file,
            start_new_session=True,
        )
    try:
        await_answer(f"http://127.0.0.1:{port}/ping", server, log)
        yield f"http://127.0.0.1:{port}/invocations"
        server.terminate()
        server.wait(timeout=60)
        await_end(server.pid)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def await_end(group: int, within_s: float = 60) -> None:
    deadline = time.monotonic() + within_s
    with suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(group, 0)
            time.sleep(0.1)
        pytest.fail("the server left processes behind")


def test_mlflow_serves_the_champion_and_says_what_is_wrong_with_a_request(
    report: TrainReport, loaded: Any, mlflow_uri: str, tmp_path: Path
) -> None:
    seeds = ["t00000", "t00010"]
    expected = loaded.predict({"seeds": seeds}, params={"k": 4})["track_id"].tolist()
    frame = {"dataframe_split": {"columns": ["seeds"], "data": [[seeds]]}}
    with served(f"models:/{NAME}@champion", mlflow_uri, tmp_path) as address:

        def ask(**body: Any) -> requests.Response:
            return requests.post(address, json=body, timeout=60)

        for asked in (frame, {"inputs": {"seeds": seeds}}):
            listed = ask(**asked, params={"k": 4}).json()["predictions"]
            assert [row["track_id"] for row in listed] == expected
        assert listed[0].keys() == set(loaded.predict({"seeds": seeds}).columns)
        for wrong, message in (
            ({"inputs": {"seeds": ["t99999"]}}, "not in the catalogue: t99999"),
            ({**frame, "params": {"k": 0}}, "k must lie between 1 and 200: 0"),
            ({**frame, "params": {"max_per_artist": -1}}, "max_per_artist must lie between 0 and 200: -1"),
            ({**frame, "params": {"k": "ten"}}, "Invalid parameters"),
            ({"inputs": {"songs": seeds}}, "missing inputs ['seeds']"),
            ({"seeds": seeds}, "dataframe_split"),
        ):
            answer = ask(**wrong)
            assert answer.status_code == 400
            assert message in answer.json()["message"]
            assert "Traceback" not in answer.text


def test_nothing_of_the_model_is_pickled_and_nothing_of_the_caller_is_in_it(package: Path) -> None:
    files = [path for path in package.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if path.suffix in {".pkl", ".pickle", ".joblib"}]
    assert not [path for path in files if path.read_bytes().startswith((b"\x80\x04", b"\x80\x05"))]
    assert not [path for path in files if path.name in {"uv.lock", "pyproject.toml"}]


def test_the_model_loads_where_quintet_is_not_installed(package: Path, tmp_path: Path) -> None:
    script = (
        "import sys, importlib.util, mlflow.pyfunc\n"
        "assert importlib.util.find_spec('quintet') is None\n"
        "model = mlflow.pyfunc.load_model(sys.argv[1])\n"
        "print(len(model.predict({'seeds': ['t00000']}, params={'k': 3})))\n"
    )
    own = {"PYTHONPATH": sysconfig.get_path("purelib"), "PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    run = subprocess.run(  # -S: no .pth files, so that only what really lies in site-packages is found
        [sys.executable, "-S", "-c", script, package],
        env=own | {"MLFLOW_DISABLE_TELEMETRY": "true"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout.strip() == "3", run.stderr


def test_what_broke_off_is_marked_as_failed_and_registers_nothing(
    mlflow_uri: str, client: MlflowClient, tmp_path: Path
) -> None:
    name = "broken-off"
    tracker = MlflowTracker(mlflow_uri, experiment_name=name, model_name=name)
    attachments = tmp_path / "attachments"
    attachments.mkdir()
    (attachments / "profile.json").write_text(json.dumps({}))
    training = Training(TrainedRun("run", {}, {}), {}, [], attachments, tmp_path / "no artifact", ["a"])
    with pytest.raises(RegistryError, match="no artifact"):
        tracker.record(training)
    experiment = client.get_experiment_by_name(name)
    assert [run.info.status for run in client.search_runs([experiment.experiment_id])] == ["FAILED"]
    assert list(MlflowRegistry(mlflow_uri, model_name=name).versions()) == []
