"""Pasted songs found in the catalogue, and those of them that become seeds. No Streamlit."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TypeVar

from quintet.web.api_client import ApiClient
from quintet.web.errors import RefusedError, UnknownTracksError
from quintet.web.pasting import Pasted, PastedSong
from quintet.web.tracks import Track

# A playlist has a few hundred songs; looking each up by name would make somebody wait.
MAX_LOOKED_UP = 20
AT_ONCE = 4
RESULTS = 5

ItemT = TypeVar("ItemT")


@dataclass(frozen=True)
class Found:
    """What became of a paste.

    Parameters
    ----------
    tracks : tuple of Track
        Those to start from, one an artist as far as that goes.
    n_known : int
        How many of the songs the catalogue has.
    n_pasted : int
        How many there were.
    """

    tracks: tuple[Track, ...]
    n_known: int
    n_pasted: int


def find_songs(client: ApiClient, pasted: Pasted, most: int) -> Found:
    """Find pasted songs, and choose up to `most` of them.

    Links are taken one by one, also of songs outside the catalogue where the API can look them up. Of a
    playlist, the ids are compared with the catalogue at once; only where too few are in it, songs are
    searched by name.

    Raises
    ------
    ApiDownError, NoModelYetError
    """
    songs = pasted.songs
    if pasted.kind == "links" and len(songs) <= MAX_LOOKED_UP:
        tracks = [track for song in songs if (track := _by_id(client, song.track_id))]
        return Found(_one_each(tracks, _first_artist, most), len(tracks), len(songs))
    known = client.known(tuple(song.track_id for song in songs if song.track_id))
    by_id = [song for song in songs if song.track_id in known]
    chosen = _one_each(by_id, lambda song: song.artist or song.track_id, most)
    tracks = [track for song in chosen if (track := _by_id(client, song.track_id))]
    if len(tracks) >= most:
        return Found(tuple(tracks), len(by_id), len(songs))
    named = [song for song in songs if song.title and song.track_id not in known][:MAX_LOOKED_UP]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        searched = [track for track in pool.map(lambda song: _by_name(client, song), named) if track]
    once = {track.track_id: track for track in (*tracks, *searched)}.values()
    return Found(_one_each(once, _first_artist, most), len(by_id) + len(searched), len(songs))


def _by_id(client: ApiClient, track_id: str) -> Track | None:
    try:
        return client.track(track_id)
    except (UnknownTracksError, RefusedError):
        return None


def _by_name(client: ApiClient, song: PastedSong) -> Track | None:
    """Take the first result whose title and artist are the song's, whatever else their names say."""
    words = f"{song.title} {song.artist}".strip()
    try:
        found = client.search(words[:200], RESULTS).items
    except RefusedError:
        return None
    return next((track for track in found if track.is_in_catalogue and _is_meant(track, song)), None)


def _is_meant(track: Track, song: PastedSong) -> bool:
    """Compare folded: a line of text names artist and title, a row has each by itself."""
    title, artists = _folded(track.track_name), [_folded(artist) for artist in track.artists]
    if song.artist:
        return _same(title, _folded(song.title)) and any(
            _same(artist, _folded(song.artist)) for artist in artists
        )
    line = _folded(song.title)
    return title in line and any(artist in line for artist in artists)


def _same(one: str, other: str) -> bool:
    """Equal, or the same name with something added ("Halo" and "Halo - Live")."""
    shorter, longer = sorted((one, other), key=len)
    return bool(shorter) and (longer == shorter or longer.startswith(f"{shorter} "))


def _folded(text: str) -> str:
    """Leave letters and digits only, without case and accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(
        char if char.isalnum() else " " for char in decomposed if not unicodedata.combining(char)
    )
    return " ".join(letters.split())


def _one_each(items: Iterable[ItemT], artist_of: Callable[[ItemT], str], most: int) -> tuple[ItemT, ...]:
    """Choose the first items of different artists, then the first of the rest."""
    seen: set[str] = set()
    first: list[ItemT] = []
    rest: list[ItemT] = []
    for item in items:
        artist = artist_of(item)
        (rest if artist in seen else first).append(item)
        seen.add(artist)
    return tuple([*first, *rest][:most])


def _first_artist(track: Track) -> str:
    return track.artists[0] if track.artists else track.track_id
