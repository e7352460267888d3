"""A catalogue with known neighbours: scenes with genres, sound and years of their own, and playlists."""

from __future__ import annotations

import numpy as np
import pandas as pd

from quintet.data.schema import SNAPSHOT_COLUMNS

SCENES, ARTISTS, TRACKS, LISTS = 8, 10, 8, 5  # artists a scene, tracks an artist, lists a scene
WORDS = ("amber", "river", "night", "glass", "summer", "paper", "heart", "signal")


def scene_tracks(seed: int = 3) -> pd.DataFrame:
    """Return 640 tracks in the store's columns; every third artist has no genres."""
    random = np.random.default_rng(seed)
    rows = [
        _track(scene, artist, number, random)
        for scene in range(SCENES)
        for artist in range(ARTISTS)
        for number in range(TRACKS)
    ]
    return pd.DataFrame(rows).reindex(columns=list(SNAPSHOT_COLUMNS))


def scene_playlists(tracks: pd.DataFrame, seed: int = 5) -> pd.DataFrame:
    """Return 40 playlists of 25 tracks, each within one scene and with few tracks of an artist."""
    random = np.random.default_rng(seed)
    rows = []
    for number in range(SCENES * LISTS):
        scene = number % SCENES
        mine = tracks[tracks["track_id"].str.startswith(f"s{scene}")]["track_id"].to_numpy()
        rows += [
            (f"p{number:02}", f"Scene {scene}", track) for track in random.choice(mine, 25, replace=False)
        ]
    return pd.DataFrame(rows, columns=["playlist_id", "playlist_name", "track_id"])


def playlists_by_fame(tracks: pd.DataFrame, lists: int = 112, seed: int = 5) -> pd.DataFrame:
    """Return playlists of 18 tracks, each within one scene and of tracks that are about as well known.

    That popularity counts so much, and artists not at all, no track says of itself: it can only be learnt.
    """
    random = np.random.default_rng(seed)
    rows = []
    for number in range(lists):
        mine = tracks[tracks["track_id"].str.startswith(f"s{number % SCENES}")]
        apart = np.abs(mine["popularity"].to_numpy() - random.integers(10, 90))
        near = mine["track_id"].to_numpy()[np.argsort(apart, kind="stable")[:24]]
        rows += [
            (f"p{number:03}", f"List {number}", track) for track in random.choice(near, 18, replace=False)
        ]
    return pd.DataFrame(rows, columns=["playlist_id", "playlist_name", "track_id"])


def _track(scene: int, artist: int, number: int, random: np.random.Generator) -> dict[str, object]:
    share = np.clip(scene / SCENES + random.normal(0, 0.15, 7), 0, 1)
    word = WORDS[scene]
    return {
        "track_id": f"s{scene}a{artist}n{number}",
        "track_name": f"{word.title()} {scene}{artist}{number}",
        "artists": [f"Artist {scene}{artist}"],
        "album_id": f"al{scene}{artist}",
        "album_name": f"{word.title()} Sessions",
        "release_date": f"{1965 + 6 * scene + int(random.integers(0, 6))}-0{1 + number % 9}-11",
        "genres": [] if artist % 3 == 0 else [f"{word} pop", f"style {scene}"],
        "popularity": float(random.integers(0, 101)),
        "explicit": False,
        "duration_ms": int(random.integers(120_000, 300_000)),
        "is_invented": True,
        **dict(zip(("danceability", "energy", "acousticness", "valence"), share[:4], strict=True)),
        **dict(zip(("speechiness", "instrumentalness", "liveness"), share[4:] / 2, strict=True)),
        "key": int(random.integers(0, 12)),
        "mode": int(random.integers(0, 2)),
        "loudness": -20.0 + 15 * share[1],
        "tempo": 80.0 + 60 * share[0],
        "time_signature": 4.0,
    }
