"""Songs outside the catalogue: searched while a listener types, looked up when one is chosen.

How long anybody waits is bounded in `asking`. Nothing here raises while searching; a song that was chosen
and cannot be had ends in an UnknownTrackError that says why.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from quintet.api.live.asking import Asker
from quintet.api.live.cache import Memory
from quintet.data.schema import AUDIO_FEATURES
from quintet.errors import SourceError, UnknownTrackError
from quintet.model.folding import plain
from quintet.model.guests import GuestSong
from quintet.model.tracks import SPOTIFY_ID
from quintet.ports.music import FeatureSource, FoundTrack, GenreSource, TrackPage, TrackSource

log = logging.getLogger("quintet.api.live")

MIN_LETTERS = 3  # of a query: fewer find anything
SEARCHES, SEARCH_LIFE_S = 500, 600.0
SONGS, SONG_LIFE_S = 2_000, 6 * 3600.0
GAPS_LIFE_S = 300.0  # what nobody had, or nobody could be asked for, is asked again after this
_BELIEVED = {feature.name: feature for feature in AUDIO_FEATURES}
MAX_ARTISTS = 3  # of a track, whose genres are asked for: each may cost a call


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a listener is made to wait, in seconds: for a search, and for a song that was chosen."""

    search_s: float = 1.0
    look_up_s: float = 4.0


