"""From scores to a list: the best rows, no song twice; exact, and without sorting the catalogue."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from quintet.model.terms import Rows, Scores
from quintet.model.tracks import TrackTable

SAMPLE_SIZE = 4096


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
    ties = -np.nan_to_num(popularity[rows], nan=-1.0)
    return rows[np.lexsort((rows, ties, -scores[rows]))]


def _guess(scores: Scores, count: int) -> float:
    sample = scores[:: max(1, len(scores) // SAMPLE_SIZE)]
    place = min(len(sample), 10 + 2 * count * len(sample) // len(scores))
    return float(np.partition(sample, -place)[-place])


def rank(scores: Scores, tracks: TrackTable, seeds: Rows, k: int) -> Rows:
    """Return the `k` best rows, fewer only if the catalogue has no more.

    No seed, no other release of a seed's recording, no other version of a seed's song; of every song and
    recording only the best-scored version.
    """
    wanted = k + 4 * len(seeds) + 16
    while True:
        candidates = best_rows(scores, wanted, tracks.popularity)
        chosen = _one_of_each(candidates, tracks, seeds, k)
        if len(chosen) >= k or len(candidates) >= len(scores):
            return chosen
        wanted = 4 * len(candidates)


def _one_of_each(rows: Rows, tracks: TrackTable, seeds: Rows, k: int) -> Rows:
    """Return the first `k` rows whose song and recording neither a seed nor an earlier row has."""
    songs, recordings = set(tracks.song[seeds].tolist()), set(tracks.recording[seeds].tolist())
    chosen: list[int] = []
    groups = zip(rows.tolist(), tracks.song[rows].tolist(), tracks.recording[rows].tolist(), strict=True)
    for row, song, recording in groups:
        if song not in songs and recording not in recordings:
            songs.add(song)
            recordings.add(recording)
            chosen.append(row)
        if len(chosen) == k:
            break
    return np.array(chosen, dtype=np.intp)
