"""Nearness of numbers: years, days and popularities, as small tables over their distinct values."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from quintet.model.terms import GroupMatch, Groups, Rows, Scores, neutral

FARTHEST = 12  # scales away: exp(-12) is nothing


@dataclass(frozen=True, eq=False)
class NumberBlock:
    """A whole number of every track, by its distinct values.

    Parameters
    ----------
    values : int32 array, shape (g,)
        The number of each group; of group 0, and where `known` is False, it means nothing.
    known : bool array, shape (g,)
        Whether the group has a number.
    of_row : int32 array, shape (n,)
        The group of every track.
    """

    values: NDArray[np.int32]
    known: NDArray[np.bool_]
    of_row: Groups

    @cached_property
    def counts(self) -> Scores:
        """Tracks by group, float32; 0 for a group without a number."""
        counts = np.bincount(self.of_row, minlength=len(self.values)).astype(np.float32)
        counts[~self.known] = 0
        return counts

    @cached_property
    def unknown(self) -> NDArray[np.intp]:
        """The groups without a number."""
        return np.flatnonzero(~self.known)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Each group's number, counted from the lowest there is; 0 for a group without one."""
        lowest = self.values[self.known].min(initial=np.iinfo(np.int32).max)
        return np.where(self.known, self.values.astype(np.intp) - lowest, 0)


@dataclass(frozen=True, eq=False)
class NearTerm:
    """The mean over the seeds of exp(-|difference| / scale).

    Parameters
    ----------
    block : NumberBlock
        What is compared.
    weight : float
        Its share of a score.
    scale : int
        The difference, in the number's own unit, at which likeness has fallen to 1/e.
    kind, name : str
        Of its contributions.
    """

    block: NumberBlock
    weight: float
    scale: int
    kind: str
    name: str
    _kernel: Scores = field(init=False, repr=False)

    def __post_init__(self) -> None:
        lags = np.arange(FARTHEST * self.scale + 1)
        object.__setattr__(self, "_kernel", np.exp(-lags / self.scale).astype(np.float32))

    @cached_property
    def _span(self) -> int:
        return int(self.block.places.max()) + 1

    @cached_property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return bool(self.block.counts[1:].any())

    def applies(self, seeds: Rows) -> bool:
        """See `Term.applies`."""
        return bool(self.block.known[self.block.of_row[seeds]].any())

    def match(self, seeds: Rows, weight: float) -> GroupMatch:
        """See `Term.match`."""
        block = self.block
        groups = block.of_row[seeds]
        near = self._nearness(block.places[groups[block.known[groups]]]) * np.float32(weight)
        table = near[block.places]
        table[block.unknown] = neutral(table, block.counts)
        return GroupMatch(self.kind, self.name, table, block.of_row)

    def _nearness(self, seeds: NDArray[np.intp]) -> Scores:
        """Return the mean kernel at every place from the lowest to the highest: each seed adds a peak."""
        numbers, reach = np.zeros(self._span, dtype=np.float32), len(self._kernel) - 1
        peak = np.concatenate([self._kernel[:0:-1], self._kernel])
        for place in seeds.tolist():
            first, last = max(0, place - reach), min(len(numbers), place + reach + 1)
            numbers[first:last] += peak[first - place + reach : last - place + reach]
        return np.asarray(numbers / np.float32(len(seeds)), dtype=np.float32)

    def pairs(self, rows: Rows, seeds: Rows) -> Scores:
        """See `Term.pairs`."""
        left, right = self.block.of_row[rows], self.block.of_row[seeds]
        both = np.logical_and.outer(self.block.known[left], self.block.known[right])
        likeness = self._likeness(self.block.values[left], self.block.values[right])
        return np.asarray(likeness * both, dtype=np.float32)

    def _likeness(self, left: NDArray[np.int32], right: NDArray[np.int32]) -> Scores:
        """Return the kernel of every pair, shape (left, right): a look-up, not an exponential."""
        lags = np.abs(left[:, None] - right[None, :])
        places: NDArray[np.intp] = np.minimum(lags, len(self._kernel) - 1).astype(np.intp)
        return np.asarray(self._kernel[places], dtype=np.float32)
