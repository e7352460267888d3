"""Which column is what in each known kind of file. No file is opened here.

A layout is recognised by its header alone, whatever the file is called. Playlist genres and subgenres label
*playlists* and are read by none: taken as genres of tracks they would leak the answer into the evaluation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from quintet.adapters.track_files import cells
from quintet.data.schema import CANONICAL_COLUMNS, FEATURE_NAMES, OPTIONAL_FEATURES, Columns
from quintet.errors import UnknownLayoutError


@dataclass(frozen=True, slots=True)
class Layout:
    """One way a file may hold tracks.

    Parameters
    ----------
    name : str
        What a user calls such a file.
    required, optional : mapping of str to str
        Our column to the file's header.
    artists, genres : Splitter
        How a cell lists them.
    missing : frozenset of str
        Cells that mean "nothing" beside the empty one.
    has_spotify_ids : bool
        Whether every id must be Spotify's.
    has_album_objects : bool
        Whether some album names are Spotify's whole album object instead, as a Python dict in text.
    """

    name: str
    required: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    artists: cells.Splitter = cells.whole
    genres: cells.Splitter = cells.commas
    missing: frozenset[str] = frozenset()
    has_spotify_ids: bool = True
    has_album_objects: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """Every column the layout knows, required and optional."""
        return {**self.optional, **self.required}

    def lacks(self, header: Sequence[str]) -> list[str]:
        """Return the required headers a file does not have, in the layout's order."""
        return [name for name in self.required.values() if name not in header]


_NEEDED = {name: name for name in FEATURE_NAMES if name not in OPTIONAL_FEATURES}
_METER = {name: name for name in OPTIONAL_FEATURES}
_TITLED = {name: name.replace("_", " ").title() for name in _NEEDED}
_TITLED_METER = {name: name.replace("_", " ").title() for name in _METER}

CANONICAL = Layout(
    "the canonical layout",
    required={
        **{
            name: name
            for name in (Columns.TRACK_ID, Columns.TRACK_NAME, Columns.ARTISTS, Columns.DURATION_MS)
        },
        Columns.GENRES: Columns.GENRES,
        **_NEEDED,
    },
    optional={
        **{name: name for name in CANONICAL_COLUMNS},
        **{name: name for name in (Columns.ALBUM_ID, Columns.ISRC, Columns.IMAGE_URL)},
    },
    artists=cells.escaped_semicolons,
    genres=cells.escaped_semicolons,
    has_spotify_ids=False,
)

TIDYTUESDAY = Layout(
    "TidyTuesday spotify_songs.csv",
    required={
        Columns.TRACK_ID: "track_id",
        Columns.TRACK_NAME: "track_name",
        Columns.ARTISTS: "track_artist",
        Columns.DURATION_MS: "duration_ms",
        **_NEEDED,
    },
    optional={
        Columns.POPULARITY: "track_popularity",
        Columns.ALBUM_ID: "track_album_id",
        Columns.ALBUM_NAME: "track_album_name",
        Columns.RELEASE_DATE: "track_album_release_date",
        Columns.PLAYLIST_ID: "playlist_id",
        Columns.PLAYLIST_NAME: "playlist_name",
        **_METER,
    },
    missing=frozenset({"NA"}),
)

BILLBOARD = Layout(
    "TidyTuesday Billboard audio_features.csv",
    required={
        Columns.TRACK_ID: "spotify_track_id",
        Columns.TRACK_NAME: "song",
        Columns.ARTISTS: "performer",
        Columns.DURATION_MS: "spotify_track_duration_ms",
        **_NEEDED,
    },
    optional={
        Columns.GENRES: "spotify_genre",
        Columns.ALBUM_NAME: "spotify_track_album",
        Columns.EXPLICIT: "spotify_track_explicit",
        Columns.POPULARITY: "spotify_track_popularity",
        **_METER,
    },
    artists=cells.credits_with_guests,
    genres=cells.python_list,
    missing=frozenset({"NA"}),
    has_album_objects=True,
)

