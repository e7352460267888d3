"""Rejected rows, kept in a CSV file beside their reasons. Why a row is rejected is said in `data.validation`.

The file has the columns of the one it came from and two more in front, so that its rows can be mended and the
file itself imported. Cells are written untouched: what looks like a formula was one before.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from quintet.data.validation import RawRows

COLUMNS = ("row_number", "rejected_because")


class RejectsFile:
    """The rejected rows of one import; no file is made before the first.

    Parameters
    ----------
    folder : Path
        Made when it is needed.
    name : str
        What was imported; part of the file's name.
    header : sequence of str
        The names of the untouched cells.
    """

    def __init__(self, folder: Path, name: str, header: Sequence[str]) -> None:
        started = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
        self._path = folder / f"{name}-{started}.csv"
        self._header = header

    def keep(self, rows: RawRows, reasons: pd.Series) -> None:
        """Keep the untouched cells of the rows `reasons` names by number, each with its reason."""
        if reasons.empty:
            return
        places = rows.frame.index.get_indexer(reasons.index)
        is_first = not self._path.exists()
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a", encoding="utf-8", errors="surrogateescape", newline="") as file:
            writer = csv.writer(file)
            if is_first:
                writer.writerow([*COLUMNS, *self._header])
            for place, (number, reason) in zip(places, reasons.items(), strict=True):
                writer.writerow([number, reason, *rows.originals[int(place)]])

    def place(self) -> str | None:
        """Return where the file is, or None while no row was rejected."""
        return str(self._path) if self._path.exists() else None
