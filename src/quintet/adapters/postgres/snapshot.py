"""The catalogue out of PostgreSQL, by `COPY`, as the frame the core works on. Nothing is written here."""

from __future__ import annotations

from tempfile import TemporaryFile
from typing import Final, cast

import pandas as pd
import psycopg2.extensions
from sqlalchemy import Connection

from quintet.adapters.postgres.staging import SEPARATOR
from quintet.data.schema import FEATURE_NAMES, SNAPSHOT_COLUMNS, Columns

SOURCE_ORDER: Final = ("spotify", "reccobeats", "musicbrainz", "deezer", "file", "demo")
"""Whose word counts where several sources speak of one thing; a source not named here comes last."""

SOURCE_RANK = (
    f"coalesce(array_position(ARRAY[{', '.join(map(repr, SOURCE_ORDER))}], source), {len(SOURCE_ORDER) + 1})"
)
_LISTS = (Columns.ARTISTS, Columns.GENRES)
_TEXTS = (
    Columns.TRACK_ID, Columns.TRACK_NAME, *_LISTS, Columns.ALBUM_ID, Columns.ALBUM_NAME, Columns.RELEASE_DATE,
    Columns.ISRC, Columns.IMAGE_URL, Columns.EXPLICIT, Columns.IS_INVENTED,
)  # fmt: skip
_WHOLE = (Columns.DURATION_MS, "key", "mode")

# A track's own genres go before those of its artists; an artist's own before those of its name.
TRACKS = f"""
WITH features AS (
    SELECT DISTINCT ON (track_id) * FROM audio_features ORDER BY track_id, {SOURCE_RANK}, source
), own_genres AS (
    SELECT DISTINCT ON (track_id) track_id, array_to_string(genres, E'\\x1f') AS genres
    FROM track_genres WHERE genres <> '{{}}' ORDER BY track_id, {SOURCE_RANK}, source
), listed AS (
    SELECT DISTINCT ON (artist_id) artist_id, array_to_string(genres, E'\\x1f') AS genres
    FROM artist_genres WHERE genres <> '{{}}' ORDER BY artist_id, {SOURCE_RANK}, source
), acts AS (
    SELECT artists.artist_id, artist_name, coalesce(by_id.genres, by_name.genres) AS genres
    FROM artists LEFT JOIN listed AS by_id USING (artist_id)
    LEFT JOIN listed AS by_name ON by_name.artist_id = 'name:' || artists.folded_name
), credits AS (
    SELECT track_id, string_agg(artist_name, E'\\x1f' ORDER BY position) AS artists,
        string_agg(genres, E'\\x1f' ORDER BY position) AS genres
    FROM track_artists JOIN acts USING (artist_id) GROUP BY track_id
)
SELECT track_id, track_name, credits.artists, album_id, album_name,
    left(release_date::text, CASE release_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END)
        AS release_date,
    coalesce(own_genres.genres, credits.genres) AS genres,
    popularity, explicit, duration_ms, isrc, image_url, is_invented, {", ".join(FEATURE_NAMES)}
FROM tracks JOIN features USING (track_id) JOIN credits USING (track_id)
LEFT JOIN own_genres USING (track_id)
ORDER BY track_id
"""  # noqa: S608 -- column names of ours

PLAYLISTS = """
SELECT playlist_id, playlist_name, track_id FROM playlist_tracks JOIN playlists USING (playlist_id)
ORDER BY playlist_id, position, track_id
"""


def read_tracks(connection: Connection) -> pd.DataFrame:
    """Return every track with features, as `ports.TrackStore.tracks` promises."""
    types = dict.fromkeys(_TEXTS, "str") | dict.fromkeys(_WHOLE, "int64")
    types |= {name: "float64" for name in SNAPSHOT_COLUMNS if name not in types}
    frame = read_frame(connection, TRACKS, types)
    for column in _LISTS:
        frame[column] = pd.Series(_split(frame[column]), frame.index, dtype=object)
    frame[Columns.EXPLICIT] = (
        frame[Columns.EXPLICIT].map({"t": True, "f": False}).astype(object).replace({float("nan"): None})
    )
    frame[Columns.IS_INVENTED] = frame[Columns.IS_INVENTED] == "t"
    return frame[list(SNAPSHOT_COLUMNS)]


def read_playlists(connection: Connection) -> pd.DataFrame:
    """Return `playlist_id, playlist_name, track_id`, ordered by playlist and position."""
    columns = (Columns.PLAYLIST_ID, Columns.PLAYLIST_NAME, Columns.TRACK_ID)
    return read_frame(connection, PLAYLISTS, dict.fromkeys(columns, "str"))


def _split(texts: pd.Series) -> list[list[str]]:
    """Part each cell into its names, each once, in order: two artists of a track may share a genre."""
    return [list(dict.fromkeys(text.split(SEPARATOR))) if isinstance(text, str) else [] for text in texts]


def read_frame(connection: Connection, query: str, types: dict[str, str]) -> pd.DataFrame:
    """Run a query of ours through a temporary file, so that a large catalogue is in memory once only."""
    with TemporaryFile() as file:
        driver = cast("psycopg2.extensions.connection", connection.connection.driver_connection)
        with driver.cursor() as cursor:
            cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT csv, HEADER)", file)
        file.seek(0)
        # Only the empty cell is missing: there is an artist called NA.
        return pd.read_csv(file, dtype=types, keep_default_na=False, na_values=[""])
