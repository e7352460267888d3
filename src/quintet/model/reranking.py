"""A second look at the best candidates, with what playlists taught: content scores in, re-ranked scores out.

numpy only. What is used here is learnt in `list_learning`; rows are chosen in `ranking`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quintet.model.config import WEIGHTS
from quintet.model.forest import Forest
from quintet.model.seeds import Seeds
from quintet.model.terms import OTHER, Contribution, Match, Rows, Scores, Term

POOL = 300
"""How many candidates are looked at twice: more than the longest list."""
BOUND = 0.1
"""The most a second look can add to a score or take from it."""
SCALE = 30.0
"""Trees are grown on top of scores times this: their sums are so many times too large."""
BEST = 100
"""How far a candidate is ahead is told from the mean score of so many."""
LEAD, LISTS, MOST = "lead", "playlists", ":nearest seed"
FEATURES = (LEAD, *(name + how for name in (*WEIGHTS, LISTS) for how in ("", MOST)))
"""What the trees may look at; what stands before a colon is what a listener reads."""
LEARNT = "learnt from playlists"


@dataclass(frozen=True, eq=False)
class Reranker:
    """What is learnt from playlists.

    Parameters
    ----------
    forest : Forest
        How a candidate's score should move; its features are among `FEATURES`.
    vectors : float32 array, shape (n, d)
        Every track on axes that tell playlists apart, L2-normalised.
    """

    forest: Forest
    vectors: NDArray[np.float32]

    def among(self, rows: Rows) -> Scores:
        """Return how near tracks are to each other as playlists see it: cosines, shape (rows, rows)."""
        places = self.vectors[rows]
        return places @ places.T

    def second_look(
        self, scores: Scores, pool: Rows, matches: Sequence[tuple[Term, Match]], seeds: Seeds
    ) -> SecondLook:
        """Say how the scores of a pool should move.

        Parameters
        ----------
        scores : float32 array, shape (n,)
            Of every track.
        pool : int array, shape (p,)
            The best rows that a list may hold, best first, at least one.
        matches : sequence of (Term, Match)
            What the scores are the sum of.
        seeds : Seeds
            At least one of the catalogue; guests have no place among the playlists' axes.
        """
        found = content_features(scores, pool, matches, seeds)
        found |= list_features(self.vectors, pool, seeds.rows)
        return SecondLook(
            self.forest, pool, self.forest.leaves(table(found, self.forest.features, len(pool)))
        )


class SecondLook:
    """How the scores of one request's pool move, and why.

    Every track outside the pool is put `BOUND` lower, and none inside by more: the pool stays ahead of the
    others, and these keep their order.
    """

    def __init__(self, forest: Forest, pool: Rows, leaves: NDArray[np.int8]) -> None:
        self._forest, self._pool, self._leaves = forest, pool, leaves
        self._moves = np.clip(forest.sums(leaves) / np.float32(SCALE), -BOUND, BOUND)

    def moved(self, scores: Scores) -> Scores:
        """Return every track's score after the second look, float32, shape (n,)."""
        after = scores - np.float32(BOUND)
        after[self._pool] = scores[self._pool] + self._moves
        return after

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """Return what the second look adds to each row, by what it is owed to; the values add up to it."""
        places = {row: place for place, row in enumerate(self._pool.tolist())}
        return [self._parts(places.get(row)) for row in rows.tolist()]

    def _parts(self, place: int | None) -> list[Contribution]:
        if place is None:
            return [Contribution(OTHER, f"{LEARNT}: not among the {POOL} nearest", -BOUND)]
        shares = self._forest.shares(self._leaves[place : place + 1])[0].astype(np.float64)
        whole = float(shares.sum())
        shares *= float(self._moves[place]) / whole if whole else 0.0
        by_name: dict[str, float] = {}
        for feature, share in zip(self._forest.features, shares.tolist(), strict=True):
            name = feature.partition(":")[0]
            by_name[name] = by_name.get(name, 0.0) + share
        return [Contribution(OTHER, f"{LEARNT}: {name}", value) for name, value in by_name.items() if value]


def content_features(
    scores: Scores, pool: Rows, matches: Sequence[tuple[Term, Match]], seeds: Seeds
) -> dict[str, Scores]:
    """Return what candidates have in common with the seeds, by name, each float32, shape (p,).

    `LEAD` is how far a score lies above the mean of the best; then for every term the mean likeness to the
    seeds, and the likeness to the nearest one.
    """
    best = scores[pool]
    found = {LEAD: best - best[:BEST].mean() if len(pool) else best}
    whole = sum(term.weight for term, _ in matches)
    for term, match in matches:
        places = pool if match.groups is None else match.groups[pool]
        found[term.name] = match.table[places] * np.float32(whole / term.weight)
        found[term.name + MOST] = _nearest(term, pool, seeds)
    return found


def _nearest(term: Term, pool: Rows, seeds: Seeds) -> Scores:
    """Return the likeness to the seed, or guest, that is most like, shape (p,)."""
    likeness: Scores = term.pairs(pool, seeds.rows).max(axis=1)
    for guest in seeds.guests:
        likeness = np.maximum(likeness, term.to_guest(pool, guest))
    return likeness


def list_features(vectors: NDArray[np.float32], pool: Rows, seeds: Rows) -> dict[str, Scores]:
    """Return how near candidates are to the seeds and to the nearest of them, as playlists see it."""
    cosines = vectors[pool] @ vectors[seeds].T
    return {LISTS: cosines.mean(axis=1), LISTS + MOST: cosines.max(axis=1)}


def table(found: Mapping[str, Scores], features: Sequence[str], rows: int) -> NDArray[np.float32]:
    """Return features as columns, shape (rows, f); 0 where something cannot be compared."""
    nothing = np.zeros(rows, dtype=np.float32)
    return np.column_stack([found.get(name, nothing) for name in features]).astype(np.float32)
