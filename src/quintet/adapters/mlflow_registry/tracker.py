"""RunTracker on MLflow: one training as a parent run, child runs, attachments and one registered version.

Everything is written in batches through one client, but for what is watched (`watching`): no global run or
address. Aliases are the registry's.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time

from quintet.adapters.mlflow_registry.connection import (
    EXPERIMENT_NAME,
    MODEL_NAME,
    Connection,
)
from quintet.adapters.mlflow_registry.packaging import save_package
from quintet.adapters.mlflow_registry.registry import METRICS_TAG, to_version
from quintet.adapters.mlflow_registry.watching import PARENT, SOURCE, Watched
from quintet.errors import RegistryError
from quintet.ports import ModelVersion, TrainedRun, Training, Watch

_ALREADY_THERE = "RESOURCE_ALREADY_EXISTS"


class MlflowTracker:
    """Records trainings in one experiment and registers their models under one name.

    Parameters
    ----------
    uri : str
        Address of the server.
    timeout_s : float
        Seconds one request may take; an upload of one file is one request.
    experiment_name, model_name : str
        Where runs and versions go.
    """

    def __init__(
        self,
        uri: str,
        timeout_s: float = 60.0,
        experiment_name: str = EXPERIMENT_NAME,
        model_name: str = MODEL_NAME,
    ) -> None:
        self._experiment_name = experiment_name
        self._model_name = model_name
        self._mlflow = Connection(uri, timeout_s)
        self._client = self._mlflow.client
        self._watched: Sequence[str] = ()

    def check(self) -> None:
        """Raise RegistryError at once where MLflow does not answer."""
        with self._mlflow.doing("looking for the experiment"):
            self._experiment_id()

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        """Yield what watches LightGBM in a run of its own: a child of the training recorded inside."""
        watched = Watched(self._mlflow, self._experiment_id)
        self._watched = watched.run_ids
        try:
            yield watched
        except BaseException:
            watched.fail()
            raise
        finally:
            self._watched = ()

    def record(self, training: Training) -> ModelVersion:
        """Log the runs and attachments, upload the model, register it; the version comes last.

        A failure marks the runs as failed and registers nothing, so that the training can simply run again.

        Raises
        ------
        RegistryError
            MLflow did not answer, or refused.
        """
        with self._mlflow.doing("recording the training"):
            experiment_id = self._experiment_id()
            with self._run(experiment_id, training.run) as run_id:
                for child in training.children:
                    with self._run(experiment_id, child, parent_id=run_id):
                        pass
                for watched in self._watched:
                    self._client.set_tag(watched, PARENT, run_id)
                self._client.log_artifacts(run_id, str(training.attachments))
                for name, table in training.tables.items():
                    self._client.log_table(run_id, dict(table), f"{name}.json")
                model_id = self._upload(experiment_id, run_id, training)
            return self._register(run_id, model_id, training)

    @contextmanager
    def _run(self, experiment_id: str, run: TrainedRun, parent_id: str | None = None) -> Iterator[str]:
        tags = dict(SOURCE) if parent_id is None else {**SOURCE, PARENT: parent_id}
        run_id = self._client.create_run(experiment_id, tags=tags, run_name=run.name).info.run_id
        try:
            self._log(run_id, run)
            yield run_id
        except BaseException:
            with suppress(Exception):  # the reason of the failure matters more than its mark
                self._client.set_terminated(run_id, "FAILED")
            raise
        self._client.set_terminated(run_id, "FINISHED")

    def _log(self, run_id: str, run: TrainedRun) -> None:
        from mlflow.entities import Metric, Param

        now_ms = int(time() * 1000)
        self._client.log_batch(
            run_id,
            metrics=[Metric(name, float(value), now_ms, 0) for name, value in run.metrics.items()],
            params=[Param(name, str(value)) for name, value in run.params.items()],
        )

    def _upload(self, experiment_id: str, run_id: str, training: Training) -> str:
        from mlflow.entities import LoggedModelOutput

        model = self._client.create_logged_model(
            experiment_id,
            name=self._model_name,
            source_run_id=run_id,
            params={name: str(value) for name, value in training.run.params.items()},
            model_type="recommender",
        )
        try:
            with TemporaryDirectory() as temporary:
                folder = Path(temporary) / "package"
                save_package(training.artifact, training.example, folder)
                self._client.log_model_artifacts(model.model_id, str(folder))
        except BaseException:
            with suppress(Exception):
                self._client.finalize_logged_model(model.model_id, "FAILED")
            raise
        self._client.finalize_logged_model(model.model_id, "READY")
        self._client.log_outputs(run_id, [LoggedModelOutput(model.model_id, step=0)])
        return str(model.model_id)

    def _register(self, run_id: str, model_id: str, training: Training) -> ModelVersion:
        self._ensure_model()
        created = self._client.create_model_version(
            self._model_name,
            source=f"models:/{model_id}",
            run_id=run_id,
            model_id=model_id,
            await_creation_for=0,  # a SQL store makes it at once
            description=training.description,
            tags={**training.tags, METRICS_TAG: json.dumps(dict(training.headline))},
        )
        return to_version(created)

    def _ensure_model(self) -> None:
        from mlflow.exceptions import MlflowException

        try:
            self._client.create_registered_model(
                self._model_name, description="Five songs in, a ranked list out: a content-based recommender."
            )
        except MlflowException as error:
            if error.error_code != _ALREADY_THERE:
                raise

    def _experiment_id(self) -> str:
        from mlflow.exceptions import MlflowException

        found = self._client.get_experiment_by_name(self._experiment_name)
        if found is None:
            try:
                return str(self._client.create_experiment(self._experiment_name))
            except MlflowException as error:
                if error.error_code != _ALREADY_THERE:
                    raise
                found = self._client.get_experiment_by_name(self._experiment_name)
        if found.lifecycle_stage != "active":
            raise RegistryError(
                f"the MLflow experiment {self._experiment_name!r} was deleted: restore it with "
                f"`mlflow experiments restore -x {found.experiment_id}`"
            )
        return str(found.experiment_id)
