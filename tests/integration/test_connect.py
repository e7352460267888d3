"""`quintet connect`, and the crawl of the music of the account it connected, against the stand-ins."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import requests
from tests.fakes.outside import running_outside
from typer.testing import CliRunner

from quintet.adapters.postgres import PostgresTrackStore
from quintet.batch_connect import Agreement
from quintet.batch_crawl import CrawlOptions, run_crawl
from quintet.cli import app
from quintet.errors import SettingsError
from quintet.fakes.world import World

DAY = date(2026, 11, 20)


def test_an_operator_connects_and_the_crawl_reads_what_they_like(
    database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    world = World(300, DAY)
    with running_outside(world) as outside:
        for name, value in outside.environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("SPOTIPY_REDIRECT_URI", "http://127.0.0.1:8501/")
        monkeypatch.setenv("DATABASE_URL", database_url)
        monkeypatch.setenv("QUINTET_HOME", str(tmp_path))
        monkeypatch.setenv("QUINTET_CRAWL_QUERIES", "artist:nobody-of-this-name")

        agreement = Agreement()
        back = requests.get(agreement.url, allow_redirects=False, timeout=10).headers["location"]
        monkeypatch.setenv("SPOTIFY_REFRESH_TOKEN", agreement.finish(back))
        reports = {report.task: report for report in run_crawl(CrawlOptions(DAY, 500), lambda *_: None)}
    assert set(reports["publish"].switched_off) == {"spotify: audio features"}
    found = set(PostgresTrackStore(database_url).tracks()["track_id"])
    taste = {track.id for track in world.taste_of("listener-1")}
    assert len(found & taste) > 0.5 * len(taste)  # the rest waits for its audio features


def test_the_command_shows_the_address_and_refuses_what_is_not_an_answer_to_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in {"ID": "an-id", "SECRET": "a-secret"}.items():
        monkeypatch.setenv(f"SPOTIPY_CLIENT_{name}", value)
    monkeypatch.setenv("SPOTIPY_REDIRECT_URI", "http://127.0.0.1:8501/")
    done = CliRunner().invoke(app, ["connect"], input="http://127.0.0.1:8501/?code=x&state=another\n")
    assert "https://accounts.spotify.com/authorize?client_id=an-id" in done.output
    assert "a-secret" not in done.output
    assert "this very try" in str(done.exception)


def test_without_an_app_the_command_says_which_settings_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SPOTIPY_CLIENT_ID", raising=False)
    with pytest.raises(SettingsError, match="SPOTIPY_CLIENT_ID"):
        Agreement()
