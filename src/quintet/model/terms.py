"""What a score is made of: terms, and the matches they make with seeds.

The terms are in `genre_term`, `audio_term`, `artist_terms`, `album_term` and `near_term`, their sum in
`spreading`. Which rows win is `ranking`'s matter, what a listener reads `reasons`'.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from quintet.model.seeds import Guest, Seeds

Rows = NDArray[np.intp]
Scores = NDArray[np.float32]
Groups = NDArray[np.int32]
GENRE, FEATURE, OTHER = "genre", "feature", "other"
ARTIST, ALBUM, SCENE, TIME, FAME = "artist", "album", "scene", "time", "popularity"
KINDS = (GENRE, FEATURE, ARTIST, ALBUM, SCENE, TIME, FAME, OTHER)
MEAN = "mean"
"""How the content recipe compares: the mean of the cosines with each seed, not the cosine with their mean."""


class Contribution(NamedTuple):
    """A named part of a score.

    Parameters
    ----------
    kind : str
        One of `KINDS`.
    name : str
        The genre term, audio feature, artist or album words; of "time" "year" or "day"; of "scene" and
        "popularity" the same word; of "other" what else counted, such as "genres unknown".
    value : float
        What it adds to the score.
    direction : int
        Of a feature: 1 where the track lies clearly above the catalogue's middle, -1 below, else 0.
    """

    kind: str
    name: str
    value: float
    direction: int = 0


class Match(Protocol):
    """How near every track is to one set of seeds, by one term, as a table and each track's place in it."""

    @property
    def table(self) -> Scores:
        """Scores by group, float32, shape (g,); by row where there are no groups."""
        ...

    @property
    def groups(self) -> Groups | None:
        """Each row's group, int32, shape (n,); None where every row stands for itself."""
        ...

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """Return what each row's score is made of; the values add up to it."""
        ...


class Term(Protocol):
    """A named, weighted part of every score."""

    @property
    def name(self) -> str:
        """What is compared, as warnings call it."""
        ...

    @property
    def weight(self) -> float:
        """Its share of a score."""
        ...

    @property
    def groups(self) -> Groups | None:
        """Each row's group, as its matches have it."""
        ...

    @property
    def usable(self) -> bool:
        """Whether any track of the catalogue has what this term compares."""
        ...

    def applies(self, seeds: Seeds) -> bool:
        """Tell whether any seed has what this term compares."""
        ...

    def match(self, seeds: Seeds, weight: float) -> Match:
        """Compare all tracks with seeds it applies to, counting for `weight`."""
        ...

    def pairs(self, rows: Rows, others: Rows) -> Scores:
        """Return the likeness of each row and each other, shape (rows, others); 0 where one lacks it."""
        ...

    def to_guest(self, rows: Rows, guest: Guest) -> Scores:
        """Return the likeness of each row and a guest, shape (rows,); 0 where one lacks the block."""
        ...

    def between(self, guest: Guest, other: Guest) -> float:
        """Return the likeness of two guests; 0 where one lacks the block."""
        ...


@dataclass(frozen=True, slots=True)
class GroupMatch:
    """The match of a term that says one thing of each group of tracks: an artist, a date, an album.

    Parameters
    ----------
    kind, name : str
        Of its contributions.
    table, groups
        See `Match`; group 0 holds the tracks that lack what is compared.
    labels : sequence of str, optional
        Names by row, in place of `name`.
    """

    kind: str
    name: str
    table: Scores
    groups: Groups
    labels: Sequence[str] | None = None

    def contributions(self, rows: Rows) -> list[list[Contribution]]:
        """See `Match.contributions`."""
        groups = self.groups[rows]
        of_rows = zip(rows.tolist(), groups.tolist(), self.table[groups].tolist(), strict=True)
        return [[self._part(row, group, value)] if value else [] for row, group, value in of_rows]

    def _part(self, row: int, group: int, value: float) -> Contribution:
        if group == 0:
            return Contribution(OTHER, f"{self.name} unknown", value)
        return Contribution(self.kind, self.name if self.labels is None else self.labels[row], value)


def shares(counts: Scores) -> Scores:
    """Return each group's share of the tracks that have what is compared; group 0, which lacks it, has none.

    A table's dot product with it is what the average track gets: the place of those that lack it.
    """
    known = counts.copy()
    known[0] = 0
    return known / np.float32(max(1.0, float(known.sum())))


def quantile(scores: Scores, share: float) -> np.float32:
    """Return the score that `share` (0–1) of some scores, at least one, stay below: one of them.

    What `numpy.quantile` calls its method "lower", at a fifth of the price.
    """
    place = math.floor(share * (len(scores) - 1))
    return np.float32(np.partition(scores, place)[place])


def unit(vector: Scores) -> Scores:
    """Return a vector at unit length; a zero vector as it is."""
    norm = float(np.linalg.norm(vector))
    return vector / np.float32(norm) if norm > 0 else vector
