"""Sources of music outside: catalogues, audio features, genres and charts, as values and protocols.

Nothing here is carried out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class CreditedArtist:
    """An artist as a track's credits name one; `artist_id` is Spotify's."""

    artist_id: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundTrack:
    """A track's metadata as a catalogue source knows it; what the source does not say is None.

    Units and formats are those of `data.schema`.
    """

    track_id: str
    track_name: str
    artists: tuple[CreditedArtist, ...]
    album_id: str | None
    album_name: str | None
    release_date: str | None
    duration_ms: int
    explicit: bool | None
    popularity: int | None
    isrc: str | None
    image_url: str | None


@dataclass(frozen=True, slots=True)
class TrackPage:
    """Some of the tracks a question has, in the source's order, and where the next begin (None: no more)."""

    tracks: tuple[FoundTrack, ...]
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """One place of a chart: the track by Spotify id where the source knows it, else by ISRC."""

    rank: int
    track_id: str | None
    isrc: str | None
    track: FoundTrack | None = None


class TrackSource(Protocol):
    """A catalogue to discover tracks in. Every method may raise any SourceError."""

    name: str

    def search(self, query: str, offset: int = 0) -> TrackPage:
        """Return the page of a search that begins at `offset`; the page's size is the source's."""
        ...

    def playlist(self, playlist_id: str, offset: int = 0) -> TrackPage:
        """Return the page of a playlist that begins at `offset`."""
        ...

    def library(self, shelf: str, offset: int = 0) -> TrackPage:
        """Return the page of a connected listener's `top` or `saved` tracks that begins at `offset`."""
        ...

    def tracks(self, track_ids: Sequence[str]) -> Mapping[str, FoundTrack]:
        """Return tracks by Spotify id; unknown ids are left out."""
        ...


class FeatureSource(Protocol):
    """A source of audio features, asked for at most `batch_size` tracks a call."""

    name: str
    batch_size: int

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """Return features by name (`data.schema.FEATURE_NAMES`) by Spotify id; unknown ids are left out."""
        ...


class GenreSource(Protocol):
    """A source of artists' genres, asked for at most `batch_size` artists at a time."""

    name: str

    @property
    def batch_size(self) -> int:
        """How many artists to ask for now; it may change as the source is better known."""
        ...

    def artist_genres(self, artist_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return genres by Spotify artist id; an artist without genres has an empty tuple."""
        ...


class ChartSource(Protocol):
    """A source of what is popular today."""

    name: str

    def chart(self, size: int) -> Sequence[ChartEntry]:
        """Return today's chart, best first, ranks from 1."""
        ...
