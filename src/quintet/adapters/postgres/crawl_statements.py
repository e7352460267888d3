"""The SQL of the crawl's own tables; what is written into the catalogue stands in `crawl_publication`.

Statements take :day, the crawl's date, and :source. Whoever was asked and had nothing rests for :rest days.
"""

from __future__ import annotations

from quintet.adapters.postgres.snapshot import SOURCE_RANK

BEGIN = """
INSERT INTO crawls (crawl_date, call_budget) VALUES (:day, :call_budget)
ON CONFLICT (crawl_date) DO UPDATE SET call_budget = excluded.call_budget
"""

SPEND = """
UPDATE crawls SET calls_spent = calls_spent + 1
WHERE crawl_date = :day AND calls_spent + :keep < call_budget RETURNING calls_spent
"""

LEARN = """
UPDATE crawls SET learned = learned || jsonb_build_object(CAST(:what AS text), CAST(:value AS integer))
WHERE crawl_date = :day
"""

REFUSE = """
UPDATE crawls SET refused = refused || jsonb_build_object(CAST(:what AS text), CAST(:why AS text))
WHERE crawl_date = :day
"""

LEAVE = """
UPDATE crawls SET left_over = CASE WHEN CAST(:left AS text) IS NULL THEN left_over - CAST(:task AS text)
    ELSE left_over || jsonb_build_object(CAST(:task AS text), CAST(:left AS text)) END
WHERE crawl_date = :day
"""

NEWS = "UPDATE crawls SET has_news = true WHERE crawl_date = :day AND NOT has_news"

FOUND = """
INSERT INTO crawl_tracks (crawl_date, track_id, source, detail, track)
SELECT :day, item ->> 'track_id', :source, :detail, item
FROM jsonb_array_elements(CAST(:tracks AS jsonb)) AS item
ON CONFLICT (crawl_date, track_id) DO NOTHING
"""

# --- the chart ----------------------------------------------------------------------------------------------

CHART = """
DELETE FROM charts WHERE chart_date = :day;
INSERT INTO charts (chart_date, rank, source, track_id, isrc)
SELECT :day, CAST(item ->> 'rank' AS smallint), :source, item ->> 'track_id', item ->> 'isrc'
FROM jsonb_array_elements(CAST(:entries AS jsonb)) AS item
"""

# Several releases may share an ISRC: the most popular stands for them.
NAME_KNOWN = """
UPDATE charts SET track_id = known.track_id FROM (
    SELECT DISTINCT ON (isrc) isrc, track_id FROM (
        SELECT isrc, track_id, popularity FROM tracks WHERE isrc IS NOT NULL
        UNION ALL
        SELECT track ->> 'isrc', track_id, CAST(track ->> 'popularity' AS smallint) FROM crawl_tracks
    ) AS all_known ORDER BY isrc, popularity DESC NULLS LAST, track_id
) AS known
WHERE charts.chart_date = :day AND charts.track_id IS NULL AND known.isrc = charts.isrc
"""

UNNAMED = """
SELECT isrc FROM charts AS wanted
WHERE chart_date = :day AND track_id IS NULL AND isrc IS NOT NULL AND NOT is_asked
    AND NOT EXISTS (SELECT FROM charts AS before WHERE before.isrc = wanted.isrc AND before.is_asked
        AND before.track_id IS NULL AND before.chart_date > CAST(:day AS date) - :rest)
ORDER BY rank
"""

NAME_ASKED = """
UPDATE charts SET is_asked = true, track_id = coalesce(track_id, CAST(:track_id AS text))
WHERE chart_date = :day AND isrc = :isrc
"""

SHOWN = """
SELECT charts.rank, charts.source, min(before.rank) - charts.rank AS change,
    jsonb_build_object(
        'track_id', tracks.track_id, 'track_name', track_name, 'album_name', album_name,
        'popularity', popularity, 'release_date', left(release_date::text,
            CASE release_precision WHEN 'year' THEN 4 WHEN 'month' THEN 7 ELSE 10 END),
        'duration_ms', duration_ms, 'explicit', explicit, 'image_url', image_url,
        'artists', (SELECT jsonb_agg(artist_name ORDER BY position)
            FROM track_artists JOIN artists USING (artist_id)
            WHERE track_artists.track_id = tracks.track_id)) AS track
FROM charts JOIN tracks ON tracks.track_id = charts.track_id
LEFT JOIN charts AS before
    ON before.track_id = charts.track_id AND before.chart_date = CAST(:day AS date) - 1
WHERE charts.chart_date = :day
GROUP BY charts.rank, charts.source, tracks.track_id ORDER BY charts.rank
"""

# --- searches and playlists ---------------------------------------------------------------------------------

ADD_QUERIES = """
INSERT INTO crawl_queries (query, asked_on)
SELECT query, :day FROM unnest(CAST(:queries AS text[])) AS query ON CONFLICT (query) DO NOTHING
"""

# Only when all were read, and on a later day, does everything begin again.
BEGIN_AGAIN = """
UPDATE crawl_queries SET next_offset = 0, is_finished = false, asked_on = :day
WHERE query = ANY (:queries) AND NOT EXISTS (
    SELECT FROM crawl_queries WHERE query = ANY (:queries) AND (NOT is_finished OR asked_on >= :day))
"""

