"""What tests of the catalogue begin with: an empty store and a file to be."""

from __future__ import annotations

from pathlib import Path

import pytest

from quintet.adapters.postgres import PostgresTrackStore


@pytest.fixture
def store(database_url: str) -> PostgresTrackStore:
    return PostgresTrackStore(database_url)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracks.csv"
