"""From the temporary tables into the real ones: SQL that writes only what differs, so that twice is once.

`staging` fills the temporary tables; `store` runs these in order, in its transaction. Each statement notes
the tracks it changed in `touched`. Statements take the parameters :import_id, :source and :at.
"""

from __future__ import annotations

from quintet.data.schema import FEATURE_NAMES

# Numbered without gaps, so that an import that was killed and repeated leaves what an undisturbed one does.
START = """
INSERT INTO imports (import_id, source, detail, started_at) OVERRIDING SYSTEM VALUE
SELECT coalesce(max(import_id), 0) + 1, :source, :detail, now() FROM imports RETURNING import_id
"""

# One row a track: its first row's facts, with the genres of all its rows.
PREPARE = r"""
SET LOCAL work_mem = '64MB';
CREATE TEMPORARY TABLE touched (track_id text COLLATE "C") ON COMMIT DROP;
ANALYZE staged_tracks;
CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS
WITH firsts AS (
    SELECT DISTINCT ON (track_id) * FROM staged_tracks ORDER BY track_id, row_number
), repeated AS (
    SELECT track_id FROM staged_tracks WHERE genres <> '' GROUP BY track_id HAVING count(*) > 1
), spread AS (
    SELECT track_id, genre, min(ARRAY[row_number, place]) AS first_seen
    FROM staged_tracks JOIN repeated USING (track_id)
    CROSS JOIN LATERAL unnest(string_to_array(genres, E'\x1f')) WITH ORDINALITY AS listed (genre, place)
    GROUP BY track_id, genre
), merged AS (
    SELECT track_id, array_agg(genre ORDER BY first_seen) AS genre_names FROM spread GROUP BY track_id
)
SELECT firsts.*,
       string_to_array(artists, E'\x1f') AS artist_names,
       string_to_array(artist_ids, E'\x1f') AS ids,
       coalesce(merged.genre_names, string_to_array(genres, E'\x1f')) AS genre_names,
       tracks.track_id IS NULL AS is_new
FROM firsts LEFT JOIN merged USING (track_id) LEFT JOIN tracks USING (track_id);
ANALYZE incoming;
"""

# What a source does not say is kept as another one said it.
_SAID = ("track_name", "duration_ms")
_PERHAPS_SAID = (
    "album_id", "album_name", "release_date", "release_precision",
    "popularity", "explicit", "isrc", "image_url",
)  # fmt: skip
_MERGED = {column: f"excluded.{column}" for column in _SAID} | {
    column: f"coalesce(excluded.{column}, old.{column})" for column in _PERHAPS_SAID
}
TRACKS = f"""
WITH written AS (
    INSERT INTO tracks AS old (track_id, track_name, album_id, album_name, release_date, release_precision,
        popularity, explicit, duration_ms, isrc, image_url, is_invented, source, first_import_id,
        last_import_id)
    SELECT track_id, track_name, album_id, album_name,
        (release_date || CASE length(release_date) WHEN 4 THEN '-01-01' WHEN 7 THEN '-01' ELSE '' END)::date,
        CASE length(release_date) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END,
        popularity, explicit, duration_ms, isrc, image_url, is_invented, :source, :import_id, :import_id
    FROM incoming ORDER BY track_id
    ON CONFLICT (track_id) DO UPDATE SET
        ({", ".join(_MERGED)}) = ({", ".join(_MERGED.values())})
    WHERE (old.{", old.".join(_MERGED)}) IS DISTINCT FROM ({", ".join(_MERGED.values())})
    RETURNING track_id
)
INSERT INTO touched SELECT track_id FROM written
"""  # noqa: S608 -- column names of ours

_FEATURES = ", ".join(FEATURE_NAMES)
_OLD_FEATURES = "old." + ", old.".join(FEATURE_NAMES)
_NEW_FEATURES = "excluded." + ", excluded.".join(FEATURE_NAMES)
AUDIO_FEATURES = f"""
WITH written AS (
    INSERT INTO audio_features AS old (track_id, source, {_FEATURES}, fetched_at)
    SELECT track_id, :source, {_FEATURES}, :at FROM incoming WHERE danceability IS NOT NULL
    ON CONFLICT (track_id, source) DO UPDATE SET
        ({_FEATURES}, fetched_at) = ({_NEW_FEATURES}, excluded.fetched_at)
    WHERE ({_OLD_FEATURES}) IS DISTINCT FROM ({_NEW_FEATURES})
    RETURNING track_id
)
INSERT INTO touched SELECT track_id FROM written
"""  # noqa: S608 -- column names of ours

