"""From scores to a list: the best rows, no song twice, caps kept; exact, and without sorting the catalogue.

Lists whose next track depends on those before it, by more than that, are made in `greedy`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from quintet.model.terms import Groups, Rows, Scores
from quintet.model.tracks import TrackTable

SAMPLE_SIZE = 4096
Mask = NDArray[np.bool_]


def best_rows(scores: Scores, count: int, popularity: NDArray[np.float32]) -> Rows:
    """Return at least the `count` best rows (all, if there are fewer), best first.

    Equal scores: the more popular first, then the lower row. A threshold guessed from an evenly spaced sample
    leaves few rows to sort; where the guess was too high, the exact one is taken.

    Parameters
    ----------
    scores : float32 array, shape (n,)
        Higher is better; no NaN.
    count : int
        At least 1.
    popularity : float32 array, shape (n,)
        NaN where not known, which counts as least popular.
    """
    count = min(count, len(scores))
    rows = np.flatnonzero(scores >= _guess(scores, count))
    if len(rows) < count:
        rows = np.flatnonzero(scores >= np.partition(scores, -count)[-count])
    ties = np.fmin(-popularity[rows], 1.0)  # one that is not known comes last
    return rows[np.lexsort((rows, ties, -scores[rows]))]


def _guess(scores: Scores, count: int) -> float:
    sample = scores[:: max(1, len(scores) // SAMPLE_SIZE)]
    place = min(len(sample), 10 + 2 * count * len(sample) // len(scores))
    return float(np.partition(sample, -place)[-place])


@dataclass(frozen=True, slots=True)
class Cap:
    """At most `most` tracks of one group in a list; group 0, "not known", may have any number."""

    name: str
    groups: Groups
    most: int


@dataclass(frozen=True, eq=False, slots=True)
class Rules:
    """What a list must keep to, whatever the scores.

    Parameters
    ----------
    tracks : TrackTable
        n tracks.
    barred : int array
        Rows that are not listed, nor any other version or release of their songs: seeds above all.
    caps : sequence of Cap
        How many tracks of one artist, of one album.
    mask : bool array, shape (n,), optional
        Which tracks may be listed; all, if not given.
    """

    tracks: TrackTable
    barred: Rows
    caps: Sequence[Cap] = ()
    mask: Mask | None = None

    def best(self, scores: Scores, count: int) -> Rows:
        """Return at least the `count` best rows that may be listed (all, if there are fewer), best first."""
        if self.mask is None:
            return best_rows(scores, count, self.tracks.popularity)
        allowed = np.flatnonzero(self.mask)
        if not len(allowed):
            return allowed
        return allowed[best_rows(scores[allowed], count, self.tracks.popularity[allowed])]


class Company:
    """The tracks of a list as it grows, and whether another may join them.

    Parameters
    ----------
    rules : Rules
        What they keep to; the mask is not looked at again.
    """

    def __init__(self, rules: Rules) -> None:
        tracks = rules.tracks
        self._most = [cap.most for cap in rules.caps]
        self._columns = (tracks.song, tracks.recording, *(cap.groups for cap in rules.caps))
        self._songs = set(tracks.song[rules.barred].tolist())
        self._recordings = set(tracks.recording[rules.barred].tolist())
        self._counts: tuple[Counter[int], ...] = tuple(Counter() for _ in rules.caps)

    def admit(self, rows: Rows, most: int) -> list[int]:
        """Let tracks join in turn, those that may, until `most` have joined, and return them.

        A track refused once is refused for good.
        """
        keys = zip(rows.tolist(), *(column[rows].tolist() for column in self._columns), strict=True)
        joined = (row for row, song, recording, *groups in keys if self._joins(song, recording, groups))
        return list(islice(joined, most))

    def _joins(self, song: int, recording: int, groups: Sequence[int]) -> bool:
        if song in self._songs or recording in self._recordings:
            return False
        for counts, group, most in zip(self._counts, groups, self._most, strict=True):
            if group and counts[group] >= most:
                return False
        for counts, group in zip(self._counts, groups, strict=True):
            counts[group] += 1
        self._songs.add(song)
        self._recordings.add(recording)
        return True


def rank(scores: Scores, rules: Rules, k: int) -> Rows:
    """Return the `k` best rows that keep to the rules, best first; fewer only if there are no more.

    Of every song and recording only the best-scored version.
    """
    wanted = k + len(rules.barred) + 32
    while True:
        candidates = rules.best(scores, wanted)[:wanted]
        chosen = Company(rules).admit(candidates, k)
        if len(chosen) >= k or len(candidates) < wanted:
            return np.array(chosen, dtype=np.intp)
        wanted = 4 * len(candidates)
