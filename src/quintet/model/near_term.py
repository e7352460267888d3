"""Nearness of numbers: years, days and popularities, as small tables over their distinct values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from quintet.model.seeds import Guest, Seeds
from quintet.model.terms import GroupMatch, Groups, Rows, Scores, shares

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
    def shares(self) -> Scores:
        """Each group's share of the tracks that have a number, float32."""
        return shares(self.counts)

    @cached_property
    def unknown(self) -> NDArray[np.intp]:
        """The groups without a number."""
        return np.flatnonzero(~self.known)

    @cached_property
    def places(self) -> NDArray[np.intp]:
        """Each group's number, counted from the lowest there is; 0 for a group without one."""
        return np.where(self.known, self.values.astype(np.intp) - self.lowest, 0)

    @cached_property
    def lowest(self) -> int:
        """The lowest number there is."""
        return int(self.values[self.known].min(initial=np.iinfo(np.int32).max))


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
        kernel = np.exp(-lags / self.scale).astype(np.float32)
        kernel[-1] = 0  # so far that it counts as having nothing to do with each other
        object.__setattr__(self, "_kernel", kernel)

    @cached_property
    def _peak(self) -> Scores:
        return np.concatenate([self._kernel[:0:-1], self._kernel])

    @cached_property
    def _span(self) -> int:
        return int(self.block.places.max()) + 1

    @property
    def groups(self) -> Groups:
        """See `Term.groups`."""
        return self.block.of_row

    @cached_property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return bool(self.block.counts[1:].any())

    def applies(self, seeds: Seeds) -> bool:
        """See `Term.applies`."""
        known = self.block.known[self.block.of_row[seeds.rows]].any()
        return bool(known or any(self.name in guest.numbers for guest in seeds.guests))

    def match(self, seeds: Seeds, weight: float) -> GroupMatch:
        """See `Term.match`."""
        block = self.block
        groups = block.of_row[seeds.rows]
        places = block.places[groups[block.known[groups]]].tolist()
        guests = [self._place(guest) for guest in seeds.guests if self.name in guest.numbers]
        near = self._nearness([*places, *guests], weight)
        table = near[block.places]
        table[block.unknown] = block.shares @ table
        return GroupMatch(self.kind, self.name, table, block.of_row)

    def _place(self, guest: Guest) -> int:
        return guest.numbers[self.name] - self.block.lowest

    def _nearness(self, seeds: Sequence[int], weight: float) -> Scores:
        """Return the mean kernel, times `weight`, from the lowest place to the highest: each seed a peak."""
        numbers, reach = np.zeros(self._span, dtype=np.float32), len(self._kernel) - 1
        peak = self._peak * np.float32(weight / len(seeds))
        for place in seeds:
            first, last = max(0, place - reach), min(len(numbers), place + reach + 1)
            if first < last:  # a guest may be far from all there is
                numbers[first:last] += peak[first - place + reach : last - place + reach]
        return numbers

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """See `Term.pairs`."""
        left, right = self.block.of_row[rows], self.block.of_row[others]
        return self._likeness(self._numbers[0][left][:, None] - self._numbers[1][right])

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """See `Term.to_guest`."""
        groups = self.block.of_row[rows]
        if self.name not in guest.numbers:
            return np.zeros(len(rows), dtype=np.float32)
        likeness = self._likeness(self.block.places[groups] - self._place(guest))
        return likeness * self.block.known[groups]

    def between(self, guest: Guest, other: Guest) -> float:
        """See `Term.between`."""
        if not (self.name in guest.numbers and self.name in other.numbers):
            return 0.0
        return float(self._likeness(np.array(self._place(guest) - self._place(other))))

    def _likeness(self, differences: NDArray[np.intp]) -> Scores:
        """Return the kernel at some differences: a look-up, not an exponential."""
        lags = np.minimum(np.abs(differences), FARTHEST * self.scale)
        return np.asarray(self._kernel[lags], dtype=np.float32)

    @cached_property
    def _numbers(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Each group's place, those without a number far from all others, on one side and on the other."""
        known, places, far = self.block.known, self.block.places, self._span + FARTHEST * self.scale
        return np.where(known, places, -far), np.where(known, places, 2 * far)
