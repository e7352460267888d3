"""A step of a training watched by MLflow's autolog, in a run of its own. Trains nothing, registers nothing.

Autolog writes to the address and the run of the whole process: both are set only while a step is watched,
and put back afterwards. A caller's own LightGBM autolog is off from then on.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress

from quintet.adapters.mlflow_registry.connection import Connection

SOURCE = {"mlflow.source.name": "quintet train", "mlflow.source.type": "PROJECT"}
PARENT = "mlflow.parentRunId"
_ADDRESS, _RUN = "MLFLOW_TRACKING_URI", "MLFLOW_RUN_ID"
_HASTE = {"MLFLOW_HTTP_REQUEST_TIMEOUT": "5", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "0"}
"""Autolog asks after every round, and goes on when nobody answers: that must not take hours."""


class Watched:
    """The watched steps of one training; called with a name, it watches LightGBM in a run of that name.

    Parameters
    ----------
    mlflow : Connection
        The server.
    experiment_id : callable
        Tells the experiment the runs belong to.
    """

    def __init__(self, mlflow: Connection, experiment_id: Callable[[], str]) -> None:
        self.run_ids: list[str] = []
        self._mlflow = mlflow
        self._experiment_id = experiment_id

    @contextmanager
    def __call__(self, name: str) -> Iterator[None]:
        """Log what LightGBM is told and what it reaches; the model itself is not kept.

        Raises
        ------
        RegistryError
            MLflow did not answer, before or after the step.
        """
        import mlflow

        with (
            self._mlflow.doing(f"watching {name}"),
            _address(self._mlflow.uri),
            mlflow.start_run(None, self._experiment_id(), name, nested=True, tags=SOURCE) as run,
            _autolog(),
        ):
            self.run_ids.append(run.info.run_id)
            yield

    def fail(self) -> None:
        """Mark the runs as failed, as far as MLflow lets us: something else went wrong already."""
        for run_id in self.run_ids:
            with suppress(Exception):
                self._mlflow.client.set_terminated(run_id, "FAILED")


@contextmanager
def _autolog() -> Iterator[None]:
    import mlflow.lightgbm

    mlflow.lightgbm.autolog(log_models=False, log_datasets=False, silent=True)
    try:
        with _environment(_HASTE):
            yield
    finally:
        mlflow.lightgbm.autolog(disable=True)


@contextmanager
def _address(uri: str) -> Iterator[None]:
    """Make an address the whole process's, and leave the process as it was."""
    import mlflow

    before = mlflow.get_tracking_uri() if mlflow.is_tracking_uri_set() else None
    by_hand = None if before in _kept([_ADDRESS]).values() else before
    with _environment({_ADDRESS: None, _RUN: None}):  # else a run that the environment names would go on
        mlflow.set_tracking_uri(uri)
        try:
            yield
        finally:
            mlflow.set_tracking_uri(by_hand)


@contextmanager
def _environment(values: Mapping[str, str | None]) -> Iterator[None]:
    """Set variables of the environment, or take them away, and put them back as they were."""
    before = dict.fromkeys(values) | _kept(values)
    _set(values)
    try:
        yield
    finally:
        _set(before)


def _kept(names: Collection[str]) -> dict[str, str]:
    """Return what the environment holds of MLflow's own variables: to be put back, not to be read."""
    return {name: value for name, value in os.environ.items() if name in names}


def _set(values: Mapping[str, str | None]) -> None:
    for name, value in values.items():
        os.environ.pop(name, None)
        if value is not None:
            os.environ[name] = value
