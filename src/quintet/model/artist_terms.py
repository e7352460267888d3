"""Nearness of artists: the same one, and those of a kindred scene; the scenes are learnt in `learning`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from quintet.data.names import fold
from quintet.model.seeds import STRANGER, Guest, Places, Seeds, mean_of
from quintet.model.terms import ARTIST, SCENE, GroupMatch, Groups, Rows, Scores, shares


@dataclass(frozen=True, eq=False)
class ArtistBlock:
    """Every track's first artist, and the genres one would expect of them.

    Parameters
    ----------
    of_row : int32 array, shape (n,)
        The artist of every track; 0 where none is named.
    scenes : float32 array, shape (a, d)
        By artist, L2-normalised: where in the space of genres the artist belongs by sound, time and words,
        never by their own genres; zeros where nothing could be learnt. d is 0 without genres to learn from.
    """

    of_row: Groups
    scenes: NDArray[np.float32]

    @cached_property
    def counts(self) -> Scores:
        """Tracks by artist, float32."""
        return np.bincount(self.of_row, minlength=len(self.scenes)).astype(np.float32)


@dataclass(frozen=True, eq=False)
class SameArtistTerm:
    """The share of the seeds that are by a track's first artist.

    Parameters
    ----------
    block : ArtistBlock
        Whose tracks are whose.
    weight : float
        Its share of a score.
    labels : sequence of str, optional
        Each track's artist as contributions name it.
    """

    block: ArtistBlock
    weight: float
    labels: Sequence[str] | None = None
    name: str = "artist"

    @property
    def groups(self) -> Groups:
        """See `Term.groups`."""
        return self.block.of_row

    @cached_property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return bool(self.block.of_row.any())

    def applies(self, seeds: Seeds) -> bool:
        """See `Term.applies`."""
        return bool(seeds.guests or self.block.of_row[seeds.rows].any())

    def match(self, seeds: Seeds, weight: float) -> GroupMatch:
        """See `Term.match`: a seed by an artist the catalogue does not have shares none, and counts."""
        artists = self.block.of_row[seeds.rows]
        known = [*artists[artists > 0].tolist(), *(guest.artist for guest in seeds.guests)]
        table = np.zeros(len(self.block.scenes), dtype=np.float32)
        for artist in known:
            if artist != STRANGER:
                table[artist] += np.float32(weight / len(known))
        return GroupMatch(ARTIST, self.name, table, self.block.of_row, self.labels)

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """See `Term.pairs`."""
        left, right = self.block.of_row[rows], self.block.of_row[others]
        return (np.equal.outer(left, right) & (left > 0)[:, None]).astype(np.float32)

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """See `Term.to_guest`."""
        return np.asarray(self.block.of_row[rows] == guest.artist, dtype=np.float32)

    def between(self, guest: Guest, other: Guest) -> float:
        """See `Term.between`."""
        return float(fold(guest.song.artists[0]) == fold(other.song.artists[0]))


@dataclass(frozen=True, eq=False)
class SceneTerm:
    """The mean cosine of a track's artist and the seeds' artists in the space of genres expected of them."""

    block: ArtistBlock
    weight: float
    name: str = "scene"

    @cached_property
    def _known(self) -> NDArray[np.bool_]:
        return np.asarray(self.block.scenes.any(axis=1), dtype=np.bool_)

    @cached_property
    def _unknown(self) -> NDArray[np.intp]:
        return np.flatnonzero(~self._known)

    @cached_property
    def _shares(self) -> Scores:
        return shares(self.block.counts * self._known)

    @property
    def groups(self) -> Groups:
        """See `Term.groups`."""
        return self.block.of_row

    @cached_property
    def usable(self) -> bool:
        """See `Term.usable`."""
        return bool(self._known.any())

    def applies(self, seeds: Seeds) -> bool:
        """See `Term.applies`."""
        known = self._known[self.block.of_row[seeds.rows]].any()
        return bool(known or any(guest.scene.any() for guest in seeds.guests))

    def match(self, seeds: Seeds, weight: float) -> GroupMatch:
        """See `Term.match`."""
        artists = self.block.of_row[seeds.rows]
        guests = [guest.scene for guest in seeds.guests if guest.scene.any()]
        profile = mean_of(self._mean, artists[self._known[artists]], guests) * np.float32(weight)
        table = np.asarray(self.block.scenes @ profile, dtype=np.float32)
        table[self._unknown] = self._shares @ table
        return GroupMatch(SCENE, self.name, table, self.block.of_row)

    def _mean(self, artists: Places) -> Scores:
        return np.asarray(self.block.scenes[artists].mean(axis=0), dtype=np.float32)

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """See `Term.pairs`."""
        left, right = self.block.of_row[rows], self.block.of_row[others]
        return np.asarray(self.block.scenes[left] @ self.block.scenes[right].T, dtype=np.float32)

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """See `Term.to_guest`."""
        return np.asarray(self.block.scenes[self.block.of_row[rows]] @ guest.scene, dtype=np.float32)

    def between(self, guest: Guest, other: Guest) -> float:
        """See `Term.between`."""
        return float(guest.scene @ other.scene)
