"""The part of TrackStore a training reads, in memory."""

from __future__ import annotations

import numpy as np
import pandas as pd

from quintet.data.schema import AUDIO_FEATURES, SNAPSHOT_COLUMNS

GENRES = (["folk", "indie folk"], ["dance pop"], ["k-pop", "dance pop"], [], ["jazz"])


class FrameStore:
    """A store that holds one frame of tracks, and perhaps one of playlists."""

    def __init__(self, tracks: pd.DataFrame, playlists: pd.DataFrame | None = None) -> None:
        self._tracks = tracks
        nothing = pd.DataFrame(columns=["playlist_id", "playlist_name", "track_id"])
        self._playlists = nothing if playlists is None else playlists

    def tracks(self) -> pd.DataFrame:
        return self._tracks.copy()

    def playlists(self) -> pd.DataFrame:
        return self._playlists.copy()


def invented_tracks(count: int, seed: int = 7) -> pd.DataFrame:
    """Tracks with every column of a snapshot; each artist has three, some values are missing."""
    random = np.random.default_rng(seed)
    numbers = range(count)
    columns = {
        "track_id": [f"t{number:05}" for number in numbers],
        "track_name": [f"Song {number}" for number in numbers],
        "artists": [[f"Artist {number // 3}"] for number in numbers],
        "album_name": [None if number % 7 == 0 else f"Album {number // 3}" for number in numbers],
        "release_date": [str(1970 + number % 50) for number in numbers],
        "genres": [GENRES[number // 3 % len(GENRES)] for number in numbers],
        "popularity": random.integers(0, 101, count).astype(float),
        "explicit": [number % 5 == 0 for number in numbers],
        "duration_ms": random.integers(120_000, 300_000, count),
        "is_invented": True,
        **{feature.name: _values(random, feature.low, feature.high, count) for feature in AUDIO_FEATURES},
    }
    frame = pd.DataFrame(
        {name: columns.get(name) for name in SNAPSHOT_COLUMNS}, columns=list(SNAPSHOT_COLUMNS)
    )
    return frame.astype({"isrc": object, "image_url": object})


def _values(random: np.random.Generator, low: float, high: float, count: int) -> np.ndarray:
    values = np.floor(random.uniform(low, high, count)) if high > 1 else random.uniform(low, high, count)
    return np.asarray(values, dtype=np.float64)
