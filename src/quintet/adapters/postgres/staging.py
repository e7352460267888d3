"""Frames into temporary tables, by `COPY`. What becomes of them there is said in `merges`.

Lists of names travel as one cell, parted by a character that cleaned names cannot hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import StringIO
from itertools import chain
from typing import Final, cast

import pandas as pd
import psycopg2.extensions
from sqlalchemy import Connection

from quintet.data.names import fold
from quintet.data.schema import FEATURE_NAMES, INTEGER_COLUMNS, Columns

SEPARATOR: Final = "\x1f"
ARTIST_ID, ARTIST_NAME = "artist_id", "artist_name"

STAGED_TRACKS = (
    Columns.TRACK_ID,
    Columns.TRACK_NAME,
    Columns.ALBUM_ID,
    Columns.ALBUM_NAME,
    Columns.RELEASE_DATE,
    Columns.POPULARITY,
    Columns.EXPLICIT,
    Columns.DURATION_MS,
    Columns.ISRC,
    Columns.IMAGE_URL,
    Columns.IS_INVENTED,
    *FEATURE_NAMES,
    Columns.ARTISTS,
    Columns.ARTIST_IDS,
    Columns.GENRES,
)

CREATE_TABLES = """
CREATE TEMPORARY TABLE staged_tracks (
    row_number bigint GENERATED ALWAYS AS IDENTITY,
    track_id text COLLATE "C", track_name text, album_id text, album_name text, release_date text,
    popularity smallint, explicit boolean, duration_ms integer, isrc text, image_url text,
    is_invented boolean,
    danceability double precision, energy double precision, key smallint, loudness double precision,
    mode smallint, speechiness double precision, acousticness double precision,
    instrumentalness double precision, liveness double precision, valence double precision,
    tempo double precision, time_signature smallint,
    artists text, artist_ids text, genres text
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_playlist_tracks (
    row_number bigint GENERATED ALWAYS AS IDENTITY,
    playlist_id text COLLATE "C", playlist_name text, track_id text COLLATE "C"
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_artists (
    row_number bigint GENERATED ALWAYS AS IDENTITY,
    artist_id text COLLATE "C", artist_name text, folded_name text COLLATE "C"
) ON COMMIT DROP;
CREATE TEMPORARY TABLE staged_artist_genres (artist_id text COLLATE "C", genres text) ON COMMIT DROP;
"""


def create_tables(connection: Connection) -> None:
    """Make the empty temporary tables of this transaction."""
    connection.exec_driver_sql(CREATE_TABLES)


def stage_tracks(connection: Connection, tracks: pd.DataFrame) -> None:
    """Copy accepted rows and their artists; one without an id gets one made of its folded name."""
    names = list(tracks[Columns.ARTISTS])
    ids = [
        known or [name_id(name) for name in credited]
        for credited, known in zip(names, tracks[Columns.ARTIST_IDS], strict=True)
    ]
    ready = tracks.assign(
        artists=_joined(names), artist_ids=_joined(ids), genres=_joined(list(tracks[Columns.GENRES]))
    )
    _copy(connection, "staged_tracks", STAGED_TRACKS, ready.astype(dict.fromkeys(INTEGER_COLUMNS, "Int64")))
    _stage_artists(connection, list(chain.from_iterable(ids)), list(chain.from_iterable(names)))


def stage_features(connection: Connection, features: pd.DataFrame) -> None:
    """Copy `track_id, source` and the audio features, into a table the caller has made."""
    whole = {name: "Int64" for name in INTEGER_COLUMNS if name in FEATURE_NAMES}
    columns = (Columns.TRACK_ID, "source", *FEATURE_NAMES)
    _copy(connection, "staged_features", columns, features.astype(whole))


def stage_playlists(connection: Connection, playlists: pd.DataFrame) -> None:
    """Copy `playlist_id, playlist_name, track_id`."""
    columns = (Columns.PLAYLIST_ID, Columns.PLAYLIST_NAME, Columns.TRACK_ID)
    _copy(connection, "staged_playlist_tracks", columns, playlists)


def stage_artist_genres(connection: Connection, genres: pd.DataFrame) -> None:
    """Copy `artist_name, genres` and, where known, `artist_id`; names that fold alike share their genres."""
    names = list(genres[ARTIST_NAME])
    known = list(genres[ARTIST_ID]) if ARTIST_ID in genres else [""] * len(names)
    ids = [found or name_id(name) for found, name in zip(known, names, strict=True)]
    _stage_artists(connection, ids, names)
    merged: dict[str, dict[str, None]] = {}
    for artist_id, listed in zip(ids, genres[Columns.GENRES], strict=True):
        merged.setdefault(artist_id, {}).update(dict.fromkeys(listed))
    ready = pd.DataFrame({ARTIST_ID: list(merged), Columns.GENRES: _joined(list(merged.values()))})
    _copy(connection, "staged_artist_genres", (ARTIST_ID, Columns.GENRES), ready)


def name_id(name: str) -> str:
    """Return the id of an artist known by name alone."""
    return f"name:{fold(name)}"


def _stage_artists(connection: Connection, ids: list[str], names: list[str]) -> None:
    distinct = dict(zip(reversed(ids), reversed(names), strict=True))  # the first spelling of an id counts
    frame = pd.DataFrame({ARTIST_ID: list(distinct), ARTIST_NAME: list(distinct.values())}, dtype="str")
    frame["folded_name"] = [fold(name) for name in frame[ARTIST_NAME]]
    _copy(connection, "staged_artists", (ARTIST_ID, ARTIST_NAME, "folded_name"), frame)


def _joined(lists: Iterable[Iterable[str]]) -> list[str]:
    return [SEPARATOR.join(names) for names in lists]


def _copy(connection: Connection, table: str, columns: Sequence[str], frame: pd.DataFrame) -> None:
    """Send a frame's columns to a table of ours (the names are constants of this file, never input)."""
    buffer = StringIO()
    frame.to_csv(buffer, columns=list(columns), header=False, index=False)
    buffer.seek(0)
    statement = f"COPY {table} ({', '.join(columns)}) FROM STDIN WITH (FORMAT csv)"
    with cast("psycopg2.extensions.connection", connection.connection.driver_connection).cursor() as cursor:
        cursor.copy_expert(statement, buffer)
