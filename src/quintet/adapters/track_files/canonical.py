"""Tracks into a file of the canonical layout, which `track_file` reads back without loss."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile

import pandas as pd

from quintet.adapters.track_files.cells import join_escaped
from quintet.data.schema import CANONICAL_COLUMNS, INTEGER_COLUMNS, Columns
from quintet.errors import DataError


def write_canonical(tracks: pd.DataFrame, path: Path) -> None:
    """Write tracks as CSV, UTF-8, in the given order; the file appears whole or not at all.

    Parameters
    ----------
    tracks : DataFrame
        Columns of `data.schema.SNAPSHOT_COLUMNS`. A name that begins like a formula is written as it is.
    path : Path
        Replaced if it is there; its folder must be.

    Raises
    ------
    DataError
        When the file cannot be written.
    """
    lists = {column: _joined(tracks[column]) for column in (Columns.ARTISTS, Columns.GENRES)}
    ready = tracks.assign(**lists).astype(dict.fromkeys(INTEGER_COLUMNS, "Int64"))
    try:
        with NamedTemporaryFile(
            "w", dir=path.parent, encoding="utf-8", newline="", suffix=".part", delete=False
        ) as file:
            ready.to_csv(file, columns=list(CANONICAL_COLUMNS), index=False, lineterminator="\n")
        Path(file.name).replace(path)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}") from error


def _joined(lists: Iterable[Iterable[str]]) -> list[str]:
    return [join_escaped(names) for names in lists]
