"""What a track is: column names, audio features with their units and ranges, the canonical order.

No rows are read, checked or changed here: see `validation` and `dataset`.
"""

from __future__ import annotations

from dataclasses import dataclass


class Columns:
    """The names of a track's columns, the same in files, in PostgreSQL, in a model and in the API."""

    TRACK_ID = "track_id"
    TRACK_NAME = "track_name"
    ARTISTS = "artists"  # list of str, in credit order
    ALBUM_ID = "album_id"
    ALBUM_NAME = "album_name"
    RELEASE_DATE = "release_date"  # "YYYY", "YYYY-MM" or "YYYY-MM-DD": the text says the precision
    GENRES = "genres"  # list of str, lower case
    POPULARITY = "popularity"  # 0–100
    EXPLICIT = "explicit"
    DURATION_MS = "duration_ms"
    ISRC = "isrc"
    IMAGE_URL = "image_url"
    IS_INVENTED = "is_invented"  # True for the bundled demo catalogue

    ARTIST_IDS = "artist_ids"  # list of str beside `artists`, or empty where a source has none
    PLAYLIST_ID = "playlist_id"
    PLAYLIST_NAME = "playlist_name"

    RECORDING = "recording"  # int32: releases of one recording share it
    SONG = "song"  # int32: versions of one song share it


@dataclass(frozen=True, slots=True)
class AudioFeature:
    """One of Spotify's audio features.

    Parameters
    ----------
    name : str
        Spotify's own name, and the column's.
    unit : str
        "share" means a proportion or confidence between 0 and 1.
    low, high : float
        The closed range a value must lie in to be believed.
    is_integer : bool
        Whether a value with a fraction is an error.
    """

    name: str
    unit: str
    low: float
    high: float
    is_integer: bool = False


AUDIO_FEATURES = (
    AudioFeature("danceability", "share", 0.0, 1.0),
    AudioFeature("energy", "share", 0.0, 1.0),
    AudioFeature("key", "pitch class, -1 where none was found", -1, 11, is_integer=True),
    # Mastered loud, a track may go a little above full scale: 0 dB is no limit.
    AudioFeature("loudness", "dB", -60.0, 5.0),
    AudioFeature("mode", "1 major, 0 minor", 0, 1, is_integer=True),
    AudioFeature("speechiness", "share", 0.0, 1.0),
    AudioFeature("acousticness", "share", 0.0, 1.0),
    AudioFeature("instrumentalness", "share", 0.0, 1.0),
    AudioFeature("liveness", "share", 0.0, 1.0),
    AudioFeature("valence", "share", 0.0, 1.0),
    AudioFeature("tempo", "BPM", 20.0, 260.0),
    AudioFeature("time_signature", "beats a bar", 0, 7, is_integer=True),
)
FEATURE_NAMES = tuple(feature.name for feature in AUDIO_FEATURES)
OPTIONAL_FEATURES = frozenset({"time_signature"})  # sources other than Spotify lack it

# Ids of the bundled demo songs begin so; the importer marks them as invented wherever they come back from.
INVENTED_ID_PREFIX = "demo"

MIN_DURATION_MS = 15_000
MAX_DURATION_MS = 2 * 60 * 60 * 1000
MAX_DURATION_GAP_MS = 2_500  # between releases of one recording
MAX_NAME_LENGTH = 1_000  # characters of a title, an artist or an album
MAX_GENRE_LENGTH = 100

CANONICAL_COLUMNS = (
    Columns.TRACK_ID,
    Columns.TRACK_NAME,
    Columns.ARTISTS,
    Columns.ALBUM_NAME,
    Columns.RELEASE_DATE,
    Columns.POPULARITY,
    Columns.EXPLICIT,
    Columns.DURATION_MS,
    *FEATURE_NAMES,
    Columns.GENRES,
)

SNAPSHOT_COLUMNS = (
    Columns.TRACK_ID,
    Columns.TRACK_NAME,
    Columns.ARTISTS,
    Columns.ALBUM_ID,
    Columns.ALBUM_NAME,
    Columns.RELEASE_DATE,
    Columns.GENRES,
    Columns.POPULARITY,
    Columns.EXPLICIT,
    Columns.DURATION_MS,
    Columns.ISRC,
    Columns.IMAGE_URL,
    Columns.IS_INVENTED,
    *FEATURE_NAMES,
)
"""The columns of a frame of tracks in memory, in order."""

INTEGER_COLUMNS = (
    Columns.POPULARITY,
    Columns.DURATION_MS,
    *(feature.name for feature in AUDIO_FEATURES if feature.is_integer),
)
"""Whole numbers. In memory `popularity` and `time_signature` may be missing, so they are float64 there."""
