"""What a way of ranking reaches on held-out lists; lists are made by the code that serves."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from quintet.model.evaluation.measures import LONG, MEASURES, SHORT, Floats, Interval, judge, mean
from quintet.model.evaluation.protocol import HeldOutList, Protocol
from quintet.model.list_metrics import surprise
from quintet.model.ranking import Cap, Rules, rank
from quintet.model.terms import Rows, Scores
from quintet.model.tracks import TrackTable

Ranker = Callable[[Rows], Scores]
"""Scores of every track for seeds given by row."""


@dataclass(frozen=True, eq=False)
class Outcome:
    """What was found for every list of a protocol, in its order.

    Parameters
    ----------
    name : str
        Of the way of ranking.
    tracks : TrackTable
        Of its catalogue.
    values : float64 array, shape (lists, 5)
        Columns as `measures.MEASURES`; 0 where no seed is in the catalogue.
    listed : sequence of int arrays
        The first `SHORT` rows of every list.
    seeds_back, not_finite : int
        Lists that held a seed or another release of one; lists with a score that is no number.
    median_ms : float
        Time to score and rank one list.
    """

    name: str
    tracks: TrackTable
    values: Floats
    listed: Sequence[Rows]
    seeds_back: int
    not_finite: int
    median_ms: float

    def measure(self, name: str) -> Interval:
        """Return the mean over lists of one of `MEASURES`, with its interval."""
        return mean(self.of(name))

    def of(self, name: str) -> Floats:
        """Return one of `MEASURES` for every list, shape (lists,)."""
        return self.values[:, MEASURES.index(name)]

    @cached_property
    def coverage(self) -> float:
        """The share of the catalogue's recordings that are in some list of `SHORT`."""
        rows = np.concatenate([*self.listed, np.zeros(0, dtype=np.intp)]).astype(np.intp)
        return len(np.unique(self.tracks.recording[rows])) / len(np.unique(self.tracks.recording))

    @cached_property
    def popularity(self) -> float:
        """The mean popularity, 0–100, of the tracks listed, where it is known; 0 where none is."""
        rows = np.concatenate([*self.listed, np.zeros(0, dtype=np.intp)]).astype(np.intp)
        values = self.tracks.popularity[rows]
        return float(np.nanmean(values)) if np.isfinite(values).any() else 0.0

    @cached_property
    def novelty(self) -> float:
        """Popularity turned round: the mean of -log2 of the share less or equally popular, in bits."""
        popularity = self.tracks.popularity
        rows = np.concatenate([*self.listed, np.zeros(0, dtype=np.intp)]).astype(np.intp)
        return float(surprise(popularity, popularity[rows]).mean()) if len(rows) else 0.0

    @cached_property
    def concentration(self) -> float:
        """The mean share of a list of `SHORT` that its commonest artist has."""
        names = self.tracks.first_artists
        shares = [
            max(Counter(names[int(row)] for row in rows).values()) / len(rows)
            for rows in self.listed
            if len(rows)
        ]
        return float(np.mean(shares)) if shares else 0.0

    def diversity(self, cosines: Callable[[Rows, Rows], Scores]) -> float:
        """Return one minus the mean cosine of the pairs of a list of `SHORT`, in a space common to all."""
        found = [_apart(cosines(rows, rows)) for rows in self.listed if len(rows) > 1]
        return float(np.mean(found)) if found else 0.0


def _apart(cosines: Scores) -> float:
    return 1 - float(cosines[~np.eye(len(cosines), dtype=bool)].mean())


def run(
    name: str, ranker: Ranker, tracks: TrackTable, protocol: Protocol, most_by_artist: int | None = None
) -> Outcome:
    """Rank for every list of a protocol and judge what comes.

    Parameters
    ----------
    name : str
        Of the way of ranking.
    ranker : callable
        Rows of seeds in, scores of every track out.
    tracks : TrackTable
        The ranker's catalogue; it need not be the protocol's: a seed it lacks is left out.
    protocol : Protocol
        The lists.
    most_by_artist : int, optional
        At most so many tracks of one artist in a list; the others make room.
    """
    recordings = np.array([protocol.recording_of.get(track_id, -1) for track_id in tracks.track_id])
    caps = (Cap("most_by_artist", _artists(tracks), most_by_artist),) if most_by_artist else ()
    values, listed = np.zeros((len(protocol.lists), len(MEASURES))), []
    seeds_back = not_finite = 0
    times = []
    for place, one in enumerate(protocol.lists):
        seeds = _known(one, tracks)
        if not len(seeds):
            listed.append(seeds)
            continue
        started = perf_counter()
        scores = ranker(seeds)
        finite = bool(np.isfinite(scores).all())
        scores = scores if finite else np.nan_to_num(scores, nan=-np.inf)
        length = max(LONG, len(one.truth))
        rows = rank(scores, Rules(tracks, seeds, caps), length)
        times.append(perf_counter() - started)
        found = recordings[rows]
        values[place] = judge(found.tolist(), one.truth)
        not_finite += not finite
        seeds_back += bool(np.isin(found, recordings[seeds]).any())
        listed.append(rows[:SHORT])
    median_ms = float(np.median(times)) * 1e3 if times else 0.0
    return Outcome(name, tracks, values, listed, seeds_back, not_finite, median_ms)


def joined(protocol: Protocol, parts: Mapping[int, Outcome]) -> Outcome:
    """Return the outcome of a protocol, put together from those of its folds.

    Parameters
    ----------
    protocol : Protocol
        All lists.
    parts : mapping of int to Outcome
        By fold, each on that fold's lists in the protocol's order.
    """
    first = next(iter(parts.values()))
    places = {fold: iter(zip(part.values, part.listed, strict=True)) for fold, part in parts.items()}
    found = [next(places[one.fold]) for one in protocol.lists]
    return Outcome(
        first.name,
        first.tracks,
        np.array([values for values, _ in found]).reshape(-1, len(MEASURES)),
        [listed for _, listed in found],
        sum(part.seeds_back for part in parts.values()),
        sum(part.not_finite for part in parts.values()),
        float(np.median([part.median_ms for part in parts.values()])),
    )


def _known(one: HeldOutList, tracks: TrackTable) -> Rows:
    rows = (tracks.row(seed) for seed in one.seeds)
    return np.array(sorted(row for row in rows if row is not None), dtype=np.intp)


def _artists(tracks: TrackTable) -> NDArray[np.int32]:
    """Return the first artist of every track, numbered from 1."""
    numbers: dict[str, int] = {}
    found = [numbers.setdefault(name.casefold(), len(numbers) + 1) for name in tracks.first_artists]
    return np.array(found, dtype=np.int32)
