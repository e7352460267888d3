"""What listeners did: lists served, ratings; and the day's chart as it is shown."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TABLES = r"""
CREATE TABLE served_requests (
    request_id     text COLLATE "C" PRIMARY KEY CHECK (request_id <> ''),
    served_at      timestamptz NOT NULL,
    rater          text COLLATE "C" NOT NULL CHECK (rater <> ''),
    k              smallint NOT NULL CHECK (k >= 1),
    seeds          text[] COLLATE "C" NOT NULL,
    track_ids      text[] COLLATE "C" NOT NULL,
    placed_by      text[] COLLATE "C" NOT NULL,
    model_versions text[] COLLATE "C" NOT NULL CHECK (cardinality(model_versions) BETWEEN 1 AND 2),
    CHECK (cardinality(track_ids) = cardinality(placed_by))
);
CREATE INDEX served_requests_time ON served_requests (served_at);
CREATE INDEX served_requests_rater ON served_requests (rater, served_at);
COMMENT ON TABLE served_requests IS 'Lists as they were served. Written by the API, kept for some months.';
COMMENT ON COLUMN served_requests.rater IS 'A salted hash that stands for the listener: no address, no name.';
COMMENT ON COLUMN served_requests.track_ids IS 'The list, best first.';
COMMENT ON COLUMN served_requests.placed_by IS 'Beside track_ids: the model version that placed each.';
COMMENT ON COLUMN served_requests.model_versions IS 'Online then: the champion, then the challenger if any.';

CREATE TABLE ratings (
    request_id     text COLLATE "C" NOT NULL,
    track_id       text COLLATE "C" NOT NULL,
    rating         smallint CHECK (rating BETWEEN 1 AND 5),
    already_known  boolean NOT NULL,
    is_bad         boolean NOT NULL,
    rater          text COLLATE "C" NOT NULL CHECK (rater <> ''),
    rated_at       timestamptz NOT NULL,
    model_version  text COLLATE "C" NOT NULL,
    rank           smallint NOT NULL CHECK (rank >= 1),
    seeds          text[] COLLATE "C" NOT NULL,
    model_versions text[] COLLATE "C" NOT NULL,
    PRIMARY KEY (request_id, track_id),
    CHECK (rating IS NOT NULL OR already_known OR is_bad)
);
CREATE INDEX ratings_version ON ratings (model_version, rater);
COMMENT ON TABLE ratings IS 'What listeners said of listed tracks. Outlives the list: it says what counts.';
COMMENT ON COLUMN ratings.model_version IS 'The version that placed the track.';

CREATE TABLE shown_charts (
    chart_date date PRIMARY KEY,
    source     text NOT NULL CHECK (source <> ''),
    places     jsonb NOT NULL CHECK (jsonb_typeof(places) = 'array')
);
COMMENT ON TABLE shown_charts IS 'The day''s chart as the API shows it; the newest counts.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)


def downgrade() -> None:
    op.get_bind().exec_driver_sql("DROP TABLE shown_charts, ratings, served_requests")
