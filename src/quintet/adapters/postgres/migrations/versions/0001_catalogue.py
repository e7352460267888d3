"""Tracks, artists, audio features and genres with their sources, playlists, imports."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# Identifiers sort by their bytes ("C"), so that a snapshot has one order on every machine.
TABLES = r"""
CREATE TABLE imports (
    import_id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    source             text NOT NULL CHECK (source <> ''),
    detail             text NOT NULL,
    started_at         timestamptz NOT NULL,
    finished_at        timestamptz,
    rows_accepted      bigint NOT NULL DEFAULT 0 CHECK (rows_accepted >= 0),
    rejected_by_reason jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(rejected_by_reason) = 'object'),
    rows_repeated      bigint NOT NULL DEFAULT 0 CHECK (rows_repeated >= 0),
    tracks_added       bigint NOT NULL DEFAULT 0 CHECK (tracks_added >= 0),
    tracks_changed     bigint NOT NULL DEFAULT 0 CHECK (tracks_changed >= 0),
    tracks_unchanged   bigint NOT NULL DEFAULT 0 CHECK (tracks_unchanged >= 0),
    CHECK (rows_accepted = rows_repeated + tracks_added + tracks_changed + tracks_unchanged)
);
COMMENT ON TABLE imports IS 'One row for each time tracks were written; written in the same transaction.';
COMMENT ON COLUMN imports.source IS 'file, demo, spotify, reccobeats, ...';
COMMENT ON COLUMN imports.detail IS 'The path, query or playlist.';

CREATE TABLE tracks (
    track_id          text COLLATE "C" PRIMARY KEY CHECK (track_id ~ '^[0-9A-Za-z_-]{1,64}$'),
    track_name        text NOT NULL CHECK (length(track_name) BETWEEN 1 AND 1000),
    album_id          text CHECK (album_id <> ''),
    album_name        text CHECK (length(album_name) BETWEEN 1 AND 1000),
    release_date      date,
    release_precision text CHECK (release_precision IN ('year', 'month', 'day')),
    popularity        smallint CHECK (popularity BETWEEN 0 AND 100),
    explicit          boolean,
    duration_ms       integer NOT NULL CHECK (duration_ms > 0),
    isrc              text CHECK (isrc ~ '^[A-Z]{2}[A-Z0-9]{3}[0-9]{7}$'),
    image_url         text CHECK (image_url <> ''),
    is_invented       boolean NOT NULL DEFAULT false,
    source            text NOT NULL CHECK (source <> ''),
    first_import_id   bigint NOT NULL REFERENCES imports,
    last_import_id    bigint NOT NULL REFERENCES imports,
    CHECK ((release_date IS NULL) = (release_precision IS NULL))
);
CREATE INDEX tracks_isrc ON tracks (isrc) WHERE isrc IS NOT NULL;
COMMENT ON TABLE tracks IS 'One row for each Spotify track id; a dataset groups releases of one recording.';
COMMENT ON COLUMN tracks.release_date IS 'The first day of the year or month where only that is known.';
COMMENT ON COLUMN tracks.is_invented IS 'True for the bundled demo songs, which nobody ever recorded.';
COMMENT ON COLUMN tracks.source IS 'The source of the last import that changed this row.';
COMMENT ON COLUMN tracks.last_import_id IS 'The last import that changed this row.';

