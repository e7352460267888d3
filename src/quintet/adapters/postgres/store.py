"""The TrackStore on PostgreSQL: one transaction for each call. The SQL is in `merges` and `snapshot`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pandas as pd
from sqlalchemy import Connection, text

from quintet.adapters.postgres import merges, snapshot, staging
from quintet.adapters.postgres.connection import make_engine, translated
from quintet.ports import ImportCounts, Origin, TrackBatch

# Any fixed number: imports take turns, since two at once could each hold a row the other needs.
_IMPORT_LOCK = 0x51696D70


class PostgresTrackStore:
    """Tracks, artists, features and playlists in PostgreSQL: see `ports.TrackStore`.

    Parameters
    ----------
    url : str
        SQLAlchemy address; a connection is opened for each call and closed after it.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url)

    def import_batches(self, batches: Iterable[TrackBatch], origin: Origin) -> ImportCounts:
        """Upsert every batch in one transaction; nothing is written if the iterable raises."""
        with self._writing() as connection:
            rejected: Counter[str] = Counter()
            for batch in batches:
                staging.stage_tracks(connection, batch.tracks)
                if batch.playlists is not None:
                    staging.stage_playlists(connection, batch.playlists)
                rejected.update(batch.rejected)
            return merge_staged(connection, origin, dict(rejected), datetime.now(UTC))

    def upsert_artist_genres(self, genres: pd.DataFrame, origin: Origin) -> int:
        """Store `artist_name, genres` (optionally `artist_id`); return how many artists changed."""
        with self._writing() as connection:
            staging.stage_artist_genres(connection, genres)
            connection.execute(text(merges.ARTISTS))
            values = {"source": origin.source, "at": datetime.now(UTC)}
            return int(connection.execute(text(merges.ARTIST_GENRES), values).scalar_one())

    def upsert_playlists(self, playlists: pd.DataFrame, origin: Origin) -> int:
        """Store `playlist_id, playlist_name, track_id` rows whose track is known; return how many are new."""
        with self._writing() as connection:
            staging.stage_playlists(connection, playlists)
            return _merge_playlists(connection, origin)

    def tracks(self) -> pd.DataFrame:
        """Return every track with audio features, ordered by `track_id`."""
        with self._reading() as connection:
            return snapshot.read_tracks(connection)

    def playlists(self) -> pd.DataFrame:
        """Return `playlist_id, playlist_name, track_id`, ordered by playlist and position."""
        with self._reading() as connection:
            return snapshot.read_playlists(connection)

    def count_tracks(self) -> int:
        """Return how many tracks with audio features are stored."""
        with self._reading() as connection:
            return int(
                connection.execute(text("SELECT count(DISTINCT track_id) FROM audio_features")).scalar_one()
            )

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with translated(self._engine.url), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with translated(self._engine.url), self._engine.begin() as connection:
            begin_import(connection)
            yield connection


def begin_import(connection: Connection) -> None:
    """Wait for this transaction's turn, and make its temporary tables."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _IMPORT_LOCK})
    staging.create_tables(connection)


def merge_staged(
    connection: Connection, origin: Origin, rejected: dict[str, int], at: datetime
) -> ImportCounts:
    """Write what was staged in this transaction, as fetched at a time; return what it changed."""
    names = {"source": origin.source, "detail": origin.detail}
    import_id = int(connection.execute(text(merges.START), names).scalar_one())
    values = {"import_id": import_id, "source": origin.source, "at": at}
    connection.execute(text(merges.PREPARE))
    connection.execute(text(merges.TRACKS), values)
    connection.execute(text(merges.AUDIO_FEATURES), values)
    connection.execute(text(merges.TRACK_GENRES), values)
    connection.execute(text(merges.ARTISTS))
    connection.execute(text(merges.CREDITS))
    connection.execute(text(merges.TRACK_ARTISTS))
    connection.execute(text(merges.MARK_CHANGED), values)
    _merge_playlists(connection, origin)
    return _finish(connection, import_id, rejected)


def _merge_playlists(connection: Connection, origin: Origin) -> int:
    connection.execute(text(merges.PLAYLISTS), {"source": origin.source})
    return connection.execute(text(merges.PLAYLIST_TRACKS)).rowcount


def _finish(connection: Connection, import_id: int, rejected: dict[str, int]) -> ImportCounts:
    found = connection.execute(text(merges.COUNTS)).one()
    counts = ImportCounts(
        import_id=import_id,
        accepted=found.accepted,
        rejected=rejected,
        repeated=found.accepted - found.tracks,
        added=found.added,
        changed=found.changed,
        unchanged=found.tracks - found.added - found.changed,
        playlists=found.playlists,
    )
    values = {
        name: getattr(counts, name) for name in ("accepted", "repeated", "added", "changed", "unchanged")
    }
    values |= {"import_id": import_id, "rejected": json.dumps(rejected)}
    connection.execute(text(merges.FINISH), values)
    return counts