class LiveSongs:
    """Asks the sources outside on behalf of listeners.

    Parameters
    ----------
    catalogue : TrackSource
        Where songs are searched and looked up.
    genres : GenreSource
        Of their artists.
    features : sequence of FeatureSource
        Asked in order, for what those before did not have.
    patience : Patience
        How long to wait.
    clock : callable
        Monotonic seconds.
    """

    def __init__(
        self,
        catalogue: TrackSource,
        genres: GenreSource,
        features: Sequence[FeatureSource],
        patience: Patience | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._catalogue, self._genres, self._features = catalogue, genres, features
        self._patience, self._clock = patience or Patience(), clock
        self._askers = {name: Asker(name, clock) for name in _names(catalogue, genres, *features)}
        self._searches: Memory[tuple[FoundTrack, ...]] = Memory(SEARCHES, SEARCH_LIFE_S, clock)
        self._tracks: Memory[FoundTrack] = Memory(SONGS, SONG_LIFE_S, clock)
        self._unknown: Memory[bool] = Memory(SONGS, GAPS_LIFE_S, clock)
        self._artists: Memory[tuple[str, ...]] = Memory(SONGS, SONG_LIFE_S, clock)
        self._sounds: Memory[Mapping[str, float]] = Memory(SONGS, SONG_LIFE_S, clock)
        self._silent: Memory[bool] = Memory(SONGS, GAPS_LIFE_S, clock)

    def search(self, query: str) -> tuple[FoundTrack, ...]:
        """Return what the source finds, best first, if it answers in time; else nothing. Never raises."""
        key = plain(query)
        found = self._searches.get(key)
        if found is not None or (len(key) < MIN_LETTERS and key.isascii()):
            return found or ()

        def question() -> tuple[FoundTrack, ...]:
            return self._keep_page(key, self._catalogue.search(query))

        try:
            return self._askers[self._catalogue.name].ask(question, self._patience.search_s)
        except SourceError as error:
            log.debug("live search: %s", error)
            return ()

    def songs(self, track_ids: Sequence[str]) -> list[GuestSong]:
        """Return songs with all that can be found of them in time, in the order of their ids.

        Raises
        ------
        UnknownTrackError
            Naming those that no source knows, or that could not be looked up.
        """
        end_s = self._clock() + self._patience.look_up_s
        tracks = self._look_up(track_ids, end_s)
        artists = list(dict.fromkeys(artist for track in tracks for artist in _asked_artists(track)))
        genres = self._genres_of(artists, end_s)
        features = self._features_of(track_ids, end_s)
        return [as_guest(track, genres, features.get(track.track_id)) for track in tracks]

    def _keep_page(self, key: str, page: TrackPage) -> tuple[FoundTrack, ...]:
        self._searches.put(key, page.tracks)
        for track in page.tracks:
            self._tracks.put(track.track_id, track)
        return page.tracks

    def _look_up(self, track_ids: Sequence[str], end_s: float) -> list[FoundTrack]:
        wanted = [track_id for track_id in track_ids if self._tracks.get(track_id) is None]
        asked = [one for one in wanted if SPOTIFY_ID.fullmatch(one) and not self._unknown.get(one)]
        self._refuse_if_any([one for one in wanted if one not in asked])
        if asked:
            try:
                self._ask(self._catalogue.name, lambda: self._keep_tracks(asked), end_s)
            except SourceError as error:
                raise UnknownTrackError(tuple(asked), str(error)) from error
        found = {track_id: self._tracks.get(track_id) for track_id in track_ids}
        self._refuse_if_any([track_id for track_id, track in found.items() if track is None])
        return [track for track in found.values() if track is not None]

    def _refuse_if_any(self, unknown: Sequence[str]) -> None:
        if unknown:
            raise UnknownTrackError(tuple(unknown))

    def _keep_tracks(self, track_ids: Sequence[str]) -> None:
        found = self._catalogue.tracks(track_ids)
        for track_id in track_ids:
            if track_id in found:
                self._tracks.put(track_id, found[track_id])
            else:
                self._unknown.put(track_id, True)

    def _genres_of(self, artist_ids: Sequence[str], end_s: float) -> dict[str, tuple[str, ...]]:
        """Return the genres of the artists whose genres are known now; the others have none."""
        asked = [one for one in artist_ids if self._artists.get(one) is None]

        def question() -> None:
            found = self._genres.artist_genres(asked)
            for artist_id in asked:
                self._artists.put(artist_id, found.get(artist_id, ()))

        self._try(self._genres.name, question if asked else None, end_s)
        return {artist_id: self._artists.get(artist_id) or () for artist_id in artist_ids}

    def _features_of(self, track_ids: Sequence[str], end_s: float) -> dict[str, Mapping[str, float]]:
        """Return the audio features of the tracks that have some now."""
        for source in self._features:
            asked = [one for one in track_ids if self._sounds.get(one) is None]
            asked = [one for one in asked if not self._silent.get(f"{source.name} {one}")][
                : source.batch_size
            ]
            self._try(source.name, self._sound_question(source, asked) if asked else None, end_s)
        found = {track_id: self._sounds.get(track_id) for track_id in track_ids}
        return {track_id: features for track_id, features in found.items() if features}

    def _sound_question(self, source: FeatureSource, asked: Sequence[str]) -> Callable[[], None]:
        def question() -> None:
            found = source.audio_features(asked)
            for track_id in asked:
                if track_id in found:
                    self._sounds.put(track_id, found[track_id])
                else:
                    self._silent.put(f"{source.name} {track_id}", True)

        return question

    def _try(self, name: str, question: Callable[[], None] | None, end_s: float) -> None:
        """Ask, and go on without an answer where there is none."""
        if question is None:
            return
        try:
            self._ask(name, question, end_s)
        except SourceError as error:
            log.info("live look-up", extra={"data": {"source": name, "reason": str(error)}})

    def _ask(self, name: str, question: Callable[[], None], end_s: float) -> None:
        self._askers[name].ask(question, end_s - self._clock())


def _names(*sources: TrackSource | GenreSource | FeatureSource) -> set[str]:
    return {source.name for source in sources}


def _asked_artists(track: FoundTrack) -> list[str]:
    return [artist.artist_id for artist in track.artists[:MAX_ARTISTS]]


def as_guest(
    track: FoundTrack,
    genres: Mapping[str, tuple[str, ...]] | None = None,
    features: Mapping[str, float] | None = None,
) -> GuestSong:
    """Return a track as the model takes it, with the genres of its artists (by id) and its audio features."""
    genres, features = genres or {}, features or {}
    named = (genre for artist in _asked_artists(track) for genre in genres.get(artist, ()))
    return GuestSong(
        track_id=track.track_id,
        track_name=track.track_name,
        artists=tuple(artist.name for artist in track.artists),
        duration_ms=track.duration_ms,
        album_name=track.album_name,
        release_date=track.release_date,
        popularity=track.popularity,
        explicit=track.explicit,
        image_url=track.image_url,
        genres=tuple(dict.fromkeys(named)),
        features={name: value for name, value in features.items() if _is_believable(name, value)},
    )


def _is_believable(name: str, value: float) -> bool:
    return name in _BELIEVED and _BELIEVED[name].low <= value <= _BELIEVED[name].high