KAGGLE_114K = Layout(
    "the 114 k dataset.csv (Kaggle, Hugging Face)",
    required={
        **{
            name: name
            for name in (Columns.TRACK_ID, Columns.TRACK_NAME, Columns.ARTISTS, Columns.DURATION_MS)
        },
        Columns.GENRES: "track_genre",
        **_NEEDED,
    },
    optional={
        **{name: name for name in (Columns.ALBUM_NAME, Columns.POPULARITY, Columns.EXPLICIT)},
        **_METER,
    },
    artists=cells.semicolons,
)

_KAGGLE_IDS = {
    Columns.TRACK_ID: "id",
    Columns.TRACK_NAME: "name",
    Columns.ARTISTS: "artists",
    Columns.DURATION_MS: "duration_ms",
}

KAGGLE_1_2M = Layout(
    "the 1.2 M tracks_features.csv (Kaggle)",
    required={**_KAGGLE_IDS, Columns.ARTIST_IDS: "artist_ids", **_NEEDED},
    optional={
        Columns.ALBUM_NAME: "album",
        **{name: name for name in (Columns.ALBUM_ID, Columns.EXPLICIT, Columns.RELEASE_DATE)},
        **_METER,
    },
    artists=cells.python_list,
)

KAGGLE_600K = Layout(
    "the 600 k tracks.csv (Kaggle)",
    required={**_KAGGLE_IDS, Columns.ARTIST_IDS: "id_artists", **_NEEDED},
    optional={
        **{name: name for name in (Columns.POPULARITY, Columns.EXPLICIT, Columns.RELEASE_DATE)},
        **_METER,
    },
    artists=cells.python_list,
)

_EXPORTIFY = {
    Columns.TRACK_ID: "Track URI",
    Columns.TRACK_NAME: "Track Name",
    Columns.ARTISTS: "Artist Name(s)",
}
_EXPORTIFY_EXTRAS = {
    Columns.ALBUM_NAME: "Album Name",
    Columns.POPULARITY: "Popularity",
    Columns.EXPLICIT: "Explicit",
    **_TITLED_METER,
}

EXPORTIFY_NET = Layout(
    "an exportify.net export",
    required={**_EXPORTIFY, Columns.DURATION_MS: "Duration (ms)", **_TITLED},
    optional={**_EXPORTIFY_EXTRAS, Columns.RELEASE_DATE: "Release Date", Columns.GENRES: "Genres"},
    artists=cells.exportify_net,
)

EXPORTIFY_NET_OLD = Layout(
    "an older exportify.net export",
    required={**EXPORTIFY_NET.required, Columns.TRACK_ID: "Spotify ID"},
    optional={**EXPORTIFY_NET.optional, Columns.ARTIST_IDS: "Artist IDs"},
    artists=cells.exportify_net,
)

EXPORTIFY_APP = Layout(
    "an exportify.app export with audio features",
    required={**_EXPORTIFY, Columns.DURATION_MS: "Track Duration (ms)", **_TITLED},
    optional={
        **_EXPORTIFY_EXTRAS,
        Columns.RELEASE_DATE: "Album Release Date",
        Columns.ALBUM_ID: "Album URI",
        Columns.IMAGE_URL: "Album Image URL",
        Columns.ISRC: "ISRC",
        Columns.GENRES: "Artist Genres",
        Columns.ARTIST_IDS: "Artist URI(s)",
    },
    artists=cells.exportify_app,
)

LAYOUTS = (
    CANONICAL,
    TIDYTUESDAY,
    BILLBOARD,
    KAGGLE_114K,
    KAGGLE_1_2M,
    KAGGLE_600K,
    EXPORTIFY_NET,
    EXPORTIFY_NET_OLD,
    EXPORTIFY_APP,
)


def recognise(header: Sequence[str], file_name: str) -> Layout:
    """Return the layout a header has.

    Raises
    ------
    UnknownLayoutError
        Naming the columns the nearest layout would need, and every layout known.
    """
    for layout in LAYOUTS:
        if not layout.lacks(header):
            return layout
    nearest = min(LAYOUTS, key=lambda layout: len(layout.lacks(header)) / len(layout.required))
    known = "; ".join(layout.name for layout in LAYOUTS)
    raise UnknownLayoutError(
        f"{file_name}: its columns are not those of a known layout. It comes nearest to {nearest.name}, "
        f"but lacks: {', '.join(nearest.lacks(header))}. Known layouts: {known}"
    )
