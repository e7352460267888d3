"""Nearness of genres: one small product over the distinct genre sets. Vectors are in `genres`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quintet.model.config import COSINE, EUCLIDEAN
from quintet.model.genres import GenreBlock
from quintet.model.seeds import Guest, Seeds, mean_of
from quintet.model.terms import GENRE, OTHER, Contribution, Groups, Rows, Scores, quantile, unit

MAX_GENRES = 6  # named one by one in a reason; the rest is one sum


@dataclass(frozen=True, slots=True)
class GenreTerm:
    """Nearness of genres: one product over the distinct genre sets, gathered to all tracks.

    With unit vectors, `1 - distance² / 2` is the cosine; with a mean of unit vectors it is the cosine's
    product and a constant. Both metrics are therefore one product, and split into the same contributions.
    """

    block: GenreBlock
    weight: float
    metric: str
    unknown_quantile: float
    name: str = "genres"

    @property
    def groups(self) -> Groups:
        """See `Term.groups`."""
        return self.block.set_of_row

    @property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return bool((self.block.set_of_row > 0).any())

    def applies(self, seeds: Seeds) -> bool:
        """See `Term.applies`."""
        known = (self.block.set_of_row[seeds.rows] > 0).any()
        return bool(known or any(guest.genres.any() for guest in seeds.guests))

    def match(self, seeds: Seeds, weight: float) -> GenreMatch:
        """See `Term.match`."""
        sets = self.block.set_of_row[seeds.rows]
        guests = [guest.genres for guest in seeds.guests if guest.genres.any()]
        profile, constant = mean_of(self.block.vectors.mean, sets[sets > 0], guests), 0.0
        if self.metric == COSINE:
            profile = unit(profile)
        elif self.metric == EUCLIDEAN:
            constant = weight * 0.5 * (1.0 - float(profile @ profile))
        profile = profile * np.float32(weight)
        by_set = self.block.vectors.product(profile) + np.float32(constant)
        by_set[0] = quantile(by_set[1:], self.unknown_quantile)
        return GenreMatch(self.block, profile, by_set, constant)

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """See `Term.pairs`."""
        return self.block.vectors.pairs(self.block.set_of_row[rows], self.block.set_of_row[others])

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """See `Term.to_guest`."""
        return self.block.vectors.times(self.block.set_of_row[rows], guest.genres)

    def between(self, guest: Guest, other: Guest) -> float:
        """See `Term.between`."""
        return float(guest.genres @ other.genres)


class GenreMatch:
    """The genre term of one profile."""

    def __init__(self, block: GenreBlock, profile: Scores, by_set: Scores, constant: float) -> None:
        self._block, self._profile, self._constant = block, profile, constant
        self.table = by_set

    @property
    def groups(self) -> Groups:
        """The genre set of every row."""
        return self._block.set_of_row

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """See `Match.contributions`."""
        return [self._of_set(genre_set) for genre_set in self._block.set_of_row[rows].tolist()]

    def _of_set(self, genre_set: int) -> list[Contribution]:
        if genre_set == 0:
            return [Contribution(OTHER, "genres unknown", float(self.table[0]))]
        columns, values = self._block.vectors.entries(genre_set)
        products = zip((self._profile[columns] * values).tolist(), columns.tolist(), strict=True)
        shared = sorted((pair for pair in products if pair[0] > 0), key=lambda pair: -pair[0])
        named = [
            Contribution(GENRE, self._block.terms[column], value) for value, column in shared[:MAX_GENRES]
        ]
        rest = sum(value for value, _ in shared[MAX_GENRES:])
        parts = ((rest, "more genres"), (self._constant, "length"))
        return named + [Contribution(OTHER, name, value) for value, name in parts if value]
