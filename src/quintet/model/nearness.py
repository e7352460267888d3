"""How alike songs are, pair by pair, by all terms together: tracks of the catalogue and guests.

A score compares every track with all seeds at once; that is `terms`' and `recommender`'s matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quintet.model.seeds import Guest, Seeds
from quintet.model.terms import Rows, Scores, Term


class Nearness:
    """The weighted mean of the likenesses of terms.

    Parameters
    ----------
    terms : sequence of Term
        At least one.
    """

    def __init__(self, terms: Sequence[Term]) -> None:
        whole = sum(term.weight for term in terms)
        self._terms = [(np.float32(term.weight / whole), term) for term in terms]

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """Return the likeness of every row and every other, float32, shape (rows, others)."""
        likeness = np.zeros((len(rows), len(others)), dtype=np.float32)
        for weight, term in self._terms:
            likeness += weight * term.pairs(rows, others)
        return likeness

    def to_seeds(self, rows: Rows, seeds: Seeds) -> Scores:
        """Return the likeness of every row and every seed, float32, shape (rows, seeds)."""
        likeness = self.pairs(rows, seeds.rows)
        if not seeds.guests:
            return likeness
        return np.column_stack([likeness, *(self._to_guest(rows, guest) for guest in seeds.guests)])

    def among(self, seeds: Seeds) -> Scores:
        """Return the likeness of every two seeds, float32, shape (seeds, seeds)."""
        to_rows = self.to_seeds(seeds.rows, seeds)
        if not seeds.guests:
            return to_rows
        between = [[self._between(one, other) for other in seeds.guests] for one in seeds.guests]
        to_guests = np.column_stack([to_rows[:, len(seeds.rows) :].T, np.array(between, dtype=np.float32)])
        return np.vstack([to_rows, to_guests])

    def _to_guest(self, rows: Rows, guest: Guest) -> Scores:
        parts = [weight * term.to_guest(rows, guest) for weight, term in self._terms]
        return np.asarray(np.sum(parts, axis=0), dtype=np.float32)

    def _between(self, guest: Guest, other: Guest) -> float:
        return float(sum(weight * term.between(guest, other) for weight, term in self._terms))
