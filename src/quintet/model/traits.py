"""What a sentence may say of songs: read from the catalogue for its tracks, from what was told for guests.

The sentences are made in `reasons`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain, repeat

import numpy as np

from quintet.model.audio import DIMENSIONS
from quintet.model.fitted import FittedModel
from quintet.model.reasons import Traits
from quintet.model.seeds import STRANGER, Guest, Seeds
from quintet.model.terms import FAME, Rows

Directions = Mapping[str, int]


def listed_traits(model: FittedModel, rows: Rows) -> list[Traits]:
    """Return the traits of tracks of a list; the parts of their scores tell which way their sound lies."""
    return _traits(model, rows)


def seed_traits(model: FittedModel, seeds: Seeds) -> list[Traits]:
    """Return the traits of seeds, rows first."""
    audio = model.audio
    found = audio.directions(audio.features[seeds.rows], audio.scaled(seeds.rows)).tolist()
    directions = [dict(zip(DIMENSIONS, values, strict=True)) for values in found]
    return [*_traits(model, seeds.rows, directions), *(_guest_traits(model, guest) for guest in seeds.guests)]


def _traits(model: FittedModel, rows: Rows, directions: Iterable[Directions] = ()) -> list[Traits]:
    tracks, years = model.tracks, model.years
    dates = years.of_row[rows]
    released = np.where(years.known[dates], years.values[dates], -1).tolist()
    popularity = tracks.popularity[rows].tolist()
    artists = model.artists.of_row[rows].tolist()
    facts = zip(rows.tolist(), released, popularity, artists, chain(directions, repeat({})), strict=False)
    return [
        Traits(
            track_id=tracks.track_id[row],
            name=tracks.track_name[row],
            directions=found,
            genres=tuple(tracks.genres_of(row)),
            artist=artist,
            year=year if year >= 0 else None,
            popularity=None if popular != popular else int(popular),
        )
        for row, year, popular, artist, found in facts
    ]


def _guest_traits(model: FittedModel, guest: Guest) -> Traits:
    song, audio = guest.song, model.audio
    (directions,) = audio.directions(guest.features[None], guest.scaled[None]).tolist()
    return Traits(
        track_id=song.track_id,
        name=song.track_name,
        directions=dict(zip(DIMENSIONS, directions, strict=True)),
        genres=guest.genre_names,
        artist=0 if guest.artist == STRANGER else guest.artist,
        year=guest.numbers.get("year"),
        popularity=guest.numbers.get(FAME),
    )
