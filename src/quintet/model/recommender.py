"""The recommender that serves: seeds in, a ranked and explained list out; numpy and scipy only.

The whole catalogue is scored exactly, with no approximate index. Vectors are in `genres` and `audio`, scores
in `terms`, the choice of rows in `ranking`, the words in `reasons`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

import numpy as np

from quintet.errors import ModelError
from quintet.model import artifact
from quintet.model.audio import DIMENSIONS
from quintet.model.fitted import FittedModel
from quintet.model.ranking import rank
from quintet.model.reasons import Reasons, Traits, explain
from quintet.model.spreading import Spreading
from quintet.model.terms import Match, Rows, Scores, Term
from quintet.model.tracks import TrackTable


@dataclass(frozen=True, slots=True)
class RecommendedTrack:
    """One entry of a list.

    Parameters
    ----------
    row : int
        Its row in `Recommender.tracks`.
    track_id : str
        Its id.
    rank : int
        From 1.
    score : float
        Higher is better, 1 at most; falls with rank.
    reasons : Reasons
        Why it is here; the contributions add up to the score.
    """

    row: int
    track_id: str
    rank: int
    score: float
    reasons: Reasons


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A list, and what its reader should know about it."""

    items: tuple[RecommendedTrack, ...]
    warnings: tuple[str, ...] = ()


class Recommender:
    """Ranks a catalogue for a set of seeds; holds no state between requests and is safe to share by threads.

    Parameters
    ----------
    model : FittedModel
        In memory or memory-mapped.
    """

    def __init__(self, model: FittedModel) -> None:
        self.model = model
        self._terms = tuple(term for term in model.terms() if term.usable)
        self._spreading = Spreading(self._terms, len(model.tracks))

    @classmethod
    def open(cls, folder: Path) -> Recommender:
        """Open an artifact, memory-mapped; damage to the files is `artifact.verify`'s to find.

        Raises
        ------
        ArtifactError
            If the folder is of another format, or a file is missing or unreadable.
        """
        return cls(artifact.load(folder))

    @property
    def tracks(self) -> TrackTable:
        """Every track's facts, by row."""
        return self.model.tracks

    def recommend(self, seeds: Sequence[str], k: int = 10) -> Recommendation:
        """Rank the catalogue for the seeds.

        Parameters
        ----------
        seeds : sequence of str
            Track ids, at least one; order and repeats do not matter.
        k : int
            How many tracks to return, at least 1; fewer come only if the catalogue has no more.

        Returns
        -------
        Recommendation
            No seed, no other release of a seed's recording, one version of a song; scores fall, ranks run
            from 1.

        Raises
        ------
        UnknownTrackError
            Naming the seeds that are not in the catalogue.
        ModelError
            If there is no seed or `k` is below 1.
        """
        if not seeds or k < 1:
            raise ModelError("a recommendation needs at least one seed, and k of at least 1")
        seed_rows = np.unique(np.asarray(self.tracks.rows(seeds), dtype=np.intp))
        matches = self._matches(seed_rows)
        scores = self._total(matches)
        rows = rank(scores, self.tracks, seed_rows, k)
        items = self._items(rows, scores, matches, seed_rows)
        return Recommendation(items, self._warnings(matches, len(items), k))

    def scores(self, seed_rows: Rows) -> Scores:
        """Return every track's score for seeds given by row, float32, shape (n,)."""
        return self._total(self._matches(seed_rows))

    def _total(self, matches: Sequence[tuple[Term, Match]]) -> Scores:
        return self._spreading.total([match for _, match in matches])

    def _matches(self, seed_rows: Rows) -> list[tuple[Term, Match]]:
        """Match every term the seeds can be compared by; those share the whole weight."""
        able = [term for term in self._terms if term.applies(seed_rows)]
        whole = sum(term.weight for term in able)
        return [(term, term.match(seed_rows, term.weight / whole)) for term in able]

    def _items(
        self, rows: Rows, scores: Scores, matches: Sequence[tuple[Term, Match]], seed_rows: Rows
    ) -> tuple[RecommendedTrack, ...]:
        seeds, listed = self._traits(seed_rows, self._directions(seed_rows)), self._traits(rows)
        closest = np.argmax(self.cosines(rows, seed_rows), axis=1).tolist()
        by_term = [match.contributions(rows) for _, match in matches]
        items = []
        for i, (row, seed, own) in enumerate(zip(rows.tolist(), closest, listed, strict=True)):
            parts = [part for term in by_term for part in term[i]]
            reasons = explain(seeds[seed], own, parts)
            items.append(RecommendedTrack(row, own.track_id, i + 1, float(scores[row]), reasons))
        return tuple(items)

    def _directions(self, rows: Rows) -> list[dict[str, int]]:
        audio = self.model.audio
        found = audio.directions(rows, audio.scaled(rows)).tolist()
        return [dict(zip(DIMENSIONS, directions, strict=True)) for directions in found]

    def _traits(self, rows: Rows, directions: Iterable[Mapping[str, int]] = ()) -> list[Traits]:
        """Return what a sentence may say of tracks."""
        tracks, years = self.tracks, self.model.years
        dates = years.of_row[rows]
        released = np.where(years.known[dates], years.values[dates], -1).tolist()
        popularity = tracks.popularity[rows].tolist()
        artists = self.model.artists.of_row[rows].tolist()
        facts = zip(rows.tolist(), released, popularity, artists, chain(directions, repeat({})), strict=False)
        return [
            Traits(
                track_id=tracks.track_id[row],
                name=tracks.track_name[row],
                directions=found,
                genres=tuple(tracks.genres_of(row)),
                artist=artist,
                year=year if year >= 0 else None,
                popularity=None if popular != popular else int(popular),
            )
            for row, year, popular, artist, found in facts
        ]

    def cosines(self, rows: Rows, others: Rows) -> Scores:
        """Return the weighted cosine of every row with every other, float32, shape (rows, others)."""
        whole = sum(term.weight for term in self._terms)
        cosines = np.zeros((len(rows), len(others)), dtype=np.float32)
        for term in self._terms:
            cosines += np.float32(term.weight / whole) * term.pairs(rows, others)
        return cosines

    def _warnings(self, matches: Sequence[tuple[Term, Match]], found: int, k: int) -> tuple[str, ...]:
        used = {term.name for term, _ in matches}
        warnings = [
            f"no seed has {term.name}: {term.name} did not count"
            for term in self._terms
            if term.name not in used
        ]
        if found < k:
            warnings.append(f"only {found} of {k} asked for: the catalogue has no more")
        return tuple(warnings)
