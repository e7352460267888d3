"""Small files of tracks in the canonical layout, for tests; and importing them."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from quintet.adapters.postgres import PostgresTrackStore
from quintet.adapters.track_files.rejects import RejectsFile
from quintet.adapters.track_files.track_file import TrackFile
from quintet.data.schema import FEATURE_NAMES
from quintet.jobs.import_catalogue import ImportReport, import_source

FEATURES = dict.fromkeys(FEATURE_NAMES, "0.5") | {
    "key": "5",
    "mode": "1",
    "tempo": "120",
    "time_signature": "4",
}


def canonical_row(**changes: str) -> dict[str, str]:
    """Return a good row of the canonical layout, with some cells changed."""
    row = {
        "track_id": "t0",
        "track_name": "A Song",
        "artists": "Someone",
        "album_name": "An Album",
        "release_date": "2019-06-14",
        "popularity": "66",
        "explicit": "False",
        "duration_ms": "200000",
        **FEATURES,
        "genres": "",
    }
    return row | changes


def write_csv(path: Path, *rows: Mapping[str, str]) -> Path:
    """Write rows of one shape with their header."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def silent(*_: object) -> None:
    pass


def load(store: PostgresTrackStore, path: Path, source: str = "file", limit: float = 0.25) -> ImportReport:
    file = TrackFile(path, source)
    rejects = RejectsFile(path.parent / "rejects", path.stem, file.header)
    return import_source(file, store, rejects, limit, silent)
