"""Placing songs from outside: by the catalogue's vocabulary, scales, axes and artists; nothing is refitted.

What is not known of a song stays zero, as for a track of the catalogue. Nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from quintet.data.names import fold
from quintet.data.schema import FEATURE_NAMES
from quintet.model.audio import normalise
from quintet.model.dates import day_of, year_of
from quintet.model.fitted import FittedModel
from quintet.model.genres import genre_set
from quintet.model.guests import GuestSong
from quintet.model.seeds import STRANGER, Guest, Vector
from quintet.model.terms import FAME, Groups, Rows, unit

ALIKE = 50  # artists of the most alike genres, whose scenes stand for a stranger's
NO_KIN = np.zeros(0, dtype=np.intp)


class Placing:
    """Places songs in the space of one model.

    Parameters
    ----------
    model : FittedModel
        Whose space.
    """

    def __init__(self, model: FittedModel) -> None:
        self._model = model

    def place(self, song: GuestSong, kin: Rows = NO_KIN) -> Guest:
        """Place a song.

        Parameters
        ----------
        song : GuestSong
            What is known of it.
        kin : intp array
            Rows of the catalogue that are versions of it.
        """
        artist = self._artist(song)
        names = genre_set(song.genres) or self._genres_of(artist)
        genres = self._model.genres.vector(names)
        features = np.array([song.features.get(name, np.nan) for name in FEATURE_NAMES], dtype=np.float32)
        scaled, sound, length = self._sound(features)
        dated = song.release_date or ""
        numbers = {"year": year_of(dated), "day": day_of(dated), FAME: song.popularity}
        return Guest(
            song=song,
            genre_names=names,
            genres=genres,
            album=self._album(song.album_name or ""),
            features=features,
            scaled=scaled,
            sound=sound,
            sound_length=length,
            artist=artist,
            scene=self._scene(artist, genres),
            numbers={name: number for name, number in numbers.items() if number is not None},
            kin=kin,
        )

    def _sound(self, features: Vector) -> tuple[Vector, Vector, float]:
        audio = self._model.audio
        scaled = audio.scale.scale(features[None])
        vectors, lengths = normalise(scaled @ audio.axes)
        return scaled[0], vectors[0], float(lengths[0])

    def _artist(self, song: GuestSong) -> int:
        names = self._model.tracks.first_artists
        number = _find(fold(song.artists[0]), self._first_rows, lambda row: fold(names[row]))
        return STRANGER if number is None else number

    def _genres_of(self, artist: int) -> tuple[str, ...]:
        """Return the genres the catalogue has of an artist."""
        if artist == STRANGER:
            return ()
        return tuple(self._model.tracks.genres_of(int(self._first_rows[artist])))

    def _album(self, title: str) -> Vector:
        """Return the words of a title the catalogue has; of another title they are not known."""
        albums, titles = self._model.albums, self._model.tracks.album_name
        number = _find(title, self._first_albums, lambda row: titles[row]) if title else None
        return np.asarray(albums.vectors.dense(np.array([number or 0]))[0])

    def _scene(self, artist: int, genres: Vector) -> Vector:
        scenes = self._model.artists.scenes
        if artist != STRANGER and scenes[artist].any():
            return np.asarray(scenes[artist])
        return self._scene_of_genres(genres)

    def _scene_of_genres(self, genres: Vector) -> Vector:
        """Return the mean scene of the artists of the most alike genres, the more alike counting more."""
        model = self._model
        by_set = model.genres.vectors.product(genres)
        likeness = by_set[model.genres.set_of_row[self._first_rows]]
        likeness[0] = 0  # nobody
        nearest = np.argsort(-likeness, kind="stable")[:ALIKE]
        weights = likeness[nearest] ** 2
        return unit(np.asarray(weights @ model.artists.scenes[nearest], dtype=np.float32))

    @cached_property
    def _first_rows(self) -> Rows:
        return _first_rows(self._model.artists.of_row, len(self._model.artists.scenes))

    @cached_property
    def _first_albums(self) -> Rows:
        return _first_rows(self._model.albums.of_row, len(self._model.albums.vectors))


def _first_rows(groups: Groups, count: int) -> Rows:
    """Return the first row of each group, shape (count,); 0 for a group without a row."""
    first = np.zeros(count, dtype=np.intp)
    first[groups[::-1]] = np.arange(len(groups) - 1, -1, -1)
    return first


def _find(text: str, first_rows: NDArray[np.intp], key: Callable[[int], str]) -> int | None:
    """Return the group of a text by binary search: groups are numbered from 1 in the order of their texts."""
    low, high = 1, len(first_rows)
    while low < high:
        middle = (low + high) // 2
        if key(int(first_rows[middle])) < text:
            low = middle + 1
        else:
            high = middle
    found = low < len(first_rows) and key(int(first_rows[low])) == text
    return low if found else None