OPEN_QUERIES = """
SELECT query, next_offset FROM crawl_queries WHERE query = ANY (:queries) AND NOT is_finished
"""

ADVANCE = """
UPDATE crawl_queries SET next_offset = coalesce(CAST(:next_offset AS integer), next_offset),
    is_finished = CAST(:next_offset AS integer) IS NULL, asked_on = :day
WHERE query = :query
"""

# --- genres and audio features: what is still to be asked, the most valuable first --------------------------

_ARTISTS_TO_ASK = """
WITH credited AS (
    SELECT (credit ->> 'artist_id') COLLATE "C" AS artist_id,
        CASE WHEN charts.track_id IS NOT NULL THEN 0 WHEN crawl_date = :day THEN 1 ELSE 2 END AS turn
    FROM crawl_tracks LEFT JOIN charts ON charts.chart_date = :day AND charts.track_id = crawl_tracks.track_id
    CROSS JOIN LATERAL jsonb_array_elements(track -> 'artists') AS credit
    UNION ALL
    SELECT artist_id, 3 FROM artists
    WHERE NOT EXISTS (SELECT FROM artist_genres AS listed WHERE listed.artist_id = artists.artist_id)
)
SELECT artist_id FROM credited
WHERE artist_id ~ '^[0-9A-Za-z]{22}$' AND NOT EXISTS (
    SELECT FROM genre_asks AS asked WHERE asked.artist_id = credited.artist_id AND asked.source = :source
        AND (asked.genres <> '{}' OR asked.asked_on > CAST(:day AS date) - :rest))
GROUP BY artist_id
"""
ARTISTS_TO_ASK = f"{_ARTISTS_TO_ASK} ORDER BY min(turn), count(*) DESC, artist_id LIMIT :limit"
COUNT_ARTISTS_TO_ASK = f"SELECT count(*) FROM ({_ARTISTS_TO_ASK}) AS waiting"  # noqa: S608 -- ours

GENRES = """
INSERT INTO genre_asks (artist_id, source, asked_on, genres)
SELECT item ->> 'id', :source, :day, ARRAY(SELECT jsonb_array_elements_text(item -> 'genres'))
FROM jsonb_array_elements(CAST(:answers AS jsonb)) AS item
ON CONFLICT (artist_id, source) DO UPDATE SET asked_on = excluded.asked_on, genres = excluded.genres
"""

_TRACKS_TO_ASK = """
WITH wanted AS (
    SELECT track_id, 0 AS turn FROM charts WHERE chart_date = :day AND track_id IS NOT NULL
    UNION ALL SELECT track_id, CASE WHEN crawl_date = :day THEN 1 ELSE 2 END FROM crawl_tracks
    UNION ALL SELECT track_id, 3 FROM tracks WHERE NOT is_invented
)
SELECT track_id FROM wanted
WHERE track_id ~ '^[0-9A-Za-z]{22}$'
    AND NOT EXISTS (SELECT FROM audio_features AS known WHERE known.track_id = wanted.track_id)
    AND NOT EXISTS (SELECT FROM feature_asks AS asked WHERE asked.track_id = wanted.track_id
        AND (asked.features IS NOT NULL
            OR (asked.source = :source AND asked.asked_on > CAST(:day AS date) - :rest)))
GROUP BY track_id
"""
TRACKS_TO_ASK = f"{_TRACKS_TO_ASK} ORDER BY min(turn), track_id LIMIT :limit"
COUNT_TRACKS_TO_ASK = f"SELECT count(*) FROM ({_TRACKS_TO_ASK}) AS waiting"  # noqa: S608 -- ours

FEATURES = """
INSERT INTO feature_asks (track_id, source, asked_on, features)
SELECT item ->> 'id', :source, :day, nullif(item -> 'features', 'null'::jsonb)
FROM jsonb_array_elements(CAST(:answers AS jsonb)) AS item
ON CONFLICT (track_id, source) DO UPDATE SET asked_on = excluded.asked_on, features = excluded.features
"""

# --- the day's rows, as they will be checked ----------------------------------------------------------------

ROWS = f"""
WITH answers AS (
    SELECT DISTINCT ON (track_id) track_id, source, features, asked_on FROM feature_asks
    WHERE features IS NOT NULL ORDER BY track_id, {SOURCE_RANK}, source
)
SELECT found.track_id, found.track, true AS is_new_find, answers.features, answers.source
FROM crawl_tracks AS found LEFT JOIN answers USING (track_id) WHERE crawl_date = :day
UNION ALL
SELECT track_id, jsonb_build_object(
        'track_id', track_id, 'track_name', track_name, 'album_id', album_id, 'album_name', album_name,
        'release_date', release_date::text, 'duration_ms', duration_ms, 'explicit', explicit,
        'popularity', popularity, 'isrc', isrc, 'image_url', image_url,
        'artists', (SELECT jsonb_agg(jsonb_build_object('artist_id', artist_id, 'name', artist_name)
            ORDER BY position) FROM track_artists JOIN artists USING (artist_id)
            WHERE track_artists.track_id = tracks.track_id)),
    false, answers.features, answers.source
FROM tracks JOIN answers USING (track_id)
WHERE answers.asked_on = :day AND NOT EXISTS (
    SELECT FROM crawl_tracks WHERE crawl_date = :day AND crawl_tracks.track_id = tracks.track_id)
ORDER BY track_id
"""  # noqa: S608 -- names of ours
