"""Regression trees as plain arrays: what they add to a row, and which feature each part of it is owed to.

numpy only. They are grown in `list_learning`, and used by `reranking`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

MAX_LEAVES = 16
_ALL = np.uint16(0xFFFF)
_LOWEST = np.array([(bits & -bits).bit_length() - 1 for bits in range(1 << MAX_LEAVES)]).astype(np.int8)
"""The number of the lowest bit that is set, by 16 bits."""


@dataclass(frozen=True, eq=False)
class Forest:
    """Trees with at most `MAX_LEAVES` leaves, evaluated without walking.

    A tree is the list of its tests, in any order. A test that fails takes away the leaves on its left; the
    first leaf that is left is the row's own (QuickScorer, Lucchese et al., SIGIR 2015).

    Parameters
    ----------
    features : tuple of str, length f
        Names of the columns.
    columns : int16 array, shape (t, MAX_LEAVES - 1)
        The column each test of each tree looks at.
    thresholds : float32 array, shape (t, MAX_LEAVES - 1)
        A test holds where the value is at most this; infinity where a tree has no more tests.
    remaining : uint16 array, shape (t, MAX_LEAVES - 1)
        Bits of the leaves that remain where the test fails, the leftmost leaf the lowest bit.
    parts : float32 array, shape (t, MAX_LEAVES, f)
        What each leaf adds, by the feature it is owed to: along the path to the leaf, a feature gets the
        differences between the mean of all rows below a test and below its outcome.
    """

    features: tuple[str, ...]
    columns: NDArray[np.int16]
    thresholds: NDArray[np.float32]
    remaining: NDArray[np.uint16]
    parts: NDArray[np.float32]

    @cached_property
    def _values(self) -> NDArray[np.float32]:
        return np.asarray(self.parts.sum(axis=2), dtype=np.float32)

    @cached_property
    def _folded(self) -> list[tuple[int, NDArray[np.float32], NDArray[np.uint16]]]:
        """For each column: its thresholds, and the leaves of every tree that remain between two of them."""
        return [
            self._fold(column) for column in np.unique(self.columns[np.isfinite(self.thresholds)]).tolist()
        ]

    def _fold(self, column: int) -> tuple[int, NDArray[np.float32], NDArray[np.uint16]]:
        trees, tests = np.nonzero((self.columns == column) & np.isfinite(self.thresholds))
        cuts, places = np.unique(self.thresholds[trees, tests], return_inverse=True)
        remaining = np.full((len(cuts) + 1, len(self.columns)), _ALL)
        for tree, test, place in zip(trees.tolist(), tests.tolist(), places.tolist(), strict=True):
            remaining[place + 1 :, tree] &= self.remaining[tree, test]  # a value above fails the test
        return column, cuts, remaining

    def leaves(self, rows: NDArray[np.float32]) -> NDArray[np.int8]:
        """Return the leaf every row falls into, shape (rows, t); `rows` has shape (rows, f)."""
        bits = np.full((len(rows), len(self.columns)), _ALL)
        for column, cuts, remaining in self._folded:
            bits &= remaining[np.searchsorted(cuts, rows[:, column], side="left")]
        return np.asarray(_LOWEST[bits], dtype=np.int8)

    def sums(self, leaves: NDArray[np.int8]) -> NDArray[np.float32]:
        """Return what all trees together add, shape (rows,): 0 for the average row of the training."""
        return np.asarray(self._values[np.arange(len(self.columns)), leaves].sum(axis=1), dtype=np.float32)

    def shares(self, leaves: NDArray[np.int8]) -> NDArray[np.float32]:
        """Return what each feature has part in that, shape (rows, f); rows add up to `sums`."""
        return np.asarray(self.parts[np.arange(len(self.columns)), leaves].sum(axis=1), dtype=np.float32)