CREATE TABLE audio_features (
    track_id         text COLLATE "C" NOT NULL REFERENCES tracks ON DELETE CASCADE,
    source           text NOT NULL CHECK (source <> ''),
    danceability     double precision NOT NULL CHECK (danceability BETWEEN 0 AND 1),
    energy           double precision NOT NULL CHECK (energy BETWEEN 0 AND 1),
    key              smallint NOT NULL CHECK (key BETWEEN -1 AND 11),
    loudness         double precision NOT NULL CHECK (loudness BETWEEN -60 AND 5),
    mode             smallint NOT NULL CHECK (mode IN (0, 1)),
    speechiness      double precision NOT NULL CHECK (speechiness BETWEEN 0 AND 1),
    acousticness     double precision NOT NULL CHECK (acousticness BETWEEN 0 AND 1),
    instrumentalness double precision NOT NULL CHECK (instrumentalness BETWEEN 0 AND 1),
    liveness         double precision NOT NULL CHECK (liveness BETWEEN 0 AND 1),
    valence          double precision NOT NULL CHECK (valence BETWEEN 0 AND 1),
    tempo            double precision NOT NULL CHECK (tempo BETWEEN 20 AND 260),
    time_signature   smallint CHECK (time_signature BETWEEN 0 AND 7),
    fetched_at       timestamptz NOT NULL,
    PRIMARY KEY (track_id, source)
);
COMMENT ON TABLE audio_features IS 'What each source says a track sounds like; readers take the best source.';
COMMENT ON COLUMN audio_features.loudness IS 'dB; a little above 0 happens.';
COMMENT ON COLUMN audio_features.tempo IS 'Beats a minute.';
COMMENT ON COLUMN audio_features.key IS 'Pitch class, 0 = C; -1 where none was found.';

CREATE TABLE track_genres (
    track_id   text COLLATE "C" NOT NULL REFERENCES tracks ON DELETE CASCADE,
    source     text NOT NULL CHECK (source <> ''),
    genres     text[] NOT NULL,
    fetched_at timestamptz NOT NULL,
    PRIMARY KEY (track_id, source)
);
COMMENT ON TABLE track_genres IS 'Genres a source gave to the track itself; they go before its artists''.';

CREATE TABLE artists (
    artist_id   text COLLATE "C" PRIMARY KEY CHECK (artist_id <> ''),
    artist_name text NOT NULL CHECK (length(artist_name) BETWEEN 1 AND 1000),
    folded_name text COLLATE "C" NOT NULL
);
COMMENT ON COLUMN artists.artist_id IS 'Spotify''s id where it is known, else name: and the folded name.';
COMMENT ON COLUMN artists.folded_name IS 'The name without case and width: how artists are joined by name.';

CREATE TABLE artist_genres (
    artist_id  text COLLATE "C" NOT NULL REFERENCES artists ON DELETE CASCADE,
    source     text NOT NULL CHECK (source <> ''),
    genres     text[] NOT NULL,
    fetched_at timestamptz NOT NULL,
    PRIMARY KEY (artist_id, source)
);
COMMENT ON TABLE artist_genres IS 'What each source calls an artist; an empty list means: asked, none known.';

CREATE TABLE track_artists (
    track_id  text COLLATE "C" NOT NULL REFERENCES tracks ON DELETE CASCADE,
    position  smallint NOT NULL CHECK (position >= 1),
    artist_id text COLLATE "C" NOT NULL REFERENCES artists,
    PRIMARY KEY (track_id, position)
);
CREATE INDEX track_artists_artist ON track_artists (artist_id);
COMMENT ON COLUMN track_artists.position IS 'Place in the credits, from 1.';

CREATE TABLE playlists (
    playlist_id   text COLLATE "C" PRIMARY KEY CHECK (playlist_id <> ''),
    playlist_name text NOT NULL,
    source        text NOT NULL CHECK (source <> '')
);
COMMENT ON TABLE playlists IS 'Names repeat, ids do not.';

CREATE TABLE playlist_tracks (
    playlist_id text COLLATE "C" NOT NULL REFERENCES playlists ON DELETE CASCADE,
    track_id    text COLLATE "C" NOT NULL REFERENCES tracks ON DELETE CASCADE,
    position    integer NOT NULL CHECK (position >= 1),
    PRIMARY KEY (playlist_id, track_id)
);
CREATE INDEX playlist_tracks_track ON playlist_tracks (track_id);
COMMENT ON COLUMN playlist_tracks.position IS 'Order of first mention; playlists may repeat a track.';
"""


def upgrade() -> None:
    op.get_bind().exec_driver_sql(TABLES)


def downgrade() -> None:
    op.get_bind().exec_driver_sql(
        "DROP TABLE playlist_tracks, playlists, track_artists, artist_genres, artists,"
        " track_genres, audio_features, tracks, imports"
    )
