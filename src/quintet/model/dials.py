"""What a listener's dials take from scores: popularity, disliked tracks, variety; each a contribution.

A dial only takes, so that no score exceeds 1. The dial of diversity looks at the rest of the list: `greedy`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quintet.model.terms import Rows, Scores

# What each dial takes at most, at its end; the first ten of a list lie some .1 apart: docs/quality.md.
POPULARITY, DISLIKED, VARIETY = 0.5, 0.25, 0.1


@dataclass(frozen=True, eq=False, slots=True)
class Dial:
    """What one control takes from every track.

    Parameters
    ----------
    name : str
        As its contribution is called.
    values : float32 array, shape (n,)
        0 or below.
    """

    name: str
    values: Scores

    def of(self, rows: Rows) -> list[float]:
        """Return what it takes from a few tracks."""
        values: list[float] = self.values[rows].tolist()
        return values


def popularity_dial(popularity: NDArray[np.float32], wish: float) -> Dial:
    """Take from the less popular (`wish` above 0) or from the more popular (below).

    In proportion, so that a list's mean popularity does not fall as the wish rises.

    Parameters
    ----------
    popularity : float32 array, shape (n,)
        0–100, NaN where not known: such a track counts as the average one.
    wish : float
        -1 to 1.
    """
    known = popularity[~np.isnan(popularity)]
    share = np.nan_to_num(popularity, nan=known.mean() if len(known) else 50.0) / 100
    distance = 1 - share if wish > 0 else share
    return Dial("popularity dial", np.asarray(-POPULARITY * abs(wish) * distance, dtype=np.float32))


def disliked_dial(likeness: Scores) -> Dial:
    """Take by likeness to what is disliked (Rocchio's negative examples).

    Parameters
    ----------
    likeness : float32 array, shape (n,)
        The score every track would have with the disliked ones as seeds.
    """
    return Dial("disliked", np.asarray(-DISLIKED * np.maximum(likeness, 0), dtype=np.float32))


def variety_dial(tracks: int, wish: float, seed: int) -> Dial:
    """Take by chance: a track's number depends on the seed and its row, and on nothing else that is asked."""
    chance = np.random.default_rng(seed).random(tracks, dtype=np.float32)
    return Dial("variety", np.asarray(-VARIETY * wish * chance, dtype=np.float32))
