"""Which database is MLflow's, as the settings say."""

from __future__ import annotations

from pathlib import Path

import pytest

from quintet.batch_care import registry_database_url
from quintet.errors import SettingsError
from quintet.settings import HomeSettings, RegistrySettings


def test_the_embedded_mlflow_has_its_database_beside_the_tracks(tmp_path: Path) -> None:
    embedded = RegistrySettings(tracking_uri=None, backend_store_uri=None)
    url = registry_database_url(embedded, HomeSettings(home=tmp_path))
    assert url == f"postgresql+psycopg2://quintet@/mlflow?host={tmp_path}/run"


def test_an_existing_mlflow_is_part_of_a_dump_only_with_its_database(tmp_path: Path) -> None:
    elsewhere = RegistrySettings(tracking_uri="http://mlflow:5000")
    with pytest.raises(SettingsError, match="MLFLOW_BACKEND_STORE_URI is not set"):
        registry_database_url(elsewhere, HomeSettings(home=tmp_path))
    named = RegistrySettings(
        tracking_uri="http://mlflow:5000", backend_store_uri="postgresql://mlflow@db/mlflow"
    )
    assert registry_database_url(named, HomeSettings(home=tmp_path)) == "postgresql://mlflow@db/mlflow"
