"""What a sentence may say of songs: read from the catalogue for its tracks, from what was told for guests.

The sentences are made in `reasons`.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from quintet.model.audio import DIMENSIONS
from quintet.model.fitted import FittedModel
from quintet.model.genres import genre_terms
from quintet.model.reasons import Traits
from quintet.model.seeds import STRANGER, Guest, Seeds
from quintet.model.terms import FAME, Rows


def listed_traits(model: FittedModel, rows: Rows) -> list[Traits]:
    """Return the traits of tracks of a list; the parts of their scores tell which way their sound lies."""
    tracks, years = model.tracks, model.years
    dates = years.of_row[rows]
    released = np.where(years.known[dates], years.values[dates], -1).tolist()
    popularity = tracks.popularity[rows].tolist()
    artists = model.artists.of_row[rows].tolist()
    return [
        Traits(
            track_id=tracks.track_id[row],
            genres=tuple(tracks.genres_of(row)),
            artist=artist,
            year=year if year >= 0 else None,
            popularity=None if popular != popular else int(popular),
        )
        for row, year, popular, artist in zip(rows.tolist(), released, popularity, artists, strict=True)
    ]


def seed_traits(model: FittedModel, seeds: Seeds) -> list[Traits]:
    """Return the traits of seeds, with their names and which way their sound lies; rows first."""
    audio, names = model.audio, model.tracks.track_name
    found = audio.directions(audio.features[seeds.rows], audio.scaled(seeds.rows)).tolist()
    listed = listed_traits(model, seeds.rows)
    of_rows = [
        _of_seed(traits, names[row], directions)
        for traits, row, directions in zip(listed, seeds.rows.tolist(), found, strict=True)
    ]
    return [*of_rows, *(_guest_traits(model, guest) for guest in seeds.guests)]


def _of_seed(traits: Traits, name: str, directions: Sequence[int]) -> Traits:
    by_feature = dict(zip(DIMENSIONS, directions, strict=True))
    return traits._replace(
        name=name, directions=by_feature, genre_terms=frozenset(genre_terms(traits.genres))
    )


def _guest_traits(model: FittedModel, guest: Guest) -> Traits:
    song = guest.song
    (directions,) = model.audio.directions(guest.features[None], guest.scaled[None]).tolist()
    traits = Traits(
        track_id=song.track_id,
        genres=guest.genre_names,
        artist=0 if guest.artist == STRANGER else guest.artist,
        year=guest.numbers.get("year"),
        popularity=guest.numbers.get(FAME),
    )
    return _of_seed(traits, song.track_name, directions)
