"""The batch side's wiring of dumps: Quintet's database, and MLflow's database and artifacts beside it.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from quintet.batch import database_url, tracking_uri
from quintet.errors import SettingsError
from quintet.settings import HomeSettings, RegistrySettings

if TYPE_CHECKING:
    from quintet.adapters.postgres import Registry


def registry_database_url(settings: RegistrySettings | None = None, home: HomeSettings | None = None) -> str:
    """Return the SQLAlchemy URL of MLflow's database: the one set, else the embedded MLflow's.

    Raises
    ------
    SettingsError
        MLflow is an existing one, and its database was not named.
    """
    settings = settings or RegistrySettings()
    if settings.backend_store_uri is not None:
        return settings.backend_store_uri.get_secret_value()
    if settings.tracking_uri is not None:
        raise SettingsError(
            "MLFLOW_BACKEND_STORE_URI is not set: name the PostgreSQL behind MLflow, or say `--tracks-only`"
        )
    return f"postgresql+psycopg2://quintet@/mlflow?host={(home or HomeSettings()).socket_dir}"


def dump_all(path: Path, *, tracks_only: bool, all_versions: bool) -> dict[str, int]:
    """Write the databases and artifacts to one file; return rows by table."""
    from quintet.adapters.postgres import dump

    return dump(database_url(), path, None if tracks_only else _registry(), all_versions=all_versions)


def restore_all(path: Path, *, tracks_only: bool, replace: bool) -> dict[str, int]:
    """Put a dump in the place of what the databases hold; return rows by table."""
    from quintet.adapters.postgres import restore

    return restore(database_url(), path, None if tracks_only else _registry(), replace=replace)


def _registry() -> Registry:
    from quintet.adapters.mlflow_registry.artifacts import MlflowArtifacts
    from quintet.adapters.postgres import Registry

    return Registry(registry_database_url(), MlflowArtifacts(tracking_uri()))
