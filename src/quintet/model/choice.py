"""A list before anything is said of it, and what its scores are made of. It is made in `recommender`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quintet.model.dials import Dial
from quintet.model.greedy import Pick
from quintet.model.reranking import SecondLook
from quintet.model.seeds import Seeds
from quintet.model.terms import OTHER, Contribution, Match, Rows, Scores, Term


@dataclass(frozen=True, eq=False, slots=True)
class View:
    """The catalogue as the seeds of one taste see it.

    Parameters
    ----------
    seeds : Seeds
        Those of the taste.
    matches : sequence of (Term, Match)
        What tracks say of themselves, compared with the seeds.
    look : SecondLook or None
        What playlists say of the best of them, where the model learnt from any.
    scores : float32 array of shape (n,)
        The sum of both, for every track.
    """

    seeds: Seeds
    matches: Sequence[tuple[Term, Match]]
    look: SecondLook | None
    scores: Scores

    @property
    def sources(self) -> tuple[Match | SecondLook, ...]:
        """All that scores are the sum of."""
        return (*(match for _, match in self.matches), *([] if self.look is None else [self.look]))


@dataclass(frozen=True, eq=False, slots=True)
class Choice:
    """The tracks of a list, and what they were chosen by.

    Parameters
    ----------
    seeds : Seeds
        All that were asked for.
    views : sequence of View
        The catalogue by each taste.
    dials : sequence of Dial
        Those not at rest.
    picks : sequence of Pick
        The tracks, best first.
    warnings : tuple of str
        What could not be done as asked.
    """

    seeds: Seeds
    views: Sequence[View]
    dials: Sequence[Dial]
    picks: Sequence[Pick]
    warnings: tuple[str, ...]

    @property
    def rows(self) -> Rows:
        """The rows of the picks, shape (k,)."""
        return _rows(self.picks)

    def given(self) -> list[list[Contribution]]:
        """Return what the seeds of its taste gave to each listed track."""
        parts: list[list[Contribution]] = [[] for _ in self.picks]
        for taste, view in enumerate(self.views):
            places = [place for place, pick in enumerate(self.picks) if pick.taste == taste]
            rows = _rows([self.picks[place] for place in places])
            for source in view.sources:
                for place, found in zip(places, source.contributions(rows), strict=True):
                    parts[place] += found
        return parts

    def taken(self) -> list[list[Contribution]]:
        """Return what dials and the rest of the list took from each listed track."""
        rows = self.rows
        by_dial = [[Contribution(OTHER, dial.name, value) for value in dial.of(rows)] for dial in self.dials]
        return [[*pick.taken, *(parts[i] for parts in by_dial)] for i, pick in enumerate(self.picks)]


def _rows(picks: Sequence[Pick]) -> Rows:
    return np.array([pick.row for pick in picks], dtype=np.intp)
