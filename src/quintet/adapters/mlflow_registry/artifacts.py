"""ArtifactPlaces on MLflow: the files of versions and runs, fetched and put back through its server.

A place is an address of MLflow's, such as `mlflow-artifacts:/1/models/m-…/artifacts`: the same on every
server, whatever disk or bucket lies behind it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quintet.adapters.mlflow_registry.connection import MODEL_NAME, Connection
from quintet.adapters.mlflow_registry.registry import MlflowRegistry
from quintet.adapters.mlflow_registry.watching import PARENT

if TYPE_CHECKING:
    from mlflow.store.artifact.artifact_repo import ArtifactRepository

_MOST = 1_000  # runs below one: a training has some twenty


class MlflowArtifacts:
    """Files behind one registered model on one MLflow server.

    Parameters
    ----------
    uri : str
        Address of the server.
    timeout_s : float
        Seconds the transfer of one file may take.
    model_name : str
        Name of the registered model.
    """

    def __init__(self, uri: str, timeout_s: float = 60.0, model_name: str = MODEL_NAME) -> None:
        self._registry = MlflowRegistry(uri, timeout_s, model_name)
        self._name = model_name
        self._mlflow = Connection(uri, timeout_s)

    def places(self, *, all_versions: bool) -> Sequence[str]:
        """Return where the files are kept of versions with an alias, or of every version, and their runs.

        A run is followed by those below it: what was watched of a training has files too.
        """
        kept = [version for version in self._registry.versions() if all_versions or version.aliases]
        client = self._mlflow.client
        with self._mlflow.doing("looking up where artifacts are"):
            found = [
                place
                for version in kept
                for place in (
                    client.get_model_version_download_uri(self._name, version.version),
                    *self._of_runs(version.run_id),
                )
            ]
        return list(dict.fromkeys(found))

    def _of_runs(self, run_id: str) -> list[str]:
        client = self._mlflow.client
        parent = client.get_run(run_id).info
        below = client.search_runs([parent.experiment_id], f"tags.`{PARENT}` = '{run_id}'", max_results=_MOST)
        return [parent.artifact_uri, *(run.info.artifact_uri for run in below)]

    def fetch(self, place: str, folder: Path) -> None:
        """Copy what a place holds into an empty folder; a place without files leaves it empty."""
        with self._mlflow.doing(f"downloading {place}"):
            repository = self._repository(place)
            if repository.list_artifacts():
                repository.download_artifacts("", str(folder))

    def put(self, place: str, folder: Path) -> None:
        """Copy a folder's files to a place; a file that is there already is replaced."""
        with self._mlflow.doing(f"uploading to {place}"):
            self._repository(place).log_artifacts(str(folder))

    def _repository(self, place: str) -> ArtifactRepository:
        from mlflow.store.artifact.artifact_repository_registry import get_artifact_repository

        return get_artifact_repository(place, tracking_uri=self._mlflow.uri)
