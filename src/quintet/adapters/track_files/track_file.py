"""A file of tracks as a RowSource: layout recognised, rows streamed in chunks, cells named as ours.

Which rows are good is not judged here; see `data.validation`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from quintet.adapters.track_files import cells
from quintet.adapters.track_files.csv_rows import CsvFile, CsvRow
from quintet.adapters.track_files.layouts import Layout, recognise
from quintet.data.schema import MAX_GENRE_LENGTH, Columns
from quintet.data.validation import FAULT, PLAYLIST_COLUMNS, TEXT_COLUMNS, RawRows
from quintet.ports import Origin, Progress

CHUNK_ROWS = 20_000
_NAMES = (Columns.TRACK_NAME, Columns.ARTISTS, Columns.ALBUM_NAME)


class TrackFile:
    """One CSV file in any known layout.

    Parameters
    ----------
    path : Path
        The file.
    source : str
        What is stored beside every value: "file", or "demo" for the bundled invented songs.

    Raises
    ------
    UnknownLayoutError
        When it cannot be read, or its columns are not those of a known layout.
    """

    def __init__(self, path: Path, source: str = "file") -> None:
        self.path = path
        with CsvFile(path) as file:
            self.header = file.header
            self.size_bytes = file.size_bytes
        self.layout = recognise(self.header, path.name)
        self.origin = Origin(source, str(path))

    def chunks(self, progress: Progress) -> Iterator[RawRows]:
        """Yield the rows in chunks of `CHUNK_ROWS`, in the file's order; progress counts bytes."""
        with CsvFile(self.path) as file:
            for chunk in file.chunks(CHUNK_ROWS):
                progress(f"reading {self.path.name}", file.position_bytes(), file.size_bytes)
                yield _raw_rows(chunk, self.header, self.layout)


def _raw_rows(chunk: list[CsvRow], header: list[str], layout: Layout) -> RawRows:
    blank = [""] * len(header)
    rows = [blank if row.fault else row.cells for row in chunk]
    present = {column: header.index(name) for column, name in layout.columns.items() if name in header}
    text = {column: [row[at] for row in rows] for column, at in present.items()}
    _blank_missing(text, layout.missing)
    if layout.has_album_objects:
        _open_album_objects(text)
    index = [row.number for row in chunk]
    columns = [*TEXT_COLUMNS, *(column for column in PLAYLIST_COLUMNS if column in text)]
    nothing = [""] * len(rows)
    frame = pd.DataFrame({column: text.get(column, nothing) for column in columns}, index, dtype="str")
    for column, values in _lists(text, layout, len(rows)).items():
        frame[column] = pd.Series(values, index, dtype=object)
    frame[FAULT] = pd.Series([row.fault for row in chunk], index, dtype=object)
    return RawRows(frame, [row.cells for row in chunk], layout.has_spotify_ids)


def _blank_missing(text: dict[str, list[str]], missing: frozenset[str]) -> None:
    """Empty the cells that mean "nothing"; a name only if all names of its row do: an artist is called NA."""
    if not missing:
        return
    for column in text.keys() - set(_NAMES):
        text[column] = ["" if cell in missing else cell for cell in text[column]]
    names = [text[column] for column in _NAMES if column in text]
    is_gap = [missing.issuperset(cells_of_row) for cells_of_row in zip(*names, strict=True)]
    for column in text.keys() & set(_NAMES):
        text[column] = ["" if gap else cell for cell, gap in zip(text[column], is_gap, strict=True)]


def _open_album_objects(text: dict[str, list[str]]) -> None:
    """Put an album object's name, id, date and image into their own columns."""
    albums = text.get(Columns.ALBUM_NAME, [])
    for column in cells.ALBUM_COLUMNS:
        text.setdefault(column, [""] * len(albums))
    for at, cell in enumerate(albums):
        if cell.startswith("{"):
            for column, value in cells.album_object(cell).items():
                text[column][at] = value


def _lists(text: dict[str, list[str]], layout: Layout, count: int) -> dict[str, list[list[str]]]:
    """Split the list columns; artists' ids are kept only where there is one for every artist."""
    nothing = [""] * count
    artists = layout.artists(text.get(Columns.ARTISTS, nothing))
    ids = cells.spotify_ids(text.get(Columns.ARTIST_IDS, nothing))
    for at, (names, found) in enumerate(zip(artists, ids, strict=True)):
        if len(found) == 1 < len(names) and layout.artists is cells.exportify_net:
            artists[at] = cells.whole([text[Columns.ARTISTS][at]])[0]  # one id: the commas belong to the name
        elif len(found) != len(names):
            ids[at] = []
    genres = [normal_genres(names) for names in layout.genres(text.get(Columns.GENRES, nothing))]
    return {Columns.ARTISTS: artists, Columns.ARTIST_IDS: ids, Columns.GENRES: genres}


def normal_genres(names: list[str]) -> list[str]:
    """Return genres in lower case, each once, in order; one too long to be a genre is dropped."""
    lowered = (name.casefold() for name in names)
    return list(dict.fromkeys(name for name in lowered if len(name) <= MAX_GENRE_LENGTH))
