"""The catalogue and the world outside as one: what is found, what is shown of a song, what seeds are.

The catalogue alone decides whether it is enough; nobody outside is asked about a query it answers well.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from quintet.api.live.songs import LiveSongs, as_guest
from quintet.api.served_model import ServedModel
from quintet.data.names import fold_accents
from quintet.data.titles import parse_title
from quintet.model.guests import GuestSong
from quintet.model.matching import is_good
from quintet.model.seeds import Guest
from quintet.ports.music import FoundTrack

ENOUGH = 5  # good matches in the catalogue: nobody else is asked


def search(
    model: ServedModel, live: LiveSongs | None, query: str, limit: int, offset: int
) -> tuple[int, list[dict[str, Any]]]:
    """Return how many tracks of the catalogue match, and a page of tracks as plain dicts.

    The catalogue's own come first. Only the first page holds others, and only where the catalogue has few
    good matches; poor ones (misspelt, a word missing) give way to them.
    """
    total, own = model.search(query, limit, offset)
    if live is None or offset:
        return total, own
    good = sum(is_good(query, [track["track_name"], *track["artists"]]) for track in own)
    if good >= min(limit, ENOUGH):
        return total, own
    others = [song.track() for song in _unknown(model, live.search(query))][: limit - good]
    return total, [*own[: max(good, limit - len(others))], *others]


def part_seeds(
    model: ServedModel, live: LiveSongs | None, seeds: Sequence[str]
) -> tuple[Sequence[str], tuple[Guest, ...]]:
    """Return the seeds the catalogue knows, and the others, looked up outside and placed in the model.

    With nobody to ask, all are returned as they are: the model names those it does not know.

    Raises
    ------
    UnknownTrackError
        Naming the seeds nobody knows, or that could not be looked up.
    """
    strangers = [seed for seed in seeds if not model.knows(seed)]
    if not strangers or live is None:
        return seeds, ()
    guests = model.place(live.songs(strangers))
    return [seed for seed in seeds if seed not in strangers], guests


def track(model: ServedModel, live: LiveSongs | None, track_id: str) -> dict[str, Any]:
    """Return a song with its audio features as one plain dict: the catalogue's, else as it is told outside.

    Raises
    ------
    UnknownTrackError
        Nobody knows it, or it could not be looked up.
    """
    if live is None or model.knows(track_id):
        return model.track(track_id)
    (song,) = live.songs([track_id])
    return {**song.track(), **song.audio_features()}


def _unknown(model: ServedModel, found: Sequence[FoundTrack]) -> Iterator[GuestSong]:
    """Yield the songs of which the catalogue has no recording, each recording once."""
    seen: set[tuple[object, str]] = set()
    for track in found:
        song = as_guest(track)
        recording = parse_title(song.track_name), fold_accents(song.artists[0])
        if recording not in seen and not model.has_recording(song):
            seen.add(recording)
            yield song
