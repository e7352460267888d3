"""Team draft: two lists woven into one, so that neither has an advantage but being better.

Radlinski, Kurup and Joachims (2008), as two captains choose their teams: in each round a coin says who is
first, and each places its best track that still may be listed. Whose tracks are then chosen tells who
is better.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from quintet.data.names import fold

Item = dict[str, Any]


Songs = Callable[[str], Iterable[Hashable]]
"""Returns what tells a track's song by its id: two tracks that share any of it are one song."""


@dataclass(frozen=True, slots=True)
class Caps:
    """What a woven list must keep to, as each of the two lists does by itself.

    Parameters
    ----------
    per_artist, per_album : int or None
        At most so many tracks of one first artist, of one album title; None: any number.
    """

    per_artist: int | None = None
    per_album: int | None = None


def weave(
    first: Sequence[Item], second: Sequence[Item], k: int, key: str, caps: Caps, songs: Songs
) -> list[tuple[int, Item]]:
    """Weave two lists into one.

    Parameters
    ----------
    first, second : sequence of dict
        Tracks with `track_id`, `artists` and `album_name`, best first.
    k : int
        How many to place; fewer where both lists run dry.
    key : str
        The same key throws the same coins.
    caps : Caps
        How much alike may stand together.
    songs : callable
        See `Songs`.

    Returns
    -------
    list of (int, dict)
        Who placed each track, 0 or 1, and the track.
    """
    coins, table = Random(key), _Table(caps, songs)  # noqa: S311 (coins, no secret)
    teams: tuple[Iterator[Item], Iterator[Item]] = (iter(first), iter(second))
    woven: list[tuple[int, Item]] = []
    while len(woven) < k:
        starts = coins.randrange(2)
        placed = [
            (team, item) for team in (starts, 1 - starts) if (item := table.place(teams[team])) is not None
        ]
        if not placed:
            break
        woven += placed
    return woven[:k]


class _Table:
    """What was placed so far, and what may still be."""

    def __init__(self, caps: Caps, songs: Songs) -> None:
        self._caps, self._songs_of = caps, songs
        self._songs: set[Hashable] = set()
        self._artists: Counter[str] = Counter()
        self._albums: Counter[str] = Counter()

    def place(self, team: Iterator[Item]) -> Item | None:
        """Return a team's next track that may be listed, or None where it has none left."""
        for item in team:
            songs = {item["track_id"], *self._songs_of(item["track_id"])}
            artist, album = fold(next(iter(item["artists"]), "")), fold(item["album_name"] or "")
            if songs & self._songs or self._is_full(artist, album):
                continue
            self._songs |= songs
            self._artists[artist] += 1
            self._albums[album] += 1
            return item
        return None

    def _is_full(self, artist: str, album: str) -> bool:
        by_artist, by_album = self._caps.per_artist, self._caps.per_album
        return bool(
            (artist and by_artist is not None and self._artists[artist] >= by_artist)
            or (album and by_album is not None and self._albums[album] >= by_album)
        )
