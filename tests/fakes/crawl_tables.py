"""What a crawl leaves in PostgreSQL, as text: the same text means the same tables, byte for byte."""

from __future__ import annotations

import io

import psycopg2

# Every column is compared but these: who ran, when an import ran, and how many calls its retries took.
QUERIES = {
    "crawls": "SELECT to_jsonb(crawls) - '{calls_spent,published_by}'::text[] FROM crawls",
    "imports": "SELECT to_jsonb(imports) - '{started_at,finished_at}'::text[] FROM imports",
}
TABLES = (
    "crawls", "imports", "charts", "crawl_queries", "crawl_tracks", "feature_asks", "genre_asks",
    "tracks", "artists", "track_artists", "track_genres", "artist_genres", "audio_features",
)  # fmt: skip


def dump(url: str) -> str:
    """Return every table's rows as text, ordered."""
    text = io.StringIO()
    connection = psycopg2.connect(url.replace("+psycopg2", ""))
    with connection, connection.cursor() as cursor:
        for table in TABLES:
            rows = QUERIES.get(table, f"SELECT * FROM {table}")
            text.write(f"--- {table}\n")
            cursor.copy_expert(f"COPY (SELECT * FROM ({rows}) AS held ORDER BY held::text) TO STDOUT", text)
    connection.close()
    return text.getvalue()