TRACK_GENRES = """
WITH written AS (
    INSERT INTO track_genres AS old (track_id, source, genres, fetched_at)
    SELECT track_id, :source, genre_names, :at FROM incoming WHERE cardinality(genre_names) > 0
    ON CONFLICT (track_id, source) DO UPDATE SET genres = excluded.genres, fetched_at = excluded.fetched_at
    WHERE old.genres <> excluded.genres
    RETURNING track_id
)
INSERT INTO touched SELECT track_id FROM written
"""

# Credits give way only to credits that say as much: ids before bare names, then more artists before fewer.
CREDITS = """
CREATE TEMPORARY TABLE new_credits ON COMMIT DROP AS
WITH standing AS (
    SELECT track_id, array_agg(artist_id ORDER BY position) AS ids
    FROM track_artists JOIN incoming USING (track_id) GROUP BY track_id
)
SELECT incoming.track_id, incoming.ids, incoming.artist_names
FROM incoming LEFT JOIN standing USING (track_id)
WHERE standing.ids IS NULL OR (standing.ids <> incoming.ids AND
    (incoming.ids[1] NOT LIKE 'name:%', cardinality(incoming.ids))
    >= (standing.ids[1] NOT LIKE 'name:%', cardinality(standing.ids)));
INSERT INTO touched SELECT track_id FROM new_credits;
DELETE FROM track_artists USING new_credits WHERE track_artists.track_id = new_credits.track_id;
"""

# An artist known by id goes by its newest name; one known by name keeps the first spelling.
ARTISTS = """
INSERT INTO artists AS old (artist_id, artist_name, folded_name)
SELECT DISTINCT ON (artist_id) artist_id, artist_name, folded_name FROM staged_artists
ORDER BY artist_id, row_number
ON CONFLICT (artist_id) DO UPDATE SET artist_name = excluded.artist_name, folded_name = excluded.folded_name
WHERE old.artist_id NOT LIKE 'name:%' AND old.artist_name <> excluded.artist_name
"""

TRACK_ARTISTS = """
INSERT INTO track_artists (track_id, position, artist_id)
SELECT track_id, place, id FROM new_credits, unnest(ids) WITH ORDINALITY AS credit (id, place)
"""

# Tracks nobody accepted cannot stand in a playlist.
PLAYLISTS = """
INSERT INTO playlists AS old (playlist_id, playlist_name, source)
SELECT DISTINCT ON (playlist_id) playlist_id, playlist_name, :source
FROM staged_playlist_tracks JOIN tracks USING (track_id) ORDER BY playlist_id, row_number
ON CONFLICT (playlist_id) DO UPDATE SET playlist_name = excluded.playlist_name, source = excluded.source
WHERE old.playlist_name <> excluded.playlist_name
"""

PLAYLIST_TRACKS = """
INSERT INTO playlist_tracks AS old (playlist_id, track_id, position)
SELECT playlist_id, track_id, row_number() OVER (PARTITION BY playlist_id ORDER BY first_row)
FROM (SELECT playlist_id, track_id, min(staged.row_number) AS first_row
      FROM staged_playlist_tracks AS staged JOIN tracks USING (track_id)
      GROUP BY playlist_id, track_id) AS mentions
ON CONFLICT (playlist_id, track_id) DO NOTHING
"""

COUNTS = """
SELECT (SELECT count(*) FROM staged_tracks) AS accepted,
       (SELECT count(*) FROM incoming) AS tracks,
       (SELECT count(*) FROM incoming WHERE is_new) AS added,
       (SELECT count(*) FROM incoming WHERE NOT is_new
            AND track_id IN (SELECT track_id FROM touched)) AS changed,
       (SELECT count(DISTINCT playlist_id) FROM staged_playlist_tracks) AS playlists
"""

MARK_CHANGED = """
UPDATE tracks SET last_import_id = :import_id, source = :source
WHERE last_import_id <> :import_id AND track_id IN (SELECT track_id FROM touched)
"""

FINISH = """
UPDATE imports SET finished_at = clock_timestamp(), rows_accepted = :accepted, rejected_by_reason = :rejected,
    rows_repeated = :repeated, tracks_added = :added, tracks_changed = :changed, tracks_unchanged = :unchanged
WHERE import_id = :import_id
"""

ARTIST_GENRES = """
WITH written AS (
    INSERT INTO artist_genres AS old (artist_id, source, genres, fetched_at)
    SELECT artist_id, :source, string_to_array(coalesce(genres, ''), E'\\x1f'), :at
    FROM staged_artist_genres
    ON CONFLICT (artist_id, source) DO UPDATE SET genres = excluded.genres, fetched_at = excluded.fetched_at
    WHERE old.genres <> excluded.genres
    RETURNING artist_id
)
SELECT count(*) FROM written
"""
