"""Nearness of sound: one dense product over all tracks. Vectors are in `audio`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from quintet.model.audio import DIMENSIONS, AudioBlock
from quintet.model.config import COSINE, EUCLIDEAN
from quintet.model.seeds import Guest, Seeds, mean_of
from quintet.model.terms import FEATURE, OTHER, Contribution, Rows, Scores, quantile, unit

KEY = DIMENSIONS.index("key")  # the first of its two dimensions, which are the last


@dataclass(frozen=True, slots=True)
class AudioTerm:
    """Nearness of sound: one dense product over all tracks."""

    block: AudioBlock
    weight: float
    metric: str
    unknown_quantile: float
    name: str = "audio"

    @property
    def groups(self) -> None:
        """See `Term.groups`."""
        return None

    @property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return len(self.block.without_audio) < len(self.block.lengths)

    def applies(self, seeds: Seeds) -> bool:
        """See `Term.applies`."""
        heard = (self.block.lengths[seeds.rows] > 0).any()
        return bool(heard or any(guest.sound_length > 0 for guest in seeds.guests))

    def match(self, seeds: Seeds, weight: float) -> AudioMatch:
        """See `Term.match`."""
        euclidean = self.metric == EUCLIDEAN
        profile = self._mean(seeds, unit=not euclidean)
        constant = weight * (1.0 - 0.5 * float(profile @ profile)) if euclidean else 0.0
        profile = (unit(profile) if self.metric == COSINE else profile) * np.float32(weight)
        lengths = self.block.lengths if euclidean else None
        match = AudioMatch(self.block, profile, lengths, constant, weight)
        match.fill_unknown(self.unknown_quantile)
        return match

    def _mean(self, seeds: Seeds, unit: bool) -> Scores:
        """Return the mean vector of the seeds that have audio; `unit`: each counts with length 1."""
        rows = seeds.rows[self.block.lengths[seeds.rows] > 0]
        lengths = (np.float32(1 if unit else guest.sound_length) for guest in seeds.guests)
        guests = [
            guest.sound * length
            for guest, length in zip(seeds.guests, lengths, strict=True)
            if guest.sound_length
        ]
        return mean_of(lambda some: self.block.mean(some, unit), rows, guests)

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """See `Term.pairs`."""
        return np.asarray(self.block.unit_vectors[rows] @ self.block.unit_vectors[others].T, dtype=np.float32)

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """See `Term.to_guest`."""
        return np.asarray(self.block.unit_vectors[rows] @ guest.sound, dtype=np.float32)

    def between(self, guest: Guest, other: Guest) -> float:
        """See `Term.between`."""
        return float(guest.sound @ other.sound)


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
        self.groups = None
        self.table = block.unit_vectors @ profile
        if lengths is not None:
            self.table = constant + lengths * (self.table - np.float32(0.5 * weight) * lengths)

    def fill_unknown(self, share: float) -> None:
        """Give tracks without audio the score that `share` of the others stay below."""
        unknown = self._block.without_audio
        if len(unknown):
            known = np.delete(self.table, unknown)
            self.table[unknown] = quantile(known, share)

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """See `Match.contributions`."""
        block, weight = self._block, self._weight
        lengths = block.lengths[rows]
        divisors = np.where(lengths > 0, lengths, 1) if self._lengths is None else np.ones(len(rows))
        by_feature = block.axes @ self._profile
        scaled = block.scaled(rows)
        products = (scaled * by_feature / divisors[:, None]).tolist()
        directions = block.directions(block.features[rows], scaled).tolist()
        rests = [0.0] * len(rows)
        if self._lengths is not None:
            rests = (self._constant - 0.5 * weight * lengths.astype(np.float64) ** 2).tolist()
        parts = [_features(*row) for row in zip(products, directions, rests, strict=True)]
        for place in np.flatnonzero(block.lengths[rows] == 0).tolist():
            parts[place] = [Contribution(OTHER, "audio unknown", float(self.table[rows[place]]))]
        return parts


def _features(products: list[float], directions: list[int], rest: float) -> list[Contribution]:
    """Return the parts of one row's audio score, the two dimensions of key as one."""
    named = zip(DIMENSIONS[:KEY], products, directions, strict=False)
    parts = [Contribution(FEATURE, name, value, direction) for name, value, direction in named]
    parts.append(Contribution(FEATURE, "key", sum(products[KEY:])))
    return [*parts, Contribution(OTHER, "length", rest)] if rest else parts
