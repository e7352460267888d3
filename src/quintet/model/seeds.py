"""What a list is asked for: tracks of the catalogue by row, and guests, which are placed but have no row.

Where a guest is placed is said in `placing`; terms compare tracks with both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quintet.model.guests import GuestSong

Vector = NDArray[np.float32]
Places = NDArray[np.integer[Any]]
STRANGER = -1


@dataclass(frozen=True, eq=False, slots=True)
class Guest:
    """A song from outside, placed in the space of one model.

    Parameters
    ----------
    song : GuestSong
        What is known of it.
    genre_names : tuple of str
        Its genres: its own, else those the catalogue has of its artist.
    genres, album : float32 arrays, shape (t,) and (w,)
        As the rows of the model's blocks; zeros where not known.
    features : float32 array, shape (12,)
        Its audio features, columns as `data.schema.FEATURE_NAMES`; NaN where missing.
    scaled, sound : float32 arrays, shape (12,) and (d,)
        These scaled, and then on the model's axes at length 1; zeros where not known.
    sound_length : float
        What the sound was divided by; 0 where it is not known.
    artist : int
        The number the catalogue has for its first artist; `STRANGER` where it has none.
    scene : float32 array, shape (e,)
        Its artist's scene, else that of the artists of such genres; zeros where neither is known.
    numbers : mapping of str to int
        `year`, `day` and `popularity`, those that are known.
    kin : intp array
        The rows of the catalogue's versions of it, which are never recommended.
    """

    song: GuestSong
    genre_names: tuple[str, ...]
    genres: Vector
    album: Vector
    features: Vector
    scaled: Vector
    sound: Vector
    sound_length: float
    artist: int
    scene: Vector
    numbers: Mapping[str, int]
    kin: NDArray[np.intp]


@dataclass(frozen=True, eq=False, slots=True)
class Seeds:
    """The seeds of one list.

    Parameters
    ----------
    rows : intp array
        Rows of the catalogue.
    guests : tuple of Guest
        Songs from outside.
    """

    rows: NDArray[np.intp]
    guests: tuple[Guest, ...] = ()

    def __len__(self) -> int:
        return len(self.rows) + len(self.guests)

    def take(self, places: Sequence[int]) -> Seeds:
        """Return some of the seeds, by place: rows come first, then guests."""
        rows = [place for place in places if place < len(self.rows)]
        guests = (self.guests[place - len(self.rows)] for place in places if place >= len(self.rows))
        return Seeds(self.rows[rows], tuple(guests))

    @property
    def kin(self) -> NDArray[np.intp]:
        """The rows no list may hold: the seeds' own, and the catalogue's versions of guests."""
        if not self.guests:
            return self.rows
        return np.concatenate([self.rows, *(guest.kin for guest in self.guests)])


def mean_of(mean: Callable[[Places], Vector], places: Places, guests: Sequence[Vector]) -> Vector:
    """Return the mean vector of places in a block and of guests, at least one in all.

    Parameters
    ----------
    mean : callable
        Returns the mean vector of at least one place.
    places : int array
        Rows or groups of the block.
    guests : sequence of float32 array
        Vectors of the guests.
    """
    if not guests:
        return mean(places)
    total = np.sum(guests, axis=0)
    if len(places):
        total = total + mean(places) * np.float32(len(places))
    return np.asarray(total / np.float32(len(places) + len(guests)), dtype=np.float32)
