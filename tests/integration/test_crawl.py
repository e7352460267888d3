"""The morning crawl over HTTP against the stand-ins, into a real PostgreSQL, in every regime."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from tests.fakes.crawl_tables import dump
from tests.fakes.outside import SECRET, Outside, running_outside

from quintet.adapters.feedback import Database, PostgresChartBoard, PostgresInstallation
from quintet.adapters.postgres import PostgresTrackStore
from quintet.batch_crawl import CrawlOptions, run_crawl
from quintet.errors import SourceUnavailableError, TooManyRejectedError
from quintet.fakes.listeners import chart_playlist_id
from quintet.fakes.search import search_tracks
from quintet.fakes.world import World
from quintet.web.crawl_words import crawl_in_words
from quintet.web.overview import Overview
from quintet.web.texts import KO

DAY, NEXT_DAY = date(2026, 11, 20), date(2026, 11, 21)
QUERIES = ("genre:folk", "genre:jazz", "tag:new")
SECRETS = (SECRET, "BQfake", "AQfake")

Crawl = Callable[..., dict[str, Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[Outside]:
    with running_outside(World(400, DAY)) as outside:
        yield outside


@pytest.fixture
def outside(server: Outside, database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Outside:
    server.control(reset=True, regime="dev_2026")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.setenv("QUINTET_HOME", str(tmp_path))
    monkeypatch.setenv("QUINTET_CHART_PLAYLIST", chart_playlist_id())
    monkeypatch.setenv("QUINTET_CHART_SIZE", "20")
    return server


def crawl(day: date = DAY, budget: int = 400, run_id: str = "a-run", queries: Any = QUERIES) -> Any:
    reports = run_crawl(CrawlOptions(day, budget, queries, run_id), lambda *_: None)
    return {report.task: report for report in reports}


@pytest.mark.parametrize("regime", ["extended", "dev_old", "dev_2026", "not_allowlisted"])
def test_a_crawl_brings_the_days_tracks_with_genres_and_features(outside: Outside, regime: str) -> None:
    outside.control(regime=regime)
    reports = crawl()
    assert reports["publish"].details["is_changed"]
    assert reports["publish"].counts["chart_known"] == 20
    tracks = PostgresTrackStore(outside_url()).tracks().set_index("track_id")
    assert len(tracks) > 20
    for track_id, row in tracks.iterrows():
        known = outside.world.track_by_id[str(track_id)]
        assert row["track_name"] == known.name
        assert row["genres"] == list(known.artist.genres)
        assert row["energy"] == known.features["energy"]
        assert (row["popularity"] == known.popularity) == (regime in ("extended", "dev_old"))
    sources = reports["publish"].details["sources"]
    assert ("features: spotify" in sources) == (regime == "extended")
    assert (
        sum(n for name, n in sources.items() if name.startswith("features"))
        == reports["publish"].counts["accepted"]
    )


@pytest.mark.parametrize("regime", ["extended", "dev_old", "dev_2026", "no_premium", "not_allowlisted"])
def test_no_regime_refuses_the_same_call_twice(outside: Outside, regime: str) -> None:
    outside.control(regime=regime)
    crawl()
    refused = outside.control()["refused"]
    assert max(refused.values(), default=0) <= 1, refused
    assert sum("limit=50" in call for call in outside.asked if "/search" in call) <= (
        1 if "dev_2026" in regime or "not_" in regime else 99
    )


def test_nothing_is_asked_twice_in_a_morning_nor_after_it(outside: Outside) -> None:
    crawl()
    once = outside.asked
    assert [call for call, n in Counter(once).items() if n > 1 and "token" not in call] == []
    crawl(run_id="by hand")
    assert [call for call in outside.asked[len(once) :] if "token" not in call] == []


def test_a_quota_ends_a_morning_well_and_the_next_goes_on_where_it_stopped(outside: Outside) -> None:
    outside.control(quotas={"search": 23, "artist": 5})
    first = crawl()
    assert "go on tomorrow" in first["discovery"].left
    assert "wait for their genres" in first["genres"].left
    asked = outside.asked
    outside.control(quotas={"search": 1_000, "artist": 1_000})
    second = crawl(NEXT_DAY)
    assert (second["discovery"].left, second["genres"].left) == (None, None)
    again = {call for call in outside.asked[len(asked) :] if call in asked and "/spotify/" in call}
    # What the regime refuses is tried once a day; beyond that, only what the quota had refused.
    tried = {call for call in again if "limit=50" in call or "?ids=" in call}
    assert tried == {call for call in again if "/search" not in call and "/artists/" not in call} | {
        call for call in again if "limit=50" in call
    }
    assert sum("/search" in call for call in again - tried) == 1
    assert sum("/artists/" in call for call in again - tried) == 1
    with psycopg2.connect(outside_url()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT track_id FROM crawl_tracks")
        found = {track_id for (track_id,) in cursor.fetchall()}
    assert found >= {track.id for query in QUERIES for track in search_tracks(outside.world, query)}


def test_every_name_a_crawl_leaves_is_said_in_korean(outside: Outside) -> None:
    outside.control(quotas={"search": 23, "artist": 5})
    crawl()
    last = PostgresInstallation(Database(outside_url(), 10.0)).read().last_crawl
    said = crawl_in_words(Overview.model_validate({"last_crawl": last}).last_crawl, KO)  # type: ignore[arg-type]
    named = [*said.counts, *said.sources, *said.rejected, *said.left, *said.drift]
    assert len(named) > 8
    assert [name for name in named if not re.search("[가-힣]", name)] == []


def test_the_call_budget_is_shared_by_the_tasks_of_a_day(outside: Outside) -> None:
    first = crawl(budget=30)
    assert "QUINTET_CRAWL_CALL_BUDGET" in first["genres"].left
    spotify = [call for call in outside.asked if "/spotify/" in call]
    assert len(spotify) == 30
    crawl(budget=30, run_id="again")
    assert len([call for call in outside.asked if "/spotify/" in call]) == 30


def test_an_app_without_premium_is_asked_once_and_the_others_serve(
    outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    outside.control(regime="no_premium")
    with caplog.at_level(logging.WARNING):
        reports = crawl()
    assert "Premium" in reports["publish"].switched_off["spotify"]
    assert [record for record in caplog.records if "Premium" in record.getMessage()][1:] == []
    assert len([call for call in outside.asked if "/spotify/" in call]) == 1
    assert reports["publish"].counts["chart"] == 20


def test_without_an_account_the_crawl_says_so_and_succeeds(
    outside: Outside, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delenv("SPOTIPY_CLIENT_ID")
    with caplog.at_level(logging.WARNING):
        reports = crawl()
    assert len([record for record in caplog.records if "SPOTIPY_CLIENT_ID" in record.getMessage()]) == 1
    assert reports["publish"].details["is_changed"] is False
    assert not [call for call in outside.asked if "/spotify/" in call]
    with psycopg2.connect(outside_url()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM imports")
        assert cursor.fetchone() == (0,)  # nothing was brought in


def test_an_outage_fails_and_a_later_try_leaves_what_an_undisturbed_run_does(
    outside: Outside, fresh_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    crawl()
    undisturbed = dump(outside_url())
    for bucket in ("deezer", "search", "artist", "reccobeats"):
        outside.control(reset=True, faults=[])
        monkeypatch.setenv("DATABASE_URL", fresh_url())
        outside.control(faults=[{"bucket": bucket, "kind": "html", "times": 1}])
        with pytest.raises(SourceUnavailableError):
            crawl()
        crawl()
        assert dump(outside_url()) == undisturbed, bucket


def test_a_second_crawl_of_the_same_day_changes_nothing_and_says_so(outside: Outside) -> None:
    crawl()
    before = dump(outside_url())
    retried = crawl()
    by_hand = crawl(run_id="by hand")
    assert dump(outside_url()) == before
    assert retried["publish"].details["is_changed"] is True
    assert by_hand["publish"].details["is_changed"] is False


def test_the_newest_chart_hangs_for_the_api_with_what_changed_since_yesterday(
    outside: Outside,
) -> None:
    crawl()
    board = PostgresChartBoard(Database(outside_url(), 10.0))
    first = board.read()
    assert first is not None
    assert [place["change"] for place in first.places] == [None] * 20
    with psycopg2.connect(outside_url()) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE charts SET rank = 121 - rank WHERE chart_date = %s", [DAY])
        cursor.execute("UPDATE charts SET rank = rank - 100 WHERE chart_date = %s", [DAY])
    crawl(NEXT_DAY)
    second = board.read()
    assert second is not None
    assert (second.date, second.source) == (NEXT_DAY.isoformat(), "deezer")
    wanted = [track.name for track in outside.world.chart(DAY, 20)]
    assert [place["track_name"] for place in second.places] == wanted
    assert [place["change"] for place in second.places] == [21 - 2 * rank for rank in range(1, 21)]


def test_too_many_bad_rows_fail_before_anything_is_written(
    outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUINTET_MAX_REJECTED_SHARE", "0.01")
    crawl()
    with psycopg2.connect(outside_url()) as connection, connection.cursor() as cursor:
        cursor.execute("UPDATE crawl_tracks SET track = jsonb_set(track, '{duration_ms}', '1')")
        cursor.execute("UPDATE crawls SET has_news = true")
    before = PostgresTrackStore(outside_url()).count_tracks()
    with pytest.raises(TooManyRejectedError, match="shorter than 15 s"):
        crawl()
    assert PostgresTrackStore(outside_url()).count_tracks() == before


def test_a_track_that_waited_for_its_features_gets_them_a_month_later(outside: Outside) -> None:
    crawl()
    with psycopg2.connect(outside_url()) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT track_id FROM feature_asks WHERE features IS NULL ORDER BY 1 LIMIT 1")
        waiting = cursor.fetchone()[0]
    outside.control(regime="extended")
    later = crawl(date(2026, 12, 24), queries=["genre:nothing"])
    assert later["publish"].counts["features"] > 0
    assert waiting in set(PostgresTrackStore(outside_url()).tracks()["track_id"])


def test_no_secret_is_in_any_log_error_or_table(
    outside: Outside, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    with caplog.at_level(logging.DEBUG):
        crawl()
        outside.control(faults=[{"bucket": "token", "kind": "503", "times": 20}])
        with pytest.raises(SourceUnavailableError) as failed:
            crawl(NEXT_DAY)
    written = "".join([caplog.text, *capfd.readouterr(), repr(failed.value), dump(outside_url())])
    assert not [secret for secret in SECRETS if secret in written]


def outside_url() -> str:
    from quintet.batch import database_url

    return database_url()
