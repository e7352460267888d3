"""A day's crawl into the catalogue, in the caller's transaction, out of the crawl's own tables.

Twice is once: the day's own date is the time of every value, and only what differs is written.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from quintet.adapters.postgres import crawl_statements, staging
from quintet.adapters.postgres.snapshot import SOURCE_RANK, read_frame
from quintet.adapters.postgres.store import begin_import, merge_staged
from quintet.data.schema import FEATURE_NAMES
from quintet.ports import ImportCounts, Origin
from quintet.ports.crawl import CheckedBatch, Drift, Publication

KEEP_DAYS = 30
# Nothing was found: no import took place, and none is noted.
NO_TRACKS = ImportCounts(0, 0, {}, 0, 0, 0, 0, 0)

_COLUMNS = ", ".join(FEATURE_NAMES)
_NEW = "excluded." + ", excluded.".join(FEATURE_NAMES)
_OLD = "old." + ", old.".join(FEATURE_NAMES)

STAGED_FEATURES = """
CREATE TEMPORARY TABLE staged_features ON COMMIT DROP AS SELECT * FROM audio_features WITH NO DATA
"""

FEATURES = f"""
INSERT INTO audio_features AS old (track_id, source, {_COLUMNS}, fetched_at)
SELECT track_id, staged_features.source, {_COLUMNS}, :at FROM staged_features
WHERE EXISTS (SELECT FROM tracks WHERE tracks.track_id = staged_features.track_id)
ON CONFLICT (track_id, source) DO UPDATE SET ({_COLUMNS}, fetched_at) = ({_NEW}, excluded.fetched_at)
WHERE ({_OLD}) IS DISTINCT FROM ({_NEW})
"""  # noqa: S608 -- column names of ours

# "Asked, had none" is kept too; it changes nothing for a reader, and is not counted.
GENRES = """
WITH written AS (
    INSERT INTO artist_genres AS old (artist_id, source, genres, fetched_at)
    SELECT artist_id, source, genres, asked_on::timestamp AT TIME ZONE 'UTC'
    FROM genre_asks JOIN artists USING (artist_id) WHERE asked_on <= :day
    ON CONFLICT (artist_id, source) DO UPDATE SET genres = excluded.genres, fetched_at = excluded.fetched_at
    WHERE old.genres <> excluded.genres
    RETURNING genres
)
SELECT count(*) FROM written WHERE genres <> '{}'
"""

SOURCES = f"""
WITH day_tracks AS (SELECT track_id FROM crawl_tracks JOIN tracks USING (track_id) WHERE crawl_date = :day),
features AS (
    SELECT DISTINCT ON (track_id) track_id, source FROM audio_features JOIN day_tracks USING (track_id)
    ORDER BY track_id, {SOURCE_RANK}, source
), genres AS (
    SELECT DISTINCT ON (track_id) track_id, listed.source
    FROM day_tracks JOIN track_artists USING (track_id) JOIN artists USING (artist_id)
    JOIN artist_genres AS listed
        ON listed.artist_id IN (artists.artist_id, 'name:' || artists.folded_name) AND listed.genres <> '{{}}'
    ORDER BY track_id, {SOURCE_RANK.replace("source", "listed.source")}, listed.source
), named AS (
    SELECT 'features: ' || coalesce(source, 'none') AS name
    FROM day_tracks LEFT JOIN features USING (track_id)
    UNION ALL
    SELECT 'genres: ' || coalesce(source, 'none') FROM day_tracks LEFT JOIN genres USING (track_id)
)
SELECT name, count(*) AS tracks FROM named GROUP BY name ORDER BY name
"""  # noqa: S608 -- names of ours

CHART_COUNTS = "SELECT count(*) AS chart, count(track_id) AS chart_known FROM charts WHERE chart_date = :day"

DRIFT_ROWS = f"SELECT {_COLUMNS} FROM audio_features WHERE fetched_at"  # noqa: S608 -- column names of ours

KEEP = """
UPDATE crawls SET has_news = false, published_by = :run_id, is_changed = :is_changed,
    counts = CAST(:counts AS jsonb), rejected_by_reason = CAST(:rejected AS jsonb),
    source_counts = CAST(:sources AS jsonb), drift = CAST(:drift AS jsonb)
