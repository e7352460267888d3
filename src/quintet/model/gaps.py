"""What a listener should know of their seeds: what no seed has, and guests of which little is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from quintet.model.seeds import Guest


def seed_gaps(unused: Iterable[str], guests: Sequence[Guest]) -> list[str]:
    """Return sentences on what did not count and why; nothing is told twice.

    Parameters
    ----------
    unused : iterable of str
        Names of the terms that no seed can be compared by.
    guests : sequence of Guest
        All guests among the seeds.
    """
    silent = [guest for guest in guests if not guest.sound_length]
    told = {"audio"} if silent else set()
    if any(not guest.genre_names for guest in silent):
        told.add("genres")
    return [
        *(f"no seed has {name}: {name} did not count" for name in unused if name not in told),
        *map(_gap, silent),
    ]


def _gap(guest: Guest) -> str:
    missing = f"no source has audio features of {guest.song.track_name}"
    if guest.genre_names:
        return f"{missing}: its genres stand for it"
    return f"{missing}, nor genres: its artist, its date and the like stand for it"
