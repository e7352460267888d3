"""An invented world of music, the same for the same seed: artists, albums, tracks, charts and listeners.

Knows nothing of HTTP or of any service's JSON: see `bodies`.
"""

from __future__ import annotations

import hashlib
import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

_BASE62 = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST = [
    "Amber",
    "Cobalt",
    "Velvet",
    "Paper",
    "Silver",
    "Hollow",
    "Northern",
    "Tiny",
    "서울",
    "夜の",
    "Ночной",
    "Café",
]
_SECOND = [
    "Harbour",
    "Foxes",
    "Static",
    "Orchard",
    "Parade",
    "Lanterns",
    "Tide",
    "Machines",
    "바람",
    "電車",
    "Свет",
    "Él",
]
_TITLE = [
    "Glass",
    "Summer",
    "Away",
    "Kiss",
    "Signal",
    "Night",
    "Ocean",
    "Rain",
    "Fever",
    "비",
    "별",
    "Été",
    "花",
    "Снег",
]

GENRES: dict[str, tuple[float, float, float, float]] = {
    # energy, danceability, acousticness, tempo in BPM
    "k-pop": (0.78, 0.72, 0.12, 122),
    "korean r&b": (0.48, 0.64, 0.45, 98),
    "indie pop": (0.58, 0.6, 0.32, 116),
    "synthpop": (0.72, 0.66, 0.1, 120),
    "dance pop": (0.76, 0.75, 0.1, 118),
    "hip hop": (0.64, 0.8, 0.15, 94),
    "house": (0.84, 0.78, 0.03, 125),
    "ambient": (0.15, 0.25, 0.85, 80),
    "metal": (0.95, 0.38, 0.01, 138),
    "folk": (0.3, 0.45, 0.8, 104),
    "jazz": (0.35, 0.5, 0.75, 110),
    "latin pop": (0.75, 0.74, 0.2, 102),
}


def base62_id(*parts: object) -> str:
    """Return a 22-character id as Spotify writes them, the same for the same parts."""
    number = int.from_bytes(hashlib.sha256(repr(parts).encode()).digest()[:16], "big")
    digits = []
    for _ in range(22):
        number, digit = divmod(number, 62)
        digits.append(_BASE62[digit])
    return "".join(digits)


@dataclass(frozen=True, slots=True)
class Artist:
    """An invented artist; four in ten have no genre, as on Spotify."""

    id: str
    name: str
    genres: tuple[str, ...]
    style: str
    popularity: int


@dataclass(frozen=True, slots=True)
class Track:
    """An invented track of one album."""

    id: str
    name: str
    artist: Artist
    album_id: str
    album_name: str
    release_date: date
    duration_ms: int
    explicit: bool
    popularity: int
    isrc: str | None
    features: dict[str, float]


class World:
    """Everything the stand-ins know.

    Parameters
    ----------
    n_tracks : int
        How many tracks exist.
    today : date
        The newest release date, and the day of the chart.
    seed : int
        Another seed is another world.
    """

    def __init__(self, n_tracks: int = 2_000, today: date | None = None, seed: int = 5) -> None:
        self.n_tracks = n_tracks
        self.today = today or date(2026, 11, 20)
        self.seed = seed

    @cached_property
    def artists(self) -> list[Artist]:
        """Every artist; each makes about eight tracks."""
        return [self._artist(number) for number in range(max(1, self.n_tracks // 8))]

    @cached_property
    def tracks(self) -> list[Track]:
        """Every track, the most popular first."""
        made = [self._track(number) for number in range(self.n_tracks)]
        return sorted(made, key=lambda track: (-track.popularity, track.id))

    @cached_property
    def track_by_id(self) -> dict[str, Track]:
        """Tracks by Spotify id."""
        return {track.id: track for track in self.tracks}

    @cached_property
    def track_by_isrc(self) -> dict[str, Track]:
        """Tracks by ISRC, where they have one."""
        return {track.isrc: track for track in self.tracks if track.isrc}

    @cached_property
    def artist_by_id(self) -> dict[str, Artist]:
        """Artists by Spotify id."""
        return {artist.id: artist for artist in self.artists}

    def chart(self, day: date, size: int = 100) -> list[Track]:
        """Return the day's chart, best first: the popular tracks, each moved a little by the day."""
        pool = [track for track in self.tracks[: size * 3] if track.isrc]
        return sorted(
            pool, key=lambda track: -track.popularity - self._random("chart", day, track.id).gauss(0, 4)
        )[:size]

    def taste_of(self, listener: str, size: int = 120) -> list[Track]:
        """Return what one listener likes, best first: mostly three genres."""
        rng = self._random("listener", listener)
        styles = rng.sample(sorted(GENRES), 3)
        liked = [track for track in self.tracks if track.artist.style in styles]
        return rng.sample(liked, min(size, len(liked)))

    def _random(self, *parts: object) -> random.Random:
        return random.Random(repr((self.seed, *parts)))  # noqa: S311 (invented music, not a secret)

    def _artist(self, number: int) -> Artist:
        rng = self._random("artist", number)
        style = rng.choice(sorted(GENRES))
        genres = () if rng.random() < 0.4 else (style, *rng.sample(sorted(GENRES), rng.randint(0, 1)))
        name = f"{rng.choice(_FIRST)} {rng.choice(_SECOND)} {number}"
        unique = tuple(dict.fromkeys(genres))
        return Artist(base62_id(self.seed, "artist", number), name, unique, style, rng.randint(5, 95))

    def _track(self, number: int) -> Track:
        rng = self._random("track", number)
        artist = self.artists[number % len(self.artists)]
        album = f"{rng.choice(_TITLE)} {rng.choice(_SECOND)}"
        age_days = int(rng.expovariate(1 / 900)) if number % 20 else rng.randint(0, 6)
        return Track(
            id=base62_id(self.seed, "track", number),
            name=f"{rng.choice(_TITLE)} {rng.choice(_TITLE)} {number}",
            artist=artist,
            album_id=base62_id(self.seed, "album", artist.id, album),
            album_name=album,
            release_date=self.today - timedelta(days=min(age_days, 15_000)),
            duration_ms=rng.randint(120_000, 320_000),
            explicit=rng.random() < 0.15,
            popularity=min(100, max(0, int(rng.gauss(artist.popularity, 10)))),
            isrc=None if rng.random() < 0.05 else f"QZ{self.seed:03d}{number:07d}",
            features=_features(rng, artist.style),
        )


def _features(rng: random.Random, style: str) -> dict[str, float]:
    """Return audio features near those of a style, in Spotify's units and ranges."""
    energy, danceability, acousticness, tempo_bpm = GENRES[style]

    def share(mean: float, spread: float = 0.09) -> float:
        return round(min(0.999, max(0.001, rng.gauss(mean, spread))), 3)

    played_energy = share(energy)
    return {
        "danceability": share(danceability),
        "energy": played_energy,
        "key": rng.randint(0, 11),
        "loudness": round(min(-1.0, -22 + 19 * played_energy + rng.gauss(0, 1.2)), 3),
        "mode": int(rng.random() < 0.6),
        "speechiness": share(0.22 if style == "hip hop" else 0.05, 0.03),
        "acousticness": share(acousticness),
        "instrumentalness": share(0.8, 0.1) if style == "ambient" else share(0.01, 0.02),
        "liveness": share(0.15, 0.07),
        "valence": share(0.5, 0.2),
        "tempo": round(max(50.0, rng.gauss(tempo_bpm, 12)), 3),
        "time_signature": 4 if rng.random() < 0.92 else 3,
    }
