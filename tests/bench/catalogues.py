"""The catalogues that are measured: the real files where they are, and a synthetic one of any size."""

from __future__ import annotations

import ast
from pathlib import Path

import numpy as np
import pandas as pd

from quintet.data.dataset import Dataset, build_dataset
from quintet.data.schema import FEATURE_NAMES, SNAPSHOT_COLUMNS

SYLLABLES = [
    a + b for a in "bdfghjklmnprstvz" for b in ("a", "e", "i", "o", "u", "ar", "en", "is", "on", "ul")
]
GENRES, GENRE_SETS, WORDS = 3_000, 30_000, 120_000


def synthetic(tracks: int, seed: int = 7) -> Dataset:
    """Return an invented catalogue with as many words, artists and genre sets as a real one of its size."""
    rng = np.random.default_rng(seed)
    words = np.array([_word(rng) for _ in range(min(WORDS, max(500, tracks // 5)))])
    artists = [" ".join(_pick(rng, words, 2)).title() for _ in range(max(10, tracks // 8))]
    names = [f"{_word(rng)} {_word(rng)}" for _ in range(GENRES)]
    sets = [[]] + [
        [names[g] for g in _zipf(rng, GENRES, 1 + i % 6)] for i in range(min(GENRE_SETS, tracks // 10))
    ]
    by = _zipf(rng, len(artists), tracks)
    genre_set = rng.integers(0, len(sets), len(artists))
    frame = pd.DataFrame(_features(rng, tracks), columns=list(FEATURE_NAMES))
    frame["track_id"] = [f"s{i:09d}" for i in range(tracks)]
    titles = words[_zipf(rng, len(words), 3 * tracks)].reshape(tracks, 3)
    lengths = rng.integers(1, 4, tracks).tolist()
    frame["track_name"] = [
        " ".join(row[:length]).title() for row, length in zip(titles.tolist(), lengths, strict=True)
    ]
    frame["artists"] = [[artists[a]] for a in by]
    frame["genres"] = [sets[genre_set[a]] for a in by]
    albums = words[_zipf(rng, len(words), 2 * (tracks // 8 + 1))].reshape(-1, 2)
    titles_of_albums = [" ".join(row).title() for row in albums.tolist()]
    frame["album_name"] = [titles_of_albums[i] for i in rng.integers(0, len(albums), tracks)]
    days = rng.integers(0, 365 * 50, tracks) // 7 * 7
    frame["release_date"] = np.datetime_as_string(np.datetime64("1970-01-02") + days, unit="D")
    frame["popularity"] = rng.integers(0, 101, tracks)
    frame["duration_ms"] = rng.integers(90_000, 400_000, tracks)
    frame["recording"] = frame["song"] = np.arange(tracks, dtype=np.int32)
    return Dataset(frame, f"{tracks:064d}")


def _word(rng: np.random.Generator) -> str:
    return "".join(SYLLABLES[i] for i in rng.integers(0, len(SYLLABLES), rng.integers(1, 5)))


def _pick(rng: np.random.Generator, words: np.ndarray, count: int) -> list[str]:
    return list(words[_zipf(rng, len(words), count)])


def _zipf(rng: np.random.Generator, size: int, count: int) -> np.ndarray:
    """Return numbers below `size`, small ones more often, as words and artists are spread."""
    return np.minimum(size * rng.random(count) ** 2.5, size - 1).astype(np.int64)


def _features(rng: np.random.Generator, tracks: int) -> np.ndarray:
    """Return audio features in `FEATURE_NAMES` order, spread somewhat as real ones are."""
    share = rng.random((tracks, 12))
    share[:, 2] = rng.integers(0, 12, tracks)
    share[:, 3] = -4 - 12 * share[:, 3] ** 2
    share[:, 4] = share[:, 4] > 0.4
    share[:, [5, 7, 8]] **= 3
    share[:, 10] = 70 + 110 * share[:, 10]
    share[:, 11] = 4
    return share


def real(folder: Path) -> Dataset | None:
    """Return the real tracks of the development data, or None where it is absent."""
    songs, genres = folder / "spotify_songs.csv", folder / "artist_genres.csv"
    if not songs.exists() or not genres.exists():
        return None
    listed = pd.read_csv(genres, keep_default_na=False)
    by_artist = {
        a.casefold(): ast.literal_eval(g) for a, g in zip(listed.artists, listed.genres, strict=True)
    }
    names = {"track_popularity": "popularity", "track_album_name": "album_name"}
    names |= {"track_album_release_date": "release_date"}
    frame = pd.read_csv(songs).dropna(subset=["track_name"]).drop_duplicates("track_id").rename(columns=names)
    frame["artists"] = [[artist] for artist in frame.track_artist]
    frame["genres"] = [by_artist.get(artist.casefold(), []) for artist in frame.track_artist]
    return build_dataset(frame.reindex(columns=list(SNAPSHOT_COLUMNS)))


def playlists(folder: Path) -> pd.DataFrame:
    """Return which track is in which playlist of the development data."""
    columns = ["playlist_id", "playlist_name", "track_id"]
    return pd.read_csv(folder / "spotify_songs.csv", usecols=columns).drop_duplicates()


def charted(folder: Path) -> pd.DataFrame:
    """Return the songs of the charts: no release dates, and popularity as it was a year later."""
    names = {"spotify_track_id": "track_id", "song": "track_name", "spotify_track_album": "album_name"}
    names |= {"spotify_track_popularity": "popularity", "spotify_track_duration_ms": "duration_ms"}
    found = pd.read_csv(folder / "billboard_audio_features.csv").rename(columns=names)
    found = found.dropna(subset=["track_id", *FEATURE_NAMES]).drop_duplicates("track_id")
    found["artists"] = [[performer.split(" Featuring ")[0]] for performer in found.performer]
    found["genres"] = [ast.literal_eval(listed) for listed in found.spotify_genre.fillna("[]")]
    return found.reindex(columns=list(SNAPSHOT_COLUMNS))
