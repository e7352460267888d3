"""Spotify as a catalogue and as a source of audio features, genres and a chart: whatever this app may use.

No app can ask which regime it is in. What a call is refused is remembered in `learned` (0: refused; else the
page size that works), which the crawl keeps for the run, so that nothing is refused twice.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Mapping, MutableMapping, Sequence
from functools import partial
from typing import Any

import spotipy

from quintet.adapters.spotify.client import SpotifyClient
from quintet.adapters.spotify.shapes import entries_of, next_offset, read_features, read_track, read_tracks
from quintet.errors import NotFoundAtSourceError, SourceError, SourceRefusedError
from quintet.ports import ChartEntry, FoundTrack, TrackPage

log = logging.getLogger(__name__)

LARGE_PAGE, SMALL_PAGE = 50, 10
TOP = "top"
LAST_OFFSET = 1000  # Spotify's own bound on how deep a search goes
Learned = MutableMapping[str, int]


class SpotifySource:
    """Everything Spotify may be asked, behind the ports `TrackSource` and `GenreSource`.

    Parameters
    ----------
    client : SpotifyClient
        How to ask.
    market : str
        An ISO 3166-1 alpha-2 country: without one, Spotify calls all content unavailable to an app.
    learned : mutable mapping of str to int
        What this run has found out; shared by every source of the run.
    listener : SpotifyClient or None
        How to ask for the listener whose own music may be read; None: nobody is connected.
    """

    name = "spotify"

    def __init__(
        self, client: SpotifyClient, market: str, learned: Learned, listener: SpotifyClient | None = None
    ) -> None:
        self._client = client
        self._market = market
        self._learned = learned
        self._listener = listener

    @property
    def batch_size(self) -> int:
        """Fifty once a batch was answered, else one: an answer to one call is never lost with the next."""
        return LARGE_PAGE if self._learned.get("batch") else 1

    def search(self, query: str, offset: int = 0) -> TrackPage:
        """Return one page of a search, fifty long where the app may, else ten."""
        size = self._learned.get("search", LARGE_PAGE)
        try:
            return self._search_page(query, offset, size)
        except SourceError as error:
            if size == SMALL_PAGE or "Invalid limit" not in str(error):
                raise
        self._learned["search"] = SMALL_PAGE
        log.info("spotify allows search pages of ten")
        return self._search_page(query, offset, SMALL_PAGE)

    def _search_page(self, query: str, offset: int, size: int) -> TrackPage:
        def question(spotify: spotipy.Spotify) -> Any:
            return spotify.search(query, limit=size, offset=offset, type="track", market=self._market)

        page = self._client.ask("search", question)["tracks"]
        following = next_offset(page)
        beyond = following is None or following > LAST_OFFSET
        return TrackPage(read_tracks(page.get("items") or ()), None if beyond else following)

    def playlist(self, playlist_id: str, offset: int = 0) -> TrackPage:
        """Return one page of a playlist this app may read; SourceRefusedError for others."""

        def question(spotify: spotipy.Spotify) -> Any:
            return spotify.playlist_items(
                playlist_id, limit=LARGE_PAGE, offset=offset, market=self._market, additional_types=("track",)
            )

        page = self._client.ask("playlist", question)
        return TrackPage(read_tracks(entries_of(page)), next_offset(page))

    def library(self, shelf: str, offset: int = 0) -> TrackPage:
        """Return one page of what the connected listener likes: `top` or `saved`."""
        if self._listener is None:
            raise SourceRefusedError("nobody's Spotify is connected: set SPOTIFY_REFRESH_TOKEN")

        def question(spotify: spotipy.Spotify) -> Any:
            if shelf == TOP:
                return spotify.current_user_top_tracks(limit=LARGE_PAGE, offset=offset)
            return spotify.current_user_saved_tracks(limit=LARGE_PAGE, offset=offset, market=self._market)

        try:
            page = self._listener.ask(f"{shelf} tracks", question)
        except SourceRefusedError as error:
            raise SourceRefusedError(str(error)) from error  # of the listener's only: the app goes on
        bodies = page.get("items") or () if shelf == TOP else entries_of(page)
        return TrackPage(read_tracks(bodies), next_offset(page))

    def tracks(self, track_ids: Sequence[str]) -> Mapping[str, FoundTrack]:
        """Return tracks by id, by fifties where the app may, else one by one."""
        bodies = self._each_or_batch(
            "tracks",
            track_ids,
            lambda spotify, ids: spotify.tracks(ids, market=self._market)["tracks"],
            lambda track_id, spotify: spotify.track(track_id, market=self._market),
        )
        return {track.track_id: track for body in bodies if (track := read_track(body))}

    def artist_genres(self, artist_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return genres by artist id; Spotify has none for many."""
        bodies = self._each_or_batch(
            "artists",
            artist_ids,
            lambda spotify, ids: spotify.artists(ids)["artists"],
            lambda artist_id, spotify: spotify.artist(artist_id),
        )
        return {
            body["id"]: tuple(genre.lower() for genre in body.get("genres") or ()) for body in bodies if body
        }

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """Return audio features by track id; only apps from before November 2024 are given them."""
        bodies = self._unless_refused(
            "audio features", lambda: self._client.ask("audio features", _ask_features(track_ids))
        )
        return {body["id"]: read_features(body) for body in bodies if body}

    def _each_or_batch(
        self,
        what: str,
        ids: Sequence[str],
        batch: Callable[[spotipy.Spotify, Sequence[str]], Any],
        single: Callable[[str, spotipy.Spotify], Any],
    ) -> Iterable[Any]:
        if not ids:
            return []
        if self._learned.get("batch", 1):
            try:
                found = list(self._client.ask(f"batch of {what}", lambda spotify: batch(spotify, ids)))
            except SourceRefusedError as error:
                if error.whole_source:
                    raise
                self._learned["batch"] = 0
                log.info("spotify allows no batches")
            else:
                self._learned["batch"] = 1
                return found
        return self._one_by_one(what, ids, single)

    def _one_by_one(
        self, what: str, ids: Sequence[str], single: Callable[[str, spotipy.Spotify], Any]
    ) -> Iterable[Any]:
        for item_id in ids:
            try:
                yield self._client.ask(what, partial(single, item_id))
            except NotFoundAtSourceError:
                log.info("spotify does not know an id", extra={"id": item_id})

    def _unless_refused(self, what: str, ask: Callable[[], Any]) -> Any:
        if not self._learned.get(what, 1):
            raise SourceRefusedError(f"Spotify refused {what} before in this run")
        try:
            return ask()
        except SourceRefusedError:
            self._learned[what] = 0
            raise


