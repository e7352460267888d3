"""A song from outside the catalogue, as its sources tell it: what the model places among its own.

How it is placed is `placing`'s matter; here is only what is said of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from quintet.data.schema import FEATURE_NAMES
from quintet.model.genres import genre_set
from quintet.model.tracks import SPOTIFY_TRACK_URL


@dataclass(frozen=True, slots=True)
class GuestSong:
    """A song the catalogue does not have; units and formats are those of `data.schema`.

    Parameters
    ----------
    track_id, track_name : str
        Spotify's id, and the title.
    artists : tuple of str
        In credit order, at least one.
    album_name, release_date, popularity, explicit, image_url
        None where not known.
    duration_ms : int
        Its length.
    genres : tuple of str
        Of its artists; empty where none is known.
    features : mapping of str to float
        Audio features by name; empty where no source has them.
    """

    track_id: str
    track_name: str
    artists: tuple[str, ...]
    duration_ms: int
    album_name: str | None = None
    release_date: str | None = None
    popularity: int | None = None
    explicit: bool | None = None
    image_url: str | None = None
    genres: tuple[str, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)

    def track(self) -> dict[str, Any]:
        """Return it as the API's `Track`, like `TrackTable.track`."""
        return {
            "track_id": self.track_id,
            "track_name": self.track_name,
            "artists": list(self.artists),
            "album_name": self.album_name,
            "release_date": self.release_date,
            "genres": list(genre_set(self.genres)),
            "popularity": self.popularity,
            "duration_ms": self.duration_ms,
            "explicit": self.explicit,
            "image_url": self.image_url,
            "spotify_url": SPOTIFY_TRACK_URL + self.track_id,
            "is_invented": False,
            "is_in_catalogue": False,
        }

    def audio_features(self) -> dict[str, float | None]:
        """Return every audio feature by name, None where missing."""
        return {name: self.features.get(name) for name in FEATURE_NAMES}
