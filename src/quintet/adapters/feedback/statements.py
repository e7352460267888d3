"""The SQL of served lists, ratings, picks, the shown chart and the operator's facts: safe to run twice."""

# The same id of another listener is not theirs to replace.
RECORD = """
INSERT INTO served_requests
    (request_id, served_at, rater, k, seeds, track_ids, placed_by, model_versions)
SELECT request_id, served_at, rater, k, seeds, track_ids, placed_by, model_versions
FROM jsonb_to_recordset(%(requests)s::jsonb) AS given (
    request_id text, served_at timestamptz, rater text, k smallint,
    seeds text[], track_ids text[], placed_by text[], model_versions text[])
ON CONFLICT (request_id) DO UPDATE SET
    served_at = excluded.served_at, k = excluded.k, seeds = excluded.seeds, track_ids = excluded.track_ids,
    placed_by = excluded.placed_by, model_versions = excluded.model_versions
WHERE served_requests.rater = excluded.rater
"""

RATE = """
INSERT INTO ratings (request_id, track_id, rating, already_known, is_bad, rater, rated_at,
                     model_version, rank, seeds, model_versions)
SELECT request_id, %(track_id)s, %(rating)s, %(already_known)s, %(is_bad)s, %(rater)s, %(rated_at)s,
       placed_by[place], place, seeds, model_versions
FROM (SELECT *, array_position(track_ids, %(track_id)s) AS place
      FROM served_requests WHERE request_id = %(request_id)s) AS served
WHERE place IS NOT NULL
ON CONFLICT (request_id, track_id) DO UPDATE SET
    rating = excluded.rating, already_known = excluded.already_known, is_bad = excluded.is_bad,
    rater = excluded.rater, rated_at = excluded.rated_at
RETURNING rank
"""

WITHDRAW = """
DELETE FROM ratings WHERE request_id = %(request_id)s AND track_id = %(track_id)s
RETURNING rank
"""

_TALLY = """
SELECT model_version, rater, count(rating), coalesce(sum(rating), 0),
       count(*) FILTER (WHERE already_known), count(*) FILTER (WHERE is_bad), 0, 0
FROM ratings {condition}
GROUP BY model_version, rater
"""
RATING_TALLIES = _TALLY.format(condition="") + "ORDER BY model_version, rater"

# A pick is credited to the newest list with that track the listener was served before, and once a list.
TRIAL_TALLIES = f"""
WITH shown AS (
    SELECT version, rater, sum(cardinality(array_positions(placed_by, version))) AS shown
    FROM served_requests CROSS JOIN LATERAL unnest(model_versions) AS version
    WHERE model_versions = %(pair)s::text[]
    GROUP BY version, rater
), chosen AS (
    SELECT DISTINCT ON (later.request_id, seed)
           list.request_id, seed, list.rater, list.model_versions,
           list.placed_by[array_position(list.track_ids, seed)] AS version
    FROM served_requests AS later
    CROSS JOIN LATERAL (
        SELECT * FROM served_requests AS before
        WHERE before.rater = later.rater AND before.served_at < later.served_at
          AND before.served_at >= later.served_at - %(window)s::interval AND before.track_ids && later.seeds
        OFFSET 0) AS list -- which keeps PostgreSQL from joining all lists of a listener with each other
    CROSS JOIN LATERAL unnest(later.seeds) AS seed
    WHERE seed = ANY (list.track_ids) AND later.served_at >=
          (SELECT min(served_at) FROM served_requests WHERE model_versions = %(pair)s::text[])
    ORDER BY later.request_id, seed, list.served_at DESC
), picks AS (
    SELECT DISTINCT request_id, seed, version, rater FROM chosen WHERE model_versions = %(pair)s::text[]
), tallies (version, rater, ratings, total, already_known, bad, shown, picked) AS (
    SELECT version, rater, 0, 0, 0, 0, shown, 0 FROM shown WHERE shown > 0
    UNION ALL
    SELECT version, rater, 0, 0, 0, 0, 0, count(*) FROM picks GROUP BY version, rater
    UNION ALL
    {_TALLY.format(condition="WHERE model_versions = %(pair)s::text[]")}
)
SELECT version, rater, sum(ratings)::int, sum(total)::int, sum(already_known)::int, sum(bad)::int,
       sum(shown)::int, sum(picked)::int
FROM tallies GROUP BY version, rater ORDER BY version, rater
"""  # noqa: S608 (our own text)

RATED_TRACKS = """
SELECT request_id, track_id, rating, already_known, is_bad, rater, seeds, rank, model_version
FROM ratings ORDER BY request_id, track_id
"""

MOST_CHOSEN = """
SELECT seed FROM served_requests CROSS JOIN LATERAL unnest(seeds) AS seed
WHERE served_at >= %(since)s
GROUP BY seed ORDER BY count(DISTINCT rater) DESC, count(*) DESC, seed COLLATE "C"
LIMIT %(limit)s
"""

FORGET = """
WITH gone AS (DELETE FROM served_requests WHERE served_at < %(before)s RETURNING 1)
SELECT count(*) FROM gone
"""

HANG = """
INSERT INTO shown_charts (chart_date, source, places) VALUES (%(date)s, %(source)s, %(places)s::jsonb)
ON CONFLICT (chart_date) DO UPDATE SET source = excluded.source, places = excluded.places
"""
READ_CHART = """
SELECT chart_date::text, source, places FROM shown_charts ORDER BY chart_date DESC LIMIT 1
"""

SOURCES = "SELECT source, count(*) FROM audio_features GROUP BY source ORDER BY count(*) DESC, source"
LAST_CRAWL = """
SELECT crawl_date::text, counts, rejected_by_reason, source_counts, drift, left_over
FROM crawls ORDER BY crawl_date DESC LIMIT 1
"""
