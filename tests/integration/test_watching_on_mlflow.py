"""LightGBM watched by a real MLflow's autolog: what is seen, and what is left of the process."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from uuid import uuid4

import lightgbm
import mlflow
import numpy as np
import pytest
import requests
from mlflow import MlflowClient
from mlflow.entities import Run
from tests.running_stack import free_port

from quintet.adapters.mlflow_registry.artifacts import MlflowArtifacts
from quintet.adapters.mlflow_registry.tracker import MlflowTracker
from quintet.errors import RegistryError, RerankerError
from quintet.model.growing import ROUNDS, Candidates, forest_of, grow
from quintet.model.reranking import FEATURES
from quintet.ports import TrainedRun, Training

NAME, STEP = "watching-on-mlflow", "re-ranker, LightGBM"
LISTS, EACH = 40, 30


def candidates(seed: int) -> Candidates:
    """Lists in which two features say what comes first."""
    random = np.random.default_rng(seed)
    rows = random.integers(0, 9, (LISTS * EACH, len(FEATURES))).astype(np.float32) / 8
    grades = (rows[:, 2] * rows[:, 4] + random.normal(0, 0.1, len(rows)) > 0.5).astype(np.int8)
    return Candidates(rows, grades, [EACH] * LISTS, np.zeros(len(rows)), np.ones(len(rows)))


def step() -> bytes:
    """Grow trees for one fold and for all, and return the latter."""
    grow(candidates(1), {"fold_0_unseen": candidates(2)})
    return forest_of(grow(candidates(3)), FEATURES).parts.tobytes()


def process_state() -> tuple[object, ...]:
    """What MLflow keeps for the whole process, and what a patched LightGBM would differ in."""
    names = ("MLFLOW_TRACKING_URI", "MLFLOW_RUN_ID")
    known = mlflow.get_tracking_uri() if mlflow.is_tracking_uri_set() else None
    patched = (lightgbm.train, lightgbm.Dataset.__init__)
    return (*map(os.environ.get, names), known, mlflow.active_run(), *patched)


@pytest.fixture
def training(tmp_path: Path, make_artifact: Callable[..., Path]) -> Training:
    attachments = tmp_path / "attachments"
    attachments.mkdir()
    table = {"ranked by": ["random", "the model"], "nDCG@10": [0.01, 0.3]}
    run = TrainedRun("training", {}, {})
    return Training(run, {}, (), attachments, make_artifact(), ("t00000",), tables={"quality": table})


@dataclass(frozen=True)
class Seen:
    """A watched step and the training it was a part of."""

    parent: str
    trees: bytes
    before: tuple[object, ...]
    after: tuple[object, ...]
    run: Run


@pytest.fixture(scope="module")
def client(mlflow_uri: str) -> MlflowClient:
    return MlflowClient(mlflow_uri, mlflow_uri)


def watched_runs(client: MlflowClient, experiment: str) -> list[Run]:
    found = client.get_experiment_by_name(experiment)
    runs = [] if found is None else client.search_runs([found.experiment_id])
    return [run for run in runs if run.info.run_name == STEP]


@pytest.fixture
def tracker(mlflow_uri: str) -> MlflowTracker:
    return MlflowTracker(mlflow_uri, experiment_name=NAME, model_name=NAME)


@pytest.fixture
def seen(
    tracker: MlflowTracker,
    training: Training,
    client: MlflowClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Seen:
    monkeypatch.setenv("MLFLOW_RUN_ID", "somebody-elses")
    (here := tmp_path / "here").mkdir()
    monkeypatch.chdir(here)
    before = process_state()
    with tracker.watching() as watch:
        with watch(STEP):
            trees = step()
        after = process_state()
        parent = tracker.record(training).run_id
    return Seen(parent, trees, before, after, watched_runs(client, NAME)[0])


def test_a_watched_step_is_a_child_run_with_lightgbms_own_words_and_changes_neither_trees_nor_process(
    seen: Seen, client: MlflowClient, mlflow_uri: str, tmp_path: Path
) -> None:
    assert seen.trees == step()
    assert seen.after == seen.before
    assert list(Path.cwd().iterdir()) == []  # neither mlflow.db nor mlruns beside the caller
    run = client.get_run(seen.run.info.run_id)
    assert (run.info.status, run.data.tags["mlflow.parentRunId"]) == ("FINISHED", seen.parent)
    assert (run.data.params["objective"], run.data.params["num_boost_round"]) == ("lambdarank", str(ROUNDS))
    curve = client.get_metric_history(run.info.run_id, "fold_0_unseen-ndcg_at_10")
    assert [point.step for point in curve] == list(range(ROUNDS))
    assert curve[-1].value > curve[0].value
    assert run.info.artifact_uri in MlflowArtifacts(mlflow_uri, model_name=NAME).places(all_versions=True)
    kinds = ("gain", "split")
    listed = {file.path for file in client.list_artifacts(run.info.run_id)}
    assert listed == {f"feature_importance_{kind}.{end}" for kind in kinds for end in ("json", "png")}
    told = client.download_artifacts(run.info.run_id, "feature_importance_gain.json", str(tmp_path))
    assert list(json.loads(Path(told).read_text()))[:3] == ["lead", "genres", "genres_nearest_seed"]


def test_the_table_of_a_training_is_shown_as_a_table(
    seen: Seen, client: MlflowClient, tmp_path: Path
) -> None:
    parent = client.get_run(seen.parent)
    assert '"path": "quality.json", "type": "table"' in parent.data.tags["mlflow.loggedArtifacts"]
    kept = json.loads(Path(client.download_artifacts(seen.parent, "quality.json", str(tmp_path))).read_text())
    assert kept == {"columns": ["ranked by", "nDCG@10"], "data": [["random", 0.01], ["the model", 0.3]]}


def fail_after_the_step(tracker: MlflowTracker) -> None:
    with tracker.watching() as watch:
        with watch(STEP):
            pass
        raise KeyboardInterrupt


def test_a_training_that_fails_later_has_its_watched_run_marked_as_failed(
    mlflow_uri: str, client: MlflowClient
) -> None:
    name = f"{NAME}-{uuid4().hex}"
    tracker, before = MlflowTracker(mlflow_uri, experiment_name=name, model_name=name), process_state()
    with pytest.raises(KeyboardInterrupt):
        fail_after_the_step(tracker)
    with pytest.raises(RerankerError), tracker.watching() as watch, watch(STEP):
        raise RerankerError("no LightGBM")
    assert [run.info.status for run in watched_runs(client, name)] == ["FAILED", "FAILED"]
    assert process_state() == before


def test_where_mlflow_is_away_a_watched_step_says_so_and_leaves_nothing_behind() -> None:
    tracker, before = MlflowTracker(f"http://127.0.0.1:{free_port()}", 1), process_state()
    with pytest.raises(RegistryError, match="does not answer"), tracker.watching() as watch, watch(STEP):
        raise AssertionError("never begun")
    assert process_state() == before


class Gate(ThreadingHTTPServer):
    """Lets requests through to MLflow until it is shut: then it hangs up."""

    def __init__(self, uri: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.uri, self.is_shut = uri, False


class Passing(BaseHTTPRequestHandler):
    server: Gate

    def do_POST(self) -> None:
        if self.server.is_shut:
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        kind = {"Content-Type": self.headers.get("Content-Type", "application/json")}
        found = requests.request(
            self.command, self.server.uri + self.path, data=body, headers=kind, timeout=60
        )
        self.send_response(found.status_code)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(found.content)))
        self.end_headers()
        self.wfile.write(found.content)

    do_GET = do_PUT = do_POST  # noqa: N815

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def gate(mlflow_uri: str) -> Iterator[Gate]:
    with Gate(mlflow_uri) as gate:
        threading.Thread(target=gate.serve_forever, daemon=True).start()
        yield gate
        gate.shutdown()


def test_where_mlflow_goes_away_while_trees_grow_they_grow_on_and_the_end_says_so(gate: Gate) -> None:
    name = f"{NAME}-breaking"
    tracker = MlflowTracker(f"http://127.0.0.1:{gate.server_address[1]}", 2, name, name)
    before, grown = process_state(), []

    def shut_and_grow() -> None:
        gate.is_shut = True
        grown.append(step())

    with pytest.raises(RegistryError, match="does not answer"), tracker.watching() as watch, watch(STEP):
        shut_and_grow()
    assert grown == [step()]
    assert process_state() == before
