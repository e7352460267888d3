"""The morning crawl: its days, what was found, asked and answered, and the charts."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

TABLES = r"""
CREATE TABLE crawls (
    crawl_date         date PRIMARY KEY,
    call_budget        integer NOT NULL CHECK (call_budget >= 0),
    calls_spent        integer NOT NULL DEFAULT 0 CHECK (calls_spent >= 0),
    learned            jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(learned) = 'object'),
    refused            jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(refused) = 'object'),
    left_over          jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(left_over) = 'object'),
    has_news           boolean NOT NULL DEFAULT false,
    published_by       text,
    is_changed         boolean NOT NULL DEFAULT false,
    counts             jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(counts) = 'object'),
    rejected_by_reason jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(rejected_by_reason) = 'object'),
    source_counts      jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(source_counts) = 'object'),
    drift              jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(drift) = 'object')
);
COMMENT ON TABLE crawls IS 'One row for each morning; its tasks share it, and a retry goes on from it.';
COMMENT ON COLUMN crawls.calls_spent IS 'Calls of Spotify so far; never more than call_budget.';
COMMENT ON COLUMN crawls.learned IS 'What this app may do today, found out by trying: page size, batches';
COMMENT ON COLUMN crawls.refused IS 'Sources switched off for the day, and why.';
COMMENT ON COLUMN crawls.left_over IS 'What each task left for the next morning.';
COMMENT ON COLUMN crawls.has_news IS 'Whether something was fetched that is not published yet.';
COMMENT ON COLUMN crawls.published_by IS 'The run that published last; its retry is given the same answer.';
COMMENT ON COLUMN crawls.source_counts IS 'Tracks of the day by the source of their features and genres.';
COMMENT ON COLUMN crawls.drift IS 'PSI of each feature: what this crawl brought against what stood before.';

CREATE TABLE crawl_queries (
    query       text PRIMARY KEY CHECK (query <> ''),
    next_offset integer NOT NULL DEFAULT 0 CHECK (next_offset >= 0),
    asked_on    date NOT NULL,
    is_finished boolean NOT NULL DEFAULT false
);
COMMENT ON TABLE crawl_queries IS 'How far each search or playlist was read; the next morning goes on there.';

CREATE TABLE crawl_tracks (
    crawl_date date NOT NULL REFERENCES crawls,
    track_id   text COLLATE "C" NOT NULL,
    source     text NOT NULL CHECK (source <> ''),
    detail     text NOT NULL,
    track      jsonb NOT NULL,
    PRIMARY KEY (crawl_date, track_id)
);
CREATE INDEX crawl_tracks_track ON crawl_tracks (track_id);
COMMENT ON TABLE crawl_tracks IS 'What was found, as it was found: unchecked. Kept for a month.';

CREATE TABLE feature_asks (
    track_id text COLLATE "C" NOT NULL,
    source   text NOT NULL CHECK (source <> ''),
    asked_on date NOT NULL,
    features jsonb,
    PRIMARY KEY (track_id, source)
);
COMMENT ON COLUMN feature_asks.features IS 'NULL: asked, had none. Asked again after a month.';

CREATE TABLE genre_asks (
    artist_id   text COLLATE "C" NOT NULL,
    source      text NOT NULL CHECK (source <> ''),
    asked_on    date NOT NULL,
    genres      text[] NOT NULL,
    PRIMARY KEY (artist_id, source)
);
COMMENT ON COLUMN genre_asks.genres IS 'Empty: asked, had none. Asked again after a month.';

CREATE TABLE charts (
    chart_date date NOT NULL,
    rank       smallint NOT NULL CHECK (rank >= 1),
    source     text NOT NULL CHECK (source <> ''),
    track_id   text COLLATE "C",
    isrc       text,
    is_asked   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (chart_date, rank)
);
COMMENT ON COLUMN charts.track_id IS 'NULL where no catalogue knows the recording (yet).';
COMMENT ON COLUMN charts.is_asked IS 'Whether a catalogue was asked for the ISRC.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(
        "DROP TABLE charts, genre_asks, feature_asks, crawl_tracks, crawl_queries, crawls"
    )
