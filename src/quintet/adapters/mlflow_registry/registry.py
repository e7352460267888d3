"""ModelRegistry on MLflow: versions, aliases, downloads. Needs mlflow-skinny only; records no runs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from quintet.adapters.mlflow_registry.connection import MODEL_NAME, Connection, is_missing
from quintet.errors import RegistryError
from quintet.ports import CHAMPION, ModelVersion

if TYPE_CHECKING:
    from mlflow.entities.model_registry import ModelVersion as MlflowVersion

ARTIFACT_PATH = "artifacts/model"
"""Where the artifact lies inside a registered model: MLflow's own folder, then the name we gave it."""
METRICS_TAG = "metrics"
"""The version's tag that holds its headline metrics as JSON, so that listing versions asks for no runs."""

_PAGE = 200


class MlflowRegistry:
    """Model versions and aliases of one registered model on one MLflow server.

    Parameters
    ----------
    uri : str
        Address of the server.
    timeout_s : float
        Seconds one request may take.
    model_name : str
        Name of the registered model.
    """

    def __init__(self, uri: str, timeout_s: float = 10.0, model_name: str = MODEL_NAME) -> None:
        self._name = model_name
        self._mlflow = Connection(uri, timeout_s)
        self._client = self._mlflow.client

    def champion(self) -> ModelVersion | None:
        """Return the version behind the alias `champion`, or None where there is none."""
        return self.aliased(CHAMPION)

    def aliased(self, alias: str) -> ModelVersion | None:
        """Return the version behind an alias, or None where there is none."""
        from mlflow.exceptions import MlflowException

        with self._mlflow.doing(f"looking up the alias {alias}"):
            try:
                found = self._client.get_model_version_by_alias(self._name, alias)
            except MlflowException as error:
                if is_missing(error):
                    return None
                raise
            return to_version(found)

    def versions(self) -> Sequence[ModelVersion]:
        """Return every version, newest first (by number, not by text)."""
        with self._mlflow.doing("listing the versions"):
            aliases = self._aliases()
            listed = [to_version(found, aliases) for found in self._all_versions()]
        return sorted(listed, key=lambda version: int(version.version), reverse=True)

    def download(self, version: str, folder: Path) -> Path:
        """Fetch a version's artifact into an empty folder and return the artifact's own folder."""
        from mlflow.artifacts import download_artifacts

        with self._mlflow.doing(f"downloading version {version}"):
            source = self._client.get_model_version_download_uri(self._name, version)
            return Path(
                download_artifacts(
                    artifact_uri=f"{source}/{ARTIFACT_PATH}",
                    dst_path=str(folder),
                    tracking_uri=self._mlflow.uri,
                )
            )

    def set_alias(self, alias: str, version: str) -> None:
        """Point an alias at a version that exists."""
        if not version.isdecimal():
            raise RegistryError(f"{version!r} is not a version: versions are numbers, see `quintet models`")
        with self._mlflow.doing(f"pointing {alias} at version {version}"):
            self._client.set_registered_model_alias(self._name, alias, version)

    def unset_alias(self, alias: str) -> None:
        """Take an alias away; nothing is done where nobody has it."""
        if self.aliased(alias) is not None:
            with self._mlflow.doing(f"taking the alias {alias} away"):
                self._client.delete_registered_model_alias(self._name, alias)

    def _aliases(self) -> dict[str, str]:
        """Return versions by alias: a search for versions leaves the aliases out."""
        from mlflow.exceptions import MlflowException

        try:
            return dict(self._client.get_registered_model(self._name).aliases)
        except MlflowException as error:
            if is_missing(error):
                return {}
            raise

    def _all_versions(self) -> Iterable[MlflowVersion]:
        token: str | None = None
        while token is None or token:
            page = self._client.search_model_versions(
                f"name = '{self._name}'", max_results=_PAGE, page_token=token
            )
            yield from page
            token = page.token or ""


def to_version(found: MlflowVersion, aliases: Mapping[str, str] | None = None) -> ModelVersion:
    """Return MLflow's version in the port's words; its headline metrics travel with it as one tag.

    Parameters
    ----------
    found : MLflow's ModelVersion
        Its own aliases count where `aliases` is not given.
    aliases : mapping of str to str, optional
        Versions by alias.
    """
    tags = dict(found.tags or {})
    metrics = json.loads(tags.pop(METRICS_TAG, "{}"))
    version = str(found.version)
    named = found.aliases if aliases is None else [name for name, of in aliases.items() if str(of) == version]
    return ModelVersion(
        version=version,
        run_id=found.run_id or "",
        created_at=datetime.fromtimestamp(found.creation_timestamp / 1000, UTC),
        aliases=tuple(sorted(named or ())),
        tags=tags,
        metrics=metrics,
    )
