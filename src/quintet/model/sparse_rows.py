"""Sparse vectors by row, as genres and album titles have them: profiles, products and pairs; numpy and scipy.

A profile has a few columns out of thousands, so products go by column and touch nothing else: faster than a
sparse matrix times a mostly empty vector. What the columns mean is in `genres` and `album_term`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_matrix, csr_matrix

Rows = NDArray[np.integer[Any]]
Vector = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class SparseRows:
    """Vectors by row.

    Parameters
    ----------
    matrix : csr_matrix of float32, shape (r, c)
        One vector a row.
    """

    matrix: csr_matrix[np.float32]

    def __len__(self) -> int:
        return int(self.matrix.shape[0])

    @property
    def width(self) -> int:
        """The number of columns."""
        return int(self.matrix.shape[1])

    @cached_property
    def _by_column(self) -> csc_matrix[np.float32]:
        return csc_matrix(self.matrix)

    def entries(self, row: int) -> tuple[NDArray[np.int32], Vector]:
        """Return the columns and values of a row: views, cheaper than slicing the matrix."""
        start, stop = self.matrix.indptr[row], self.matrix.indptr[row + 1]
        return self.matrix.indices[start:stop], self.matrix.data[start:stop]

    def mean(self, rows: Rows) -> Vector:
        """Return the mean of a few rows, float32, shape (c,); rows may repeat."""
        places, _ = _places(self.matrix.indptr, rows)
        mean = np.zeros(self.width, dtype=np.float32)
        np.add.at(mean, self.matrix.indices[places], self.matrix.data[places] / np.float32(len(rows)))
        return mean

    def product(self, profile: Vector) -> Vector:
        """Return every row times `profile`, shape (c,), which is 0 nearly everywhere; float32, shape (r,)."""
        columns, by_column = np.flatnonzero(profile), self._by_column
        places, lengths = _places(by_column.indptr, columns)
        values = by_column.data[places] * np.repeat(profile[columns], lengths)
        product = np.zeros(len(self), dtype=np.float32)
        np.add.at(product, by_column.indices[places], values)
        return product

    def times(self, rows: Rows, vector: Vector) -> Vector:
        """Return the product of each of a few rows with a vector, shape (c,); float32, shape (rows,)."""
        return np.asarray(self.dense(rows) @ vector, dtype=np.float32)

    def pairs(self, rows: Rows, others: Rows) -> Vector:
        """Return the product of each row with each other row, float32, shape (rows, others)."""
        places, lengths = _places(self.matrix.indptr, rows)
        products = self.dense(others)[:, self.matrix.indices[places]] * self.matrix.data[places]
        pairs = np.zeros((len(rows), len(others)), dtype=np.float32)
        filled = lengths > 0
        if len(places):
            starts = (np.cumsum(lengths) - lengths)[filled]
            pairs[filled] = np.add.reduceat(products, starts, axis=1).T
        return pairs

    def dense(self, rows: Rows) -> Vector:
        """Return a few rows with their zeros, shape (rows, c)."""
        dense = np.zeros((len(rows), self.width), dtype=np.float32)
        places, lengths = _places(self.matrix.indptr, rows)
        dense[np.repeat(np.arange(len(rows)), lengths), self.matrix.indices[places]] = self.matrix.data[
            places
        ]
        return dense


def _places(starts: NDArray[Any], rows: Rows) -> tuple[Rows, Rows]:
    """Return where the entries of some rows lie, one row after the other, and how many each row has."""
    first = starts[rows].astype(np.intp)
    lengths = starts[rows + 1] - first
    before = np.cumsum(lengths) - lengths
    return np.repeat(first - before, lengths) + np.arange(int(lengths.sum())), lengths
