"""Which tracks of the catalogue are a given song: to offer no recording twice, and never recommend a seed.

Compares titles as `data.recordings` does, but for one song at a time, by way of the search index.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quintet.data.names import fold_accents
from quintet.data.schema import MAX_DURATION_GAP_MS
from quintet.data.titles import parse_title
from quintet.model.search import SearchIndex
from quintet.model.terms import Rows
from quintet.model.tracks import TrackTable

MOST = 50  # versions of one song that are looked at


@dataclass(frozen=True, slots=True)
class Versions:
    """Where a song stands in the catalogue.

    Parameters
    ----------
    rows : intp array
        One row of each recording of the song: all its versions.
    has_recording : bool
        Whether one of them is the very same recording.
    """

    rows: Rows
    has_recording: bool


def find_versions(
    title: str, artist: str, duration_ms: float, index: SearchIndex, tracks: TrackTable
) -> Versions:
    """Find the versions of a song by its title and first artist; tracks of one length are one recording."""
    wanted, by = parse_title(title), fold_accents(artist)
    _, found = index.search(f"{wanted.song} {artist}", MOST)
    rows, has_recording = [], False
    for row in found:
        own = parse_title(tracks.track_name[row])
        if own.song != wanted.song or fold_accents(tracks.first_artists[row]) != by:
            continue
        rows.append(row)
        gap_ms = abs(float(tracks.duration_ms[row]) - duration_ms)
        has_recording |= own.version == wanted.version and gap_ms <= MAX_DURATION_GAP_MS
    return Versions(np.array(rows, dtype=np.intp), has_recording)
