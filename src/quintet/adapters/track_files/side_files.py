"""The files beside the tracks: artists' genres and playlists, small enough to be held whole.

Tracks themselves are read by `track_file`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from quintet.adapters.track_files import cells
from quintet.adapters.track_files.csv_rows import CsvFile
from quintet.adapters.track_files.track_file import CHUNK_ROWS, normal_genres
from quintet.data.names import clean
from quintet.data.schema import MAX_NAME_LENGTH, Columns
from quintet.data.validation import check_playlists
from quintet.errors import UnknownLayoutError

_GENRE_HEADERS: Mapping[str, Sequence[str]] = {
    "artist_name": ("artist_name", "artist", "artists", "name"),
    Columns.GENRES: ("genres", "artist_genres", "genre"),
}
_ARTIST_ID_HEADERS = ("artist_id", "id")
_PLAYLIST_HEADERS: Mapping[str, Sequence[str]] = {
    Columns.PLAYLIST_ID: (Columns.PLAYLIST_ID,),
    Columns.PLAYLIST_NAME: (Columns.PLAYLIST_NAME,),
    Columns.TRACK_ID: (Columns.TRACK_ID,),
}


@dataclass(frozen=True, slots=True)
class SideRows:
    """What a side file held.

    Parameters
    ----------
    frame : DataFrame
        The usable rows.
    read : int
        Rows in the file.
    rejected : mapping of str to int
        Rows left out, by reason; `read == len(frame) + sum(rejected)`.
    """

    frame: pd.DataFrame
    read: int
    rejected: Mapping[str, int]


def read_artist_genres(path: Path) -> SideRows:
    """Read `artist_name`, `genres` (lists of str) and `artist_id` ("" where unknown).

    Genres may be a Python list as text, or parted by semicolons or commas; an empty list is a row like any.

    Raises
    ------
    UnknownLayoutError
        When the file cannot be read or has no such columns.
    """
    with CsvFile(path) as file:
        at = _positions(file, _GENRE_HEADERS)
        id_at = next((file.header.index(name) for name in _ARTIST_ID_HEADERS if name in file.header), None)
        rows, read, rejected = _usable(file)
    names = [clean(row[at["artist_name"]]) for row in rows]
    ids = cells.spotify_ids("" if id_at is None else row[id_at] for row in rows)
    frame = pd.DataFrame(
        {"artist_name": names, "artist_id": [found[0] if len(found) == 1 else "" for found in ids]},
        dtype="str",
    )
    frame[Columns.GENRES] = pd.Series(_genres(row[at[Columns.GENRES]] for row in rows), dtype=object)
    good = frame[frame["artist_name"].str.len().between(1, MAX_NAME_LENGTH)]
    left_out = {"no artist name, or too long a one": len(frame) - len(good)}
    return SideRows(good.reset_index(drop=True), read, rejected + Counter(left_out))


def read_playlists(path: Path) -> SideRows:
    """Read `playlist_id, playlist_name, track_id`, each (playlist, track) once, in the file's order.

    Raises
    ------
    UnknownLayoutError
        When the file cannot be read or lacks one of the columns.
    """
    with CsvFile(path) as file:
        at = _positions(file, _PLAYLIST_HEADERS)
        rows, read, rejected = _usable(file)
    frame = pd.DataFrame(
        {column: [row[place].strip() for row in rows] for column, place in at.items()}, dtype="str"
    )
    good = check_playlists(frame)
    left_out = {"repeated, or a malformed playlist id": len(frame) - len(good)}
    return SideRows(good.reset_index(drop=True), read, rejected + Counter(left_out))


def _positions(file: CsvFile, wanted: Mapping[str, Sequence[str]]) -> dict[str, int]:
    found = {
        column: next((file.header.index(name) for name in names if name in file.header), -1)
        for column, names in wanted.items()
    }
    if lacking := [column for column, place in found.items() if place < 0]:
        raise UnknownLayoutError(
            f"{file.path.name}: lacks the column{'s' * (len(lacking) > 1)} {', '.join(lacking)}; "
            f"expected: {', '.join(wanted)}"
        )
    return found


def _usable(file: CsvFile) -> tuple[list[list[str]], int, Counter[str]]:
    rows, rejected, read = [], Counter[str](), 0
    for chunk in file.chunks(CHUNK_ROWS):
        read += len(chunk)
        rejected.update(row.fault for row in chunk if row.fault)
        rows += [row.cells for row in chunk if not row.fault]
    return rows, read, rejected


def _genres(texts: Iterable[str]) -> list[list[str]]:
    texts = list(texts)
    listed, plain = cells.python_list(texts), cells.commas(texts)
    return [
        normal_genres(names if text.startswith("[") else bare)
        for text, names, bare in zip(texts, listed, plain, strict=True)
    ]
