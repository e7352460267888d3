"""Genres as vectors: terms, TF-IDF weights, and a block of one row a distinct genre set.

Weights are learnt in `features`; the scores are made in `terms`.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quintet.model.sparse_rows import SparseRows

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
    vectors : SparseRows, s rows, t columns
        One row a distinct genre set, L2-normalised; row 0 is the empty set, all zeros.
    set_of_row : int32 array, shape (n,)
        The genre set of every track.
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float32]
    vectors: SparseRows
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
