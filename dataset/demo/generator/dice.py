"""Chance that falls the same way everywhere: named streams of numbers. What they decide lives elsewhere.

Only `Random.random()` is used, which Python promises to keep, and only + - * / on top of it, in a fixed order
(`sum` rounds differently from Python 3.12 on), so that every Python and every processor makes the same bytes.
A stream is named after what it decides: changing one song does not change another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


def total(numbers: Iterable[float]) -> float:
    """Return the sum of the numbers, added one after the other."""
    result = 0.0
    for number in numbers:
        result += number
    return result


class Dice:
    """One stream of chance.

    Parameters
    ----------
    *name : str or int
        What the stream decides; the same name throws the same numbers.
    """

    def __init__(self, *name: str | int) -> None:
        self._random = Random("/".join(str(part) for part in name))  # noqa: S311 - chance, not secrets

    def share(self) -> float:
        """Return a number in [0, 1), every one as likely."""
        return self._random.random()

    def chance(self, probability: float) -> bool:
        """Return True in this share of the throws."""
        return self.share() < probability

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.share() * (high - low + 1))

    def normal(self) -> float:
        """Return a nearly normal number of mean 0 and variance 1 (Irwin-Hall: twelve shares, minus six)."""
        return total(self.share() for _ in range(12)) - 6.0

    def pick(self, items: Sequence[T]) -> T:
        """Return one of the items, every one as likely."""
        return items[int(self.share() * len(items))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys, as likely as its weight says."""
        left = self.share() * total(weights.values())
        items = list(weights)
        for item in items:
            left -= weights[item]
            if left < 0:
                return item
        return items[-1]
