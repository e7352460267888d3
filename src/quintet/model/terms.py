"""The parts of a score: each says how near every track is to a profile, and what that nearness is made of.

A score is the sum of its terms. Which rows win is `ranking`'s matter, what a listener reads `reasons`'.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from quintet.model.audio import DIMENSIONS, AudioBlock
from quintet.model.config import COSINE
from quintet.model.genres import GenreBlock

Rows = NDArray[np.intp]
Scores = NDArray[np.float32]
GENRE, FEATURE, OTHER = "genre", "feature", "other"
KEY = DIMENSIONS.index("key")  # the first of its two dimensions, which are the last
MAX_GENRES = 6  # named one by one in a reason; the rest is one sum


@dataclass(frozen=True, slots=True)
class Contribution:
    """A named part of a score.

    Parameters
    ----------
    kind : str
        "genre", "feature" or "other".
    name : str
        The genre term or audio feature; of "other": "genres unknown", "audio unknown", "more genres" or
        "length".
    value : float
        What it adds to the score.
    direction : int
        Of a feature: 1 where the track lies clearly above the catalogue's middle, -1 below, else 0.
    """

    kind: str
    name: str
    value: float
    direction: int = 0


class Match(Protocol):
    """How near every track is to one profile, by one term."""

    @property
    def scores(self) -> Scores:
        """Every track's score, float32, shape (n,)."""
        ...

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """Return what each row's score is made of; the values add up to it."""
        ...


class Term(Protocol):
    """A named, weighted part of every score."""

    @property
    def name(self) -> str:
        """What is compared, as warnings call it."""
        ...

    @property
    def weight(self) -> float:
        """Its share of a score."""
        ...

    def applies(self, seeds: Rows) -> bool:
        """Tell whether any seed has what this term compares."""
        ...

    def match(self, seeds: Rows, weight: float) -> Match:
        """Compare all tracks with seeds it applies to, counting for `weight`."""
        ...

    def pairs(self, rows: Rows, seeds: Rows) -> Scores:
        """Return the cosine of each row with each seed, shape (rows, seeds); 0 where one lacks the block."""
        ...


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    norm = float(np.linalg.norm(vector))
    return vector / np.float32(norm) if norm > 0 else vector


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

    def applies(self, seeds: Rows) -> bool:
        """See `Term.applies`."""
        return bool((self.block.set_of_row[seeds] > 0).any())

    def match(self, seeds: Rows, weight: float) -> GenreMatch:
        """See `Term.match`."""
        profile = self.block.mean(seeds)
        if self.metric == COSINE:
            profile, constant = _unit(profile), 0.0
        else:
            constant = weight * 0.5 * (1.0 - float(profile @ profile))
        profile = profile * np.float32(weight)
        by_set = np.asarray(self.block.vectors @ profile + np.float32(constant), dtype=np.float32)
        by_set[0] = np.quantile(by_set[1:], self.unknown_quantile, method="lower")
        return GenreMatch(self.block, profile, by_set, constant)

    def pairs(self, rows: Rows, seeds: Rows) -> Scores:
        """See `Term.pairs`."""
        seed_vectors = self.block.dense(seeds)
        cosines = np.empty((len(rows), len(seeds)), dtype=np.float32)
        for i, genre_set in enumerate(self.block.set_of_row[rows].tolist()):
            columns, values = self.block.entries(genre_set)
            cosines[i] = seed_vectors[:, columns] @ values
        return cosines


