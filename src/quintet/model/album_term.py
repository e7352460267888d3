"""Nearness of album titles: shared words, the rare ones counting most; one product over distinct titles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from quintet.model.seeds import Guest, Seeds, mean_of
from quintet.model.sparse_rows import SparseRows
from quintet.model.terms import ALBUM, GroupMatch, Groups, Rows, Scores


@dataclass(frozen=True, eq=False)
class AlbumBlock:
    """The words of album titles.

    Parameters
    ----------
    of_row : int32 array, shape (n,)
        The title of every track's album; 0 where it is not known.
    vectors : SparseRows, a rows, w columns
        TF-IDF of the words of each distinct title, L2-normalised; row 0 is empty.
    """

    of_row: Groups
    vectors: SparseRows


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

    @property
    def groups(self) -> Groups:
        """See `Term.groups`."""
        return self.block.of_row

    @cached_property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return self.block.vectors.matrix.nnz > 0

    def applies(self, seeds: Seeds) -> bool:
        """See `Term.applies`."""
        return bool(
            self.block.of_row[seeds.rows].any() or any(guest.song.album_name for guest in seeds.guests)
        )

    def match(self, seeds: Seeds, weight: float) -> GroupMatch:
        """See `Term.match`."""
        albums = self.block.of_row[seeds.rows]
        guests = [guest.album for guest in seeds.guests if guest.song.album_name]
        profile = mean_of(self.block.vectors.mean, albums[albums > 0], guests) * np.float32(weight)
        table = self.block.vectors.product(profile)
        return GroupMatch(ALBUM, self.name, table, self.block.of_row, self.labels)

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """See `Term.pairs`."""
        return self.block.vectors.pairs(self.block.of_row[rows], self.block.of_row[others])

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """See `Term.to_guest`."""
        return self.block.vectors.times(self.block.of_row[rows], guest.album)

    def between(self, guest: Guest, other: Guest) -> float:
        """See `Term.between`."""
        return float(guest.album @ other.album)
