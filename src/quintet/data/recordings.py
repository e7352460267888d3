"""Which tracks are one recording, and which are one song: the same music is recommended once.

Two tracks are one *recording* when they share an ISRC, or title, version and first artist while their
durations differ by little. They are one *song* when title and first artist agree, whatever the version. How a
title is read is said in `titles`.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from quintet.data.names import fold_accents
from quintet.data.schema import MAX_DURATION_GAP_MS, Columns
from quintet.data.titles import parse_title

# Names so general that two tracks of an artist under one are likely two pieces of music.
GENERAL_TITLES = frozenset(
    {"intro", "outro", "interlude", "skit", "untitled", "prelude", "overture", "reprise"}
)

Labels = npt.NDArray[np.int32]
Codes = npt.NDArray[np.int64]


def group_recordings(tracks: pd.DataFrame) -> tuple[Labels, Labels]:
    """Group releases of one recording, and versions of one song.

    Parameters
    ----------
    tracks : DataFrame
        `track_name`, `artists`, `duration_ms`, `isrc`; n rows in any order.

    Returns
    -------
    recording, song : int32 arrays of shape (n,)
        Group numbers from 0, in order of first appearance; every recording lies in one song. Which rows are
        together does not depend on their order.
    """
    titles = {title: parse_title(title) for title in tracks[Columns.TRACK_NAME].unique()}
    parsed = [titles[title] for title in tracks[Columns.TRACK_NAME]]
    artist = _codes([names[0] if names else "" for names in tracks[Columns.ARTISTS]], fold_accents)
    song_key = _pair(_codes([title.song for title in parsed]), artist)
    version_key = _pair(song_key, _codes([title.version for title in parsed]))
    by_duration = _runs(version_key, tracks[Columns.DURATION_MS].to_numpy(dtype=np.int64))
    recording = _merge(by_duration, _isrc_codes(tracks[Columns.ISRC]))
    is_general = np.array([title.song in GENERAL_TITLES for title in parsed], dtype=bool)
    alone = song_key.max(initial=-1) + 1 + recording.astype(np.int64)
    song = _merge(np.where(is_general, alone, song_key), recording.astype(np.int64))
    return recording, song


def _codes(values: list[str], normal: object = None) -> Codes:
    """Give numbers to the distinct values; `normal`, where given, is applied to each distinct one first."""
    codes, distinct = pd.factorize(np.array(values, dtype=object))
    if callable(normal):
        codes = pd.factorize(np.array([normal(value) for value in distinct], dtype=object))[0][codes]
    return codes.astype(np.int64)


def _pair(left: Codes, right: Codes) -> Codes:
    """Give numbers to the distinct pairs of two columns of codes."""
    codes: Codes = pd.factorize(left * (right.max(initial=0) + 1) + right)[0].astype(np.int64)
    return codes


def _runs(key: Codes, duration_ms: Codes) -> Codes:
    """Give numbers to runs of rows with one key whose durations follow each other without a gap."""
    order = np.lexsort((duration_ms, key))
    is_start = np.ones(len(key), dtype=bool)
    is_start[1:] = (np.diff(key[order]) != 0) | (np.diff(duration_ms[order]) > MAX_DURATION_GAP_MS)
    runs = np.empty(len(key), dtype=np.int64)
    runs[order] = np.cumsum(is_start) - 1
    return runs


def _isrc_codes(isrc: pd.Series) -> Codes:
    """Give numbers to the ISRCs; every row without one gets a number of its own."""
    codes = pd.factorize(isrc.to_numpy(dtype=object))[0].astype(np.int64)
    unknown = codes < 0
    codes[unknown] = codes.max(initial=-1) + 1 + np.arange(np.count_nonzero(unknown))
    return codes


def _merge(left: Codes, right: Codes) -> Labels:
    """Return the finest grouping that keeps rows alike in either column together, in order of appearance."""
    if not len(left):
        return np.empty(0, dtype=np.int32)
    size = int(max(left.max() + 1 + right.max() + 1, 1))
    links = coo_array((np.ones(len(left), dtype=np.int8), (left, left.max() + 1 + right)), shape=(size, size))
    _, label = connected_components(links, directed=False)
    return pd.factorize(label[left])[0].astype(np.int32)