class GenreMatch:
    """The genre term of one profile."""

    def __init__(self, block: GenreBlock, profile: Scores, by_set: Scores, constant: float) -> None:
        self._block, self._profile, self._by_set, self._constant = block, profile, by_set, constant
        self.scores = np.take(by_set, block.set_of_row)

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """See `Match.contributions`."""
        return [self._of_set(genre_set) for genre_set in self._block.set_of_row[rows].tolist()]

    def _of_set(self, genre_set: int) -> list[Contribution]:
        if genre_set == 0:
            return [Contribution(OTHER, "genres unknown", float(self._by_set[0]))]
        columns, values = self._block.entries(genre_set)
        products = zip((self._profile[columns] * values).tolist(), columns.tolist(), strict=True)
        shared = sorted((pair for pair in products if pair[0] > 0), key=lambda pair: -pair[0])
        named = [
            Contribution(GENRE, self._block.terms[column], value) for value, column in shared[:MAX_GENRES]
        ]
        rest = sum(value for value, _ in shared[MAX_GENRES:])
        parts = ((rest, "more genres"), (self._constant, "length"))
        return named + [Contribution(OTHER, name, value) for value, name in parts if value]


@dataclass(frozen=True, slots=True)
class AudioTerm:
    """Nearness of sound: one dense product over all tracks."""

    block: AudioBlock
    weight: float
    metric: str
    unknown_quantile: float
    name: str = "audio"

    def applies(self, seeds: Rows) -> bool:
        """See `Term.applies`."""
        return bool((self.block.lengths[seeds] > 0).any())

    def match(self, seeds: Rows, weight: float) -> AudioMatch:
        """See `Term.match`."""
        cosine = self.metric == COSINE
        profile = self.block.mean(seeds, unit=cosine)
        constant = 0.0 if cosine else weight * (1.0 - 0.5 * float(profile @ profile))
        profile = (_unit(profile) if cosine else profile) * np.float32(weight)
        lengths = None if cosine else self.block.lengths
        match = AudioMatch(self.block, profile, lengths, constant, weight)
        match.fill_unknown(self.unknown_quantile)
        return match

    def pairs(self, rows: Rows, seeds: Rows) -> Scores:
        """See `Term.pairs`."""
        return np.asarray(self.block.unit_vectors[rows] @ self.block.unit_vectors[seeds].T, dtype=np.float32)


class AudioMatch:
    """The audio term of one profile."""

    def __init__(
        self,
        block: AudioBlock,
        profile: Scores,
        lengths: Scores | None,
        constant: float,
        weight: float,
    ) -> None:
        self._block, self._profile, self._lengths = block, profile, lengths
        self._constant, self._weight = constant, weight
        self.scores = block.unit_vectors @ profile
        if lengths is not None:
            self.scores = constant + lengths * (self.scores - np.float32(0.5 * weight) * lengths)

    def fill_unknown(self, quantile: float) -> None:
        """Give tracks without audio the score that `quantile` of the others stay below."""
        unknown = self._block.without_audio
        if len(unknown):
            known = np.delete(self.scores, unknown)
            self.scores[unknown] = np.quantile(known, quantile, method="lower")

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """See `Match.contributions`."""
        block, weight = self._block, self._weight
        lengths = np.ones(len(rows), np.float32) if self._lengths is None else self._lengths[rows]
        products = (block.unit_vectors[rows] * self._profile * lengths[:, None]).tolist()
        directions = block.directions(rows).tolist()
        rests = [0.0] * len(rows)
        if self._lengths is not None:
            rests = (self._constant - 0.5 * weight * lengths.astype(np.float64) ** 2).tolist()
        parts = [_features(*row) for row in zip(products, directions, rests, strict=True)]
        for place in np.flatnonzero(block.lengths[rows] == 0).tolist():
            parts[place] = [Contribution(OTHER, "audio unknown", float(self.scores[rows[place]]))]
        return parts


def _features(products: list[float], directions: list[int], rest: float) -> list[Contribution]:
    """Return the parts of one row's audio score, the two dimensions of key as one."""
    named = zip(DIMENSIONS[:KEY], products, directions, strict=False)
    parts = [Contribution(FEATURE, name, value, direction) for name, value, direction in named]
    parts.append(Contribution(FEATURE, "key", sum(products[KEY:])))
    return [*parts, Contribution(OTHER, "length", rest)] if rest else parts
