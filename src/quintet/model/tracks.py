"""The catalogue inside the artifact: every track's facts by row, packed; a dict is built only for rows shown.

Rows are ordered by track id. Vectors are in `genres` and `audio`; nothing is ranked here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quintet.data.schema import FEATURE_NAMES
from quintet.errors import UnknownTrackError
from quintet.model.columns import TextColumn, split

SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}")
SPOTIFY_TRACK_URL = "https://open.spotify.com/track/"


@dataclass(frozen=True, eq=False)
class TrackTable:
    """What is known of every track.

    Parameters
    ----------
    track_id, track_name, artists, album_name, release_date, image_url : TextColumn, n rows
        `artists` holds joined names (see `columns.join`); an empty text means not known.
    genres : TextColumn, s rows
        Joined genre names of each distinct genre set.
    genre_set : int32 array, shape (n,)
        The row of `genres` each track has.
    popularity, duration_ms : float32 array, shape (n,)
        NaN where not known.
    explicit : int8 array, shape (n,)
        1 yes, 0 no, -1 not known.
    is_invented : bool array, shape (n,)
        True for tracks of the demo catalogue.
    features : float32 array, shape (n, 12)
        Audio features as their source gave them, columns as `data.schema.FEATURE_NAMES`; NaN where missing.
    recording, song : int32 array, shape (n,)
        Releases of one recording share a `recording`, versions of one song a `song`.
    """

    track_id: TextColumn
    track_name: TextColumn
    artists: TextColumn
    album_name: TextColumn
    release_date: TextColumn
    image_url: TextColumn
    genres: TextColumn
    genre_set: NDArray[np.int32]
    popularity: NDArray[np.float32]
    duration_ms: NDArray[np.float32]
    explicit: NDArray[np.int8]
    is_invented: NDArray[np.bool_]
    features: NDArray[np.float32]
    recording: NDArray[np.int32]
    song: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.track_id)

    def row(self, track_id: str) -> int | None:
        """Return the row of a track id, or None if it is not in the catalogue."""
        return self.track_id.find_sorted(track_id)

    def rows(self, track_ids: Iterable[str]) -> list[int]:
        """Return the rows of track ids, in their order.

        Raises
        ------
        UnknownTrackError
            Naming every id that is not in the catalogue.
        """
        found = {track_id: self.row(track_id) for track_id in track_ids}
        unknown = tuple(track_id for track_id, row in found.items() if row is None)
        if unknown:
            raise UnknownTrackError(unknown)
        return [row for row in found.values() if row is not None]

    def track(self, row: int) -> dict[str, Any]:
        """Return a row as the API's `Track`: plain Python values, None where not known."""
        track_id, invented = self.track_id[row], bool(self.is_invented[row])
        on_spotify = not invented and SPOTIFY_ID.fullmatch(track_id)
        return {
            "track_id": track_id,
            "track_name": self.track_name[row],
            "artists": split(self.artists[row]),
            "album_name": self.album_name[row] or None,
            "release_date": self.release_date[row] or None,
            "genres": self.genres_of(row),
            "popularity": _whole(self.popularity[row]),
            "duration_ms": _whole(self.duration_ms[row]),
            "explicit": None if self.explicit[row] < 0 else bool(self.explicit[row]),
            "image_url": self.image_url[row] or None,
            "spotify_url": SPOTIFY_TRACK_URL + track_id if on_spotify else None,
            "is_invented": invented,
        }

    @property
    def first_artists(self) -> Sequence[str]:
        """Each row's first artist, read when asked for."""
        return _FirstOf(self.artists)

    def genres_of(self, row: int) -> list[str]:
        """Return a row's genre names, sorted."""
        return split(self.genres[int(self.genre_set[row])])

    def audio_features(self, row: int) -> dict[str, float | None]:
        """Return a row's audio features by Spotify's names, in Spotify's units, None where missing."""
        values = self.features[row].astype(np.float64)
        return {
            name: None if np.isnan(value) else round(float(value), 6)
            for name, value in zip(FEATURE_NAMES, values, strict=True)
        }

    def most_popular_first(self, rows: Sequence[int] | NDArray[np.intp]) -> NDArray[np.intp]:
        """Return rows by falling popularity (not known: last), equal ones by row."""
        rows = np.asarray(rows, dtype=np.intp)
        popularity = np.nan_to_num(self.popularity[rows], nan=-1.0)
        return rows[np.lexsort((rows, -popularity))]


class _FirstOf(Sequence[str]):
    """The first of the joined texts of every row."""

    def __init__(self, column: TextColumn) -> None:
        self._column = column

    def __len__(self) -> int:
        return len(self._column)

    def __getitem__(self, row: int) -> str:  # type: ignore[override]
        return next(iter(split(self._column[row])), "")


def _whole(value: np.float32) -> int | None:
    return None if np.isnan(value) else int(value)
