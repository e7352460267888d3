"""The taste map as it is shown: a fixed sample of the catalogue, names of its regions, places of any tracks.

numpy only. Where tracks stand is worked out in `map_layout` when a model is trained.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quintet.model.columns import split
from quintet.model.tracks import TrackTable

POINTS = 2_000
"""How many tracks are shown at most: more only hide each other."""
REGIONS = 14
_SEED = 20
_LEAST_SHARE = 0.008  # of the tracks shown: a rarer genre is no region
_APART = 0.2  # between the names of two regions, where the map's half width is 1
_WIDEST = 0.3  # median distance from its middle: a genre spread wider is everywhere, and so nowhere


@dataclass(frozen=True, eq=False)
class TasteMap:
    """The catalogue in two dimensions; what is shown of it is made once.

    Parameters
    ----------
    tracks : TrackTable
        n tracks.
    places : float32 array, shape (n, 2) or (0, 2)
        x and y of every track, −1 to 1; none of a model without a map.
    """

    tracks: TrackTable
    places: NDArray[np.float32]

    @cached_property
    def points(self) -> list[dict[str, Any]]:
        """The tracks shown: `track_id`, `track_name`, `artists`, `x`, `y`, `genre` (or None)."""
        counts = Counter(genre for genres in self._genres for genre in genres)
        regions = {region["genre"] for region in self.regions}
        return [
            {
                **self._place(row),
                "track_name": self.tracks.track_name[row],
                "artists": split(self.tracks.artists[row]),
                "genre": max(genres, key=lambda g: (g in regions, counts[g], g), default=None),
            }
            for row, genres in zip(self._shown, self._genres, strict=True)
        ]

    @cached_property
    def regions(self) -> list[dict[str, Any]]:
        """The genres that keep together, at most `REGIONS`: `genre`, and `x`, `y` of its middle."""
        members: dict[str, list[int]] = {}
        for row, genres in zip(self._shown, self._genres, strict=True):
            for genre in genres:
                members.setdefault(genre, []).append(row)
        least = max(5, round(_LEAST_SHARE * len(self._shown)))
        largest = sorted(members.items(), key=lambda item: (-len(item[1]), item[0]))
        found = [self._region(genre, rows) for genre, rows in largest if len(rows) >= least]
        return _apart([(genre, x, y) for spread, genre, x, y in found if spread < _WIDEST])

    def places_of(self, track_ids: Sequence[str]) -> list[dict[str, Any]]:
        """Return `track_id`, `x` and `y` of the tracks there are, in the order asked."""
        if not len(self.places):
            return []
        rows = (self.tracks.row(track_id) for track_id in dict.fromkeys(track_ids))
        return [self._place(row) for row in rows if row is not None]

    @cached_property
    def _shown(self) -> list[int]:
        """Rows drawn by chance, known songs more often, no song twice: the same for the same catalogue."""
        if not len(self.places):
            return []
        _, rows = np.unique(self.tracks.song, return_index=True)
        if len(rows) > POINTS:
            weights = np.nan_to_num(self.tracks.popularity[rows], nan=0.0).astype(np.float64) + 5
            drawn = np.random.default_rng(_SEED).choice(
                len(rows), POINTS, replace=False, p=weights / weights.sum()
            )
            rows = rows[drawn]
        return sorted(rows.tolist())

    @cached_property
    def _genres(self) -> list[list[str]]:
        return [self.tracks.genres_of(row) for row in self._shown]

    def _place(self, row: int) -> dict[str, Any]:
        x, y = self.places[row].tolist()
        return {"track_id": self.tracks.track_id[row], "x": round(x, 4), "y": round(y, 4)}

    def _region(self, genre: str, rows: list[int]) -> tuple[float, str, float, float]:
        """Return how wide a genre is spread, its name and the middle of its tracks."""
        places = self.places[rows]
        middle = np.median(places, axis=0)
        spread = float(np.median(np.linalg.norm(places - middle, axis=1)))
        return spread, genre, float(middle[0]), float(middle[1])


def _apart(regions: Sequence[tuple[str, float, float]]) -> list[dict[str, Any]]:
    """Keep the first regions whose names do not cover each other."""
    kept: list[dict[str, Any]] = []
    for genre, x, y in regions:
        if len(kept) < REGIONS and all(np.hypot(r["x"] - x, r["y"] - y) >= _APART for r in kept):
            kept.append({"genre": genre, "x": round(x, 4), "y": round(y, 4)})
    return kept
