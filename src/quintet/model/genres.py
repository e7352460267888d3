"""Genres as vectors: terms, TF-IDF weights, and a block of one row a distinct genre set; numpy and scipy.

Weights are learnt in `features`; the scores are made in `terms`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

GenreSet = tuple[str, ...]
NO_GENRES: GenreSet = ()


def genre_set(genres: Iterable[str]) -> GenreSet:
    """Return the distinct genre names, folded to lower case and sorted."""
    return tuple(sorted({name for genre in genres if (name := " ".join(genre.casefold().split()))}))


def genre_terms(genres: GenreSet) -> list[str]:
    """Return the terms of a genre set: every whole name, and every word of every name.

    A one-word genre is its own word and so counts twice; "dance pop" and "pop" share the term "pop".
    """
    return [term for name in genres for term in (name, *name.split())]


@dataclass(frozen=True, eq=False)
class GenreBlock:
    """The genre side of the space.

    Parameters
    ----------
    terms : tuple of str, length t
        The vocabulary, sorted.
    idf : float32 array, shape (t,)
        Inverse document frequency of each term over the distinct genre sets, at least 1.
    vectors : csr_matrix of float32, shape (s, t)
        One row a distinct genre set, L2-normalised; row 0 is the empty set, all zeros.
    set_of_row : int32 array, shape (n,)
        The genre set of every track.
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float32]
    vectors: csr_matrix[np.float32]
    set_of_row: NDArray[np.int32]

    def __post_init__(self) -> None:
        object.__setattr__(self, "_column", {term: column for column, term in enumerate(self.terms)})

    def vector(self, genres: Iterable[str]) -> NDArray[np.float32]:
        """Place any genre set, known or new, in the space.

        Returns
        -------
        float32 array, shape (t,)
            L2-normalised; zeros if no term is known. Sublinear TF times IDF, as scikit-learn weights it.
        """
        vector = np.zeros(len(self.terms), dtype=np.float32)
        for term, count in Counter(genre_terms(genre_set(genres))).items():
            column: int | None = self._column.get(term)  # type: ignore[attr-defined]
            if column is not None:
                vector[column] = (1 + math.log(count)) * self.idf[column]
        norm = np.linalg.norm(vector)
        return vector / norm if norm else vector

    def entries(self, genre_set: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Return the columns and values of a genre set's vector: views, cheaper than slicing the matrix."""
        start, stop = self.vectors.indptr[genre_set], self.vectors.indptr[genre_set + 1]
        return self.vectors.indices[start:stop], self.vectors.data[start:stop]

    def dense(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the vectors of a few tracks, shape (rows, t)."""
        dense = np.zeros((len(rows), len(self.terms)), dtype=np.float32)
        for vector, genre_set in zip(dense, self.set_of_row[rows].tolist(), strict=True):
            columns, values = self.entries(genre_set)
            vector[columns] = values
        return dense

    def mean(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the mean vector, shape (t,), of the tracks among `rows` that have genres: at least one."""
        mean: NDArray[np.float32] = self.dense(rows[self.set_of_row[rows] > 0]).mean(axis=0)
        return mean
