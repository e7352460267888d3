"""What filters ask of tracks and nothing else does: artists' names, genre names, scripts.

Each table is made on the first request that needs it. Which tracks pass is decided in `eligible`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from quintet.data.names import fold, fold_accents
from quintet.model.columns import TextColumn, split
from quintet.model.scripts import Flags, flag, scripts_of
from quintet.model.tracks import TrackTable

Mask = NDArray[np.bool_]
Places = Mapping[str, list[int]]


class Facets:
    """Tracks by the names a filter may hold.

    Parameters
    ----------
    tracks : TrackTable
        n tracks.
    """

    def __init__(self, tracks: TrackTable) -> None:
        self._tracks = tracks

    def by_artists(self, names: Iterable[str]) -> Mask:
        """Tell which tracks credit any of these artists, shape (n,); case and accents do not matter."""
        return _union(self._artists, map(fold_accents, names), len(self._tracks))

    def by_genres(self, names: Iterable[str]) -> Mask:
        """Tell which tracks have any of these whole genre names, shape (n,); case does not matter."""
        of_set = _union(self._genres, map(fold, names), len(self._tracks.genres))
        return np.asarray(of_set[self._tracks.genre_set])

    def by_scripts(self, names: Iterable[str]) -> Mask:
        """Tell which tracks are written in any of these of `scripts.SCRIPTS`, shape (n,)."""
        wanted = np.bitwise_or.reduce([flag(name) for name in names])
        return np.asarray((self._scripts & wanted) > 0)

    @cached_property
    def _scripts(self) -> Flags:
        return scripts_of(self._tracks.track_name, self._tracks.artists)

    @cached_property
    def _artists(self) -> Places:
        return _by_name(self._tracks.artists, fold_accents)

    @cached_property
    def _genres(self) -> Places:
        return _by_name(self._tracks.genres, fold)


def _by_name(column: TextColumn, normal: Callable[[str], str]) -> Places:
    """Return where each name stands; equal rows are read once, since an artist has many tracks."""
    rows: defaultdict[bytes, list[int]] = defaultdict(list)
    for row in range(len(column)):
        rows[column.encoded(row)].append(row)
    places: defaultdict[str, list[int]] = defaultdict(list)
    for names, found in rows.items():
        for name in split(names.decode("utf-8")):
            places[normal(name)] += found
    return dict(places)


def _union(places: Places, names: Iterable[str], size: int) -> Mask:
    """Tell which of `size` places have any of the names."""
    mask = np.zeros(size, dtype=np.bool_)
    for name in names:
        mask[places.get(name, [])] = True
    return mask