def _ask_features(track_ids: Sequence[str]) -> Callable[[spotipy.Spotify], Any]:
    def question(spotify: spotipy.Spotify) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # we know: hence the other sources
            return spotify.audio_features(list(track_ids))

    return question


class SpotifyFeatures:
    """Spotify as a `FeatureSource`, a hundred tracks a call.

    Parameters
    ----------
    source : SpotifySource
        Whom to ask.
    """

    name = "spotify"
    batch_size = 100

    def __init__(self, source: SpotifySource) -> None:
        self._source = source

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """Return audio features by track id."""
        return self._source.audio_features(track_ids)


class SpotifyPlaylistChart:
    """A chart read from a playlist the app may read, in its order.

    Parameters
    ----------
    source : SpotifySource
        Where the playlist is.
    playlist_id : str
        Which one.
    """

    name = "spotify"

    def __init__(self, source: SpotifySource, playlist_id: str) -> None:
        self._source = source
        self._playlist_id = playlist_id

    def chart(self, size: int) -> Sequence[ChartEntry]:
        """Return the first `size` tracks of the playlist."""
        tracks: list[FoundTrack] = []
        offset: int | None = 0
        while offset is not None and len(tracks) < size:
            page = self._source.playlist(self._playlist_id, offset)
            tracks += page.tracks
            offset = page.next_offset
        ranked = enumerate(tracks[:size], start=1)
        return [ChartEntry(rank, track.track_id, track.isrc, track) for rank, track in ranked]
