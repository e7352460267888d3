"""Writing the search index of an artifact: one document a recording. Queries are `search`'s."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import tantivy

from quintet.model.columns import TextColumn, join, split
from quintet.model.folding import Chunk, chunks, fold, is_cjk, plain, words
from quintet.model.tracks import TrackTable

TEXT, PREFIX, WHOLE, ROW = "text", "prefix", "whole", "row"
MAX_PREFIX = 3  # beginnings up to this long are indexed; longer ones are few enough to be looked up
MIN_HEAP_BYTES = 50_000_000
BYTES_A_DOCUMENT = 1_000
NAMES = ("names", "names_offsets")
GAP = "\x00"  # between title and artist, so that no phrase runs across


def schema() -> Any:
    """Return the index's fields.

    ``text`` holds words and single CJK characters with positions; ``prefix`` the beginnings of words;
    ``whole`` each title and artist as one term; ``row`` the track's row in the catalogue.
    """
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(TEXT, tokenizer_name="whitespace")
    builder.add_text_field(PREFIX, tokenizer_name="whitespace", index_option="basic")
    builder.add_text_field(WHOLE, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field(ROW, fast=True)
    return builder.build()


def write_index(tracks: TrackTable, folder: Path) -> None:
    """Write the index of a catalogue.

    Releases of one recording are one document: the most popular is shown, the words of all are found.
    Documents are written most popular first, so that equal matches come in that order.
    """
    folder.mkdir(parents=True)
    index = tantivy.Index(schema(), path=str(folder), reuse=False)
    writer = index.writer(max(MIN_HEAP_BYTES, BYTES_A_DOCUMENT * len(tracks)), 1)
    names = [""] * len(tracks)
    for rows in releases(tracks):
        writer.add_document(_document(tracks, rows))
        names[rows[0]] = _names(tracks, rows[0])
    writer.commit()
    writer.wait_merging_threads()
    column = TextColumn.of(names)
    np.save(folder / f"{NAMES[0]}.npy", column.data, allow_pickle=False)
    np.save(folder / f"{NAMES[1]}.npy", column.offsets, allow_pickle=False)


def releases(tracks: TrackTable) -> Iterator[list[int]]:
    """Yield the rows of each recording, most popular first; recordings by their most popular release."""
    rows = tracks.most_popular_first(np.arange(len(tracks)))
    order = np.argsort(tracks.recording[rows], kind="stable")
    groups = np.split(rows[order], np.flatnonzero(np.diff(tracks.recording[rows][order])) + 1)
    place = np.empty(len(tracks), dtype=np.intp)
    place[rows] = np.arange(len(tracks))
    for group in sorted(groups, key=lambda group: int(place[group[0]])):
        yield group.tolist()


def _names(tracks: TrackTable, row: int) -> str:
    """Return a row's title and artists, folded and joined: what results are ordered by."""
    return join(plain(name) for name in (tracks.track_name[row], *split(tracks.artists[row])))


def _document(tracks: TrackTable, rows: list[int]) -> Any:
    """Make one document of a recording's releases."""
    titles = dict.fromkeys(tracks.track_name[row] for row in rows)
    artists = dict.fromkeys(artist for row in rows for artist in split(tracks.artists[row]))
    names = (*titles, *artists)
    cut = [chunks(name) for name in names]
    document = tantivy.Document()
    document.add_text(TEXT, f" {GAP} ".join(" ".join(text_terms(pieces)) for pieces in cut))
    document.add_text(PREFIX, " ".join(_prefixes(cut)))
    wholes = [" ".join(words(pieces)) or fold(name) for name, pieces in zip(names, cut, strict=True)]
    for whole in dict.fromkeys(wholes):
        document.add_text(WHOLE, whole)
    document.add_unsigned(ROW, rows[0])
    return document


def text_terms(pieces: Iterable[Chunk]) -> Iterator[str]:
    """Yield the terms of a name in order: words, CJK characters one by one, joined spellings, symbols.

    A name of several words is also one term without its spaces: "daftpunk".
    """
    pieces = list(pieces)
    for piece in pieces:
        for part in piece.parts:
            yield from (part if is_cjk(part) else (part,))
        yield from filter(None, (piece.joined, *piece.signs))
    if 1 < len(pieces) <= 4:
        yield "".join(piece.joined or "".join(piece.parts) for piece in pieces)


def _prefixes(cut: Iterable[Iterable[Chunk]]) -> Iterable[str]:
    terms = (term for pieces in cut for term in text_terms(pieces))
    return dict.fromkeys(
        term[:length] for term in terms for length in range(1, min(MAX_PREFIX, len(term)) + 1)
    )


def read_names(folder: Path) -> TextColumn:
    """Return the folded title and artists of every row, joined; empty for a row that no search shows."""
    data, offsets = (np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in NAMES)
    return TextColumn(np.asarray(data), np.asarray(offsets))
