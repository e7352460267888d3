"""Small sources of music in memory: what they know, what they were asked, and how they fail."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quintet.errors import SourceError
from quintet.ports.music import CreditedArtist, FoundTrack, TrackPage


def found(track_id: str, name: str, artist: str, duration_ms: int = 200_000, **more: object) -> FoundTrack:
    facts = dict.fromkeys(
        ("album_id", "album_name", "release_date", "explicit", "popularity", "isrc", "image_url")
    )
    artists = (CreditedArtist(f"id of {artist}", artist),)
    return FoundTrack(track_id, name, artists, duration_ms=duration_ms, **facts | more)


def spotify_id(number: int) -> str:
    return f"{number:022d}"


@dataclass
class MemorySource:
    """A source of tracks, genres and features; it hangs while `open` is not set, and fails with `error`."""

    name: str = "spotify"
    batch_size: int = 40
    known: tuple[FoundTrack, ...] = ()
    genres: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    features: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    error: Exception | None = None
    asked: list[str] = field(default_factory=list)
    open: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.open.set()

    def _answer(self, what: str) -> None:
        self.asked.append(what)
        assert self.open.wait(20)
        if self.error is not None:
            raise self.error

    def search(self, query: str, offset: int = 0) -> TrackPage:
        self._answer(f"search {query}")
        words = query.casefold().split()
        names = {track: f"{track.track_name} {track.artists[0].name}".casefold() for track in self.known}
        return TrackPage(
            tuple(track for track, name in names.items() if all(word in name for word in words)), None
        )

    def playlist(self, playlist_id: str, offset: int = 0) -> TrackPage:
        raise SourceError("no playlists here")

    def library(self, shelf: str, offset: int = 0) -> TrackPage:
        raise SourceError("no listener here")

    def tracks(self, track_ids: Sequence[str]) -> Mapping[str, FoundTrack]:
        self._answer(f"tracks {' '.join(track_ids)}")
        return {track.track_id: track for track in self.known if track.track_id in track_ids}

    def artist_genres(self, artist_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        self._answer(f"artists {' '.join(artist_ids)}")
        return {artist_id: self.genres.get(artist_id, ()) for artist_id in artist_ids}

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        self._answer(f"features {' '.join(track_ids)}")
        return {track_id: self.features[track_id] for track_id in track_ids if track_id in self.features}
