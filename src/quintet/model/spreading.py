"""From tables over groups to a score for every row: one pass over the catalogue; numpy and scipy.

The tables are made by the terms, which `terms` describes; which rows win is `ranking`'s matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix

from quintet.model.terms import Match, Scores, Term


class Spreading:
    """Adds tables up over the rows.

    All tables are laid end to end; a matrix with a one for each group a track is in gathers and adds in a
    single pass, which takes half the time of a gather a table. It holds 8 bytes a track and grouping.

    Parameters
    ----------
    terms : sequence of Term
        Those whose matches will come.
    tracks : int
        The size of the catalogue.
    """

    def __init__(self, terms: Sequence[Term], tracks: int) -> None:
        shared = {id(term.groups): term.groups for term in terms if term.groups is not None}
        self._tracks = tracks
        self._groupings = tuple(shared.values())  # held, so that no other array takes the id of one of them
        sizes = [int(groups.max(initial=-1)) + 1 for groups in self._groupings]
        starts = np.cumsum([0, *sizes]).tolist()
        self._parts = {
            key: slice(start, stop) for key, start, stop in zip(shared, starts, starts[1:], strict=False)
        }
        self._matrix = self._ones(starts)

    def _ones(self, starts: Sequence[int]) -> csr_matrix[np.float32]:
        columns = np.empty((self._tracks, len(self._groupings)), dtype=np.int32)
        for column, groups, start in zip(columns.T, self._groupings, starts, strict=False):
            np.add(groups, start, out=column)
        ones = np.ones(columns.size, dtype=np.float32)
        ends = np.arange(0, columns.size + 1, max(1, len(self._groupings)), dtype=np.int32)
        if not self._groupings:
            ends = np.zeros(self._tracks + 1, dtype=np.int32)
        return csr_matrix((ones, columns.ravel(), ends), shape=(self._tracks, starts[-1]))

    def total(self, matches: Sequence[Match]) -> Scores:
        """Return the sum of matches for every row, float32, shape (tracks,)."""
        tables = np.zeros(self._matrix.shape[1], dtype=np.float32)
        by_row = []
        for match in matches:
            if match.groups is None:
                by_row.append(match.table)
            else:
                part = tables[self._parts[id(match.groups)]]
                part += match.table[: len(part)]
        scores: Scores = self._matrix @ tables
        for table in by_row:
            scores += table
        return scores
