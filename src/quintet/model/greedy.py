"""A list chosen track by track, each looking at those before it: spread out, and shared between tastes.

Greedy choice by gain. What is taken from a gain only grows as the list does, so gains, which are the scores
shown, fall with rank. Lists without such wishes are `ranking`'s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from quintet.model.ranking import Rules
from quintet.model.terms import OTHER, Contribution, Rows, Scores

SHARING = 0.25
"""What a taste loses by the time it has its share of the list: more than the scores of a list differ."""

POOL, POOL_PER_PLACE = 500, 5


class Pick(NamedTuple):
    """A track of a list.

    Parameters
    ----------
    row : int
        Its row.
    score : float
        After all that was taken; falls with rank.
    taste : int
        The taste it was chosen for.
    taken : tuple of Contribution
        What the rest of the list took from its score.
    """

    row: int
    score: float
    taste: int = 0
    taken: tuple[Contribution, ...] = ()


@dataclass(frozen=True, eq=False, slots=True)
class Spread:
    """How a list is to be spread.

    Parameters
    ----------
    diversity : float
        0–1: what a track loses whose cosine with each of a whole list is 1.
    vectors : callable
        Rows to float32 array, shape (rows, d): unit vectors of what is to differ.
    shares : sequence of float
        Each taste's share of the list; they add up to 1.
    """

    diversity: float
    vectors: Callable[[Rows], Scores]
    shares: Sequence[float] = (1.0,)


def spread(scores: Sequence[Scores], rules: Rules, k: int, how: Spread) -> list[Pick]:
    """Choose `k` tracks, fewer only if no more keep to the rules.

    The choice is among the best few hundred of each taste: those below are too far off to be wanted.

    Parameters
    ----------
    scores : sequence of float32 array, shape (n,)
        Every track's score by each taste.
    rules : Rules
        What the list keeps to.
    k : int
        At least 1.
    how : Spread
        What is taken as the list grows.
    """
    wanted = POOL + POOL_PER_PLACE * k
    while True:
        best = [rules.best(by_taste, wanted) for by_taste in scores]
        picks = _Growth(scores, np.unique(np.concatenate(best)), rules, k, how).picks()
        if len(picks) >= k or len(best[0]) < wanted:
            return picks
        wanted = 4 * len(best[0])


class _Growth:
    """A growing list: the gain of every candidate by each taste, and what closes candidates."""

    def __init__(self, scores: Sequence[Scores], pool: Rows, rules: Rules, k: int, how: Spread) -> None:
        self._pool, self._k, self._shares = pool, k, how.shares
        self._values = np.stack([by_taste[pool] for by_taste in scores])
        self._values[:, _barred(pool, rules)] = -np.inf
        self._late = _handicaps(self._values)
        self._vectors = how.vectors(pool) if how.diversity else None
        self._weight = np.float32(how.diversity / k)
        self._crowding = np.zeros(len(pool), dtype=np.float32)
        self._served = np.zeros(len(scores), dtype=np.float32)
        groups = [(rules.tracks.song[pool], 1), (rules.tracks.recording[pool], 1)]
        self._groups = groups + [(cap.groups[pool], cap.most) for cap in rules.caps]
        self._no_group = (-1, -1, *[0] * len(rules.caps))
        self._counts: tuple[Counter[int], ...] = tuple(Counter() for _ in self._groups)

    def picks(self) -> list[Pick]:
        """Return the list."""
        found: list[Pick] = []
        while len(found) < self._k and self._values.size:
            gains = self._values - self._crowding - self._turns()[:, None]
            taste, place = divmod(int(np.argmax(gains)), len(self._pool))
            if not np.isfinite(gains[taste, place]):
                break
            found.append(self._pick(taste, place, float(gains[taste, place])))
            self._take(taste, place)
        return found

    def _turns(self) -> Scores:
        """Return what each taste has to wait."""
        if len(self._shares) == 1:
            return np.zeros(1, dtype=np.float32)
        quotas = np.array(self._shares, dtype=np.float32) * self._k
        return np.asarray(self._late + SHARING * self._served / quotas, dtype=np.float32)

    def _pick(self, taste: int, place: int, score: float) -> Pick:
        taken = {"diversity": float(self._crowding[place]), "sharing": float(self._turns()[taste])}
        parts = tuple(Contribution(OTHER, name, -value) for name, value in taken.items() if value)
        return Pick(int(self._pool[place]), score, taste, parts)

    def _take(self, taste: int, place: int) -> None:
        """List a candidate: others like it lose, and those it leaves no room for are closed."""
        self._values[:, place] = -np.inf
        self._served[taste] += 1
        if self._vectors is not None:
            likeness = self._vectors @ self._vectors[place]
            self._crowding += self._weight * np.maximum(likeness, 0)
        for (groups, most), counts, none in zip(self._groups, self._counts, self._no_group, strict=True):
            group = int(groups[place])
            counts[group] += 1
            if group != none and counts[group] >= most:
                self._values[:, groups == group] = -np.inf


def _barred(pool: Rows, rules: Rules) -> NDArray[np.bool_]:
    tracks = rules.tracks
    songs = np.isin(tracks.song[pool], tracks.song[rules.barred])
    return np.asarray(songs | np.isin(tracks.recording[pool], tracks.recording[rules.barred]))


def _handicaps(values: Scores) -> Scores:
    """Return what each taste begins behind with, so that the best tracks of all start level."""
    best = values.max(axis=1, initial=-np.inf)
    level = best.min(initial=np.inf, where=np.isfinite(best))
    return np.asarray(np.where(np.isfinite(best), best - level, 0), dtype=np.float32)
