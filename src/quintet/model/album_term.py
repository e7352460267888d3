"""Nearness of album titles: shared words, the rare ones counting most; one product over distinct titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.sparse import csr_matrix

from quintet.model.terms import ALBUM, GroupMatch, Groups, Rows, Scores


@dataclass(frozen=True, eq=False)
class AlbumBlock:
    """The words of album titles.

    Parameters
    ----------
    of_row : int32 array, shape (n,)
        The title of every track's album; 0 where it is not known.
    vectors : csr_matrix of float32, shape (a, w)
        TF-IDF of the words of each distinct title, L2-normalised; row 0 is empty.
    """

    of_row: Groups
    vectors: csr_matrix[np.float32]

    def dense(self, rows: Rows) -> Scores:
        """Return the vectors of a few tracks, shape (rows, w)."""
        dense = np.zeros((len(rows), self.vectors.shape[1]), dtype=np.float32)
        for vector, album in zip(dense, self.of_row[rows].tolist(), strict=True):
            start, stop = self.vectors.indptr[album], self.vectors.indptr[album + 1]
            vector[self.vectors.indices[start:stop]] = self.vectors.data[start:stop]
        return dense


@dataclass(frozen=True, eq=False)
class AlbumTerm:
    """The mean cosine of the words of album titles; a track whose album is not known shares none.

    Parameters
    ----------
    block : AlbumBlock
        What is compared.
    weight : float
        Its share of a score.
    labels : sequence of str, optional
        Each track's album as contributions name it.
    """

    block: AlbumBlock
    weight: float
    labels: Sequence[str] | None = None
    name: str = "album"

    @cached_property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return self.block.vectors.nnz > 0

    def applies(self, seeds: Rows) -> bool:
        """See `Term.applies`."""
        return bool(self.block.of_row[seeds].any())

    def match(self, seeds: Rows, weight: float) -> GroupMatch:
        """See `Term.match`."""
        profile = self.block.dense(seeds[self.block.of_row[seeds] > 0]).mean(axis=0) * np.float32(weight)
        table = np.asarray(self.block.vectors @ profile, dtype=np.float32)
        return GroupMatch(ALBUM, self.name, table, self.block.of_row, self.labels)

    def pairs(self, rows: Rows, seeds: Rows) -> Scores:
        """See `Term.pairs`."""
        seed_vectors = self.block.dense(seeds)
        cosines = np.zeros((len(rows), len(seeds)), dtype=np.float32)
        for i, album in enumerate(self.block.of_row[rows].tolist()):
            start, stop = self.block.vectors.indptr[album], self.block.vectors.indptr[album + 1]
            columns = self.block.vectors.indices[start:stop]
            cosines[i] = seed_vectors[:, columns] @ self.block.vectors.data[start:stop]
        return cosines