WHERE crawl_date = :day
"""

FORGET = "DELETE FROM crawl_tracks WHERE crawl_date < CAST(:day AS date) - :days"

STANDING = """
SELECT is_changed, counts, rejected_by_reason AS rejected, source_counts AS sources, drift, published_by
FROM crawls WHERE crawl_date = :day AND published_by IS NOT NULL AND NOT has_news
"""


def standing(connection: Connection, day: date, run_id: str) -> Publication | None:
    """Return the day's publication if nothing was fetched since; for another run it changes nothing."""
    row = connection.execute(text(STANDING), {"day": day}).one_or_none()
    if row is None:
        return None
    is_ours = row.is_changed and row.published_by == run_id
    return Publication(is_ours, row.counts, row.rejected, row.sources, row.drift)


def publish(
    connection: Connection, day: date, run_id: str, batches: Iterable[CheckedBatch], drift: Drift
) -> Publication:
    """Write a day's checked rows, genres and chart, and note what that came to."""
    at = datetime.combine(day, time(), UTC)
    begin_import(connection)
    connection.execute(text(STAGED_FEATURES))
    staged, rejected = _stage(connection, batches)
    tracks = NO_TRACKS
    if staged or rejected:
        tracks = merge_staged(connection, Origin("spotify", f"crawl of {day}"), rejected, at)
    features = connection.execute(text(FEATURES), {"at": at}).rowcount
    genres = int(connection.execute(text(GENRES), {"day": day}).scalar_one())
    connection.execute(text(crawl_statements.NAME_KNOWN), {"day": day})
    found = Publication(
        is_changed=bool(tracks.added + tracks.changed + features + genres),
        counts=_counts(connection, day, tracks) | {"features": features, "genres": genres},
        rejected=rejected,
        sources={row.name: row.tracks for row in connection.execute(text(SOURCES), {"day": day})},
        drift=_drift(connection, at, drift),
    )
    _keep(connection, day, run_id, found)
    return found


def _stage(connection: Connection, batches: Iterable[CheckedBatch]) -> tuple[int, dict[str, int]]:
    """Stage what was checked; return how many tracks, and the rejected rows by reason."""
    staged, rejected = 0, Counter[str]()
    for batch in batches:
        staged += len(batch.tracks)
        staging.stage_tracks(connection, batch.tracks)
        staging.stage_features(connection, batch.features)
        rejected.update(batch.rejected)
    return staged, dict(sorted(rejected.items()))


def _counts(connection: Connection, day: date, tracks: ImportCounts) -> dict[str, int]:
    chart = connection.execute(text(CHART_COUNTS), {"day": day}).one()
    return {
        "accepted": tracks.accepted,
        "rejected": sum(tracks.rejected.values()),
        "added": tracks.added,
        "changed": tracks.changed,
        "chart": chart.chart,
        "chart_known": chart.chart_known,
    }


def _drift(connection: Connection, at: datetime, drift: Drift) -> dict[str, float]:
    before, came = (_features(connection, f"{comparison} '{at.isoformat()}'") for comparison in ("<", "="))
    return dict(drift(before, came))


def _features(connection: Connection, condition: str) -> pd.DataFrame:
    return read_frame(connection, f"{DRIFT_ROWS} {condition}", dict.fromkeys(FEATURE_NAMES, "float64"))


def _keep(connection: Connection, day: date, run_id: str, found: Publication) -> None:
    values: dict[str, Any] = {
        name: json.dumps(dict(getattr(found, name))) for name in ("counts", "rejected", "sources", "drift")
    }
    values |= {"day": day, "run_id": run_id, "is_changed": found.is_changed}
    connection.execute(text(KEEP), values)
    connection.execute(text(FORGET), {"day": day, "days": KEEP_DAYS})
