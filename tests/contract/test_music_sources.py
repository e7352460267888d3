"""The adapters of Spotify, ReccoBeats and Deezer against their stand-ins, over real HTTP, in every regime."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

import pytest
import requests
import uvicorn

from quintet.adapters.deezer import DeezerChart
from quintet.adapters.reccobeats import ReccoBeats
from quintet.adapters.spotify.client import CountedCalls, SpotifyClient, connect
from quintet.adapters.spotify.listener import agree_url, connect_listener, refresh_token_of
from quintet.adapters.spotify.sources import SpotifyPlaylistChart, SpotifySource
from quintet.errors import (
    QuotaExceededError,
    SourceError,
    SourceRefusedError,
    SourceUnavailableError,
)
from quintet.fakes.listeners import chart_playlist_id
from quintet.fakes.server import create_fakes
from quintet.fakes.world import World
from quintet.json_http import JsonClient


@dataclass
class Outside:
    """The world outside, running on a port, and what this test's waiting came to."""

    url: str
    world: World
    waited_s: list[float] = field(default_factory=list)
    learned: dict[str, int] = field(default_factory=dict)

    def control(self, **body: object) -> dict[str, dict[str, int]]:
        answer = requests.post(f"{self.url}/control", json=body, timeout=5)
        answer.raise_for_status()
        return answer.json()

    def spotify(self, calls: int = 500, secret: str = "a-secret") -> SpotifySource:
        connection = connect("an-id", secret, f"{self.url}/spotify", f"{self.url}/accounts")
        client = SpotifyClient(connection, CountedCalls(calls), self.waited_s.append)
        return SpotifySource(client, "KR", self.learned)

    def reccobeats(self) -> ReccoBeats:
        return ReccoBeats(JsonClient("ReccoBeats", f"{self.url}/reccobeats", self.waited_s.append))

    def deezer(self) -> DeezerChart:
        return DeezerChart(JsonClient("Deezer", f"{self.url}/deezer", self.waited_s.append))


@pytest.fixture(scope="module")
def server() -> Iterator[tuple[str, World]]:
    world = World(400, date(2026, 11, 20))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    running = uvicorn.Server(uvicorn.Config(create_fakes(world), port=port, log_level="warning"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{port}", world
    running.should_exit = True
    thread.join(5)


@pytest.fixture
def outside(server: tuple[str, World]) -> Outside:
    made = Outside(*server)
    made.control(reset=True, regime="dev_2026")
    return made


def read_all(page_at: Callable[[int], object]) -> list[str]:
    found, offset = [], 0
    while offset is not None:
        page = page_at(offset)
        found += [track.track_id for track in page.tracks]
        offset = page.next_offset
    return found


@pytest.mark.parametrize("regime", ["extended", "dev_old", "dev_2026", "not_allowlisted"])
def test_a_search_reads_every_result_once_in_any_regime(outside, regime):
    outside.control(regime=regime)
    source = outside.spotify()
    found = read_all(lambda offset: source.search("genre:folk", offset))
    wanted = [track.id for track in outside.world.tracks if "folk" in track.artist.genres]
    assert found == wanted


def test_the_page_of_ten_is_learned_from_one_refusal(outside):
    source = outside.spotify()
    read_all(lambda offset: source.search("genre:folk", offset))
    assert outside.learned["search"] == 10
    asked = outside.control()["asked"]
    assert len([call for call in asked if "limit=50" in call]) == 1


@pytest.mark.parametrize(("regime", "batches"), [("extended", 1), ("dev_2026", 1)])
def test_genres_come_by_batch_where_allowed_and_one_by_one_where_not(outside, regime, batches):
    outside.control(regime=regime)
    artists = outside.world.artists[:30]
    source = outside.spotify()
    genres = {**source.artist_genres([artist.id for artist in artists[:15]])}
    genres |= source.artist_genres([artist.id for artist in artists[15:]])
    assert genres == {artist.id: artist.genres for artist in artists}
    calls = outside.control()["calls"]
    assert calls["artists"] == (2 if regime == "extended" else batches)
    assert calls.get("artist", 0) == (0 if regime == "extended" else 30)


def test_unknown_ids_are_left_out(outside):
    track = outside.world.tracks[0]
    assert set(outside.spotify().tracks([track.id, "0" * 22])) == {track.id}


def test_a_track_is_read_with_all_that_the_regime_says(outside):
    wanted = next(track for track in outside.world.tracks if track.isrc)
    plain = outside.spotify().tracks([wanted.id])[wanted.id]
    assert (plain.track_name, plain.isrc, plain.popularity) == (wanted.name, wanted.isrc, None)
    assert plain.artists[0].name == wanted.artist.name
    outside.control(regime="extended")
    assert outside.spotify().tracks([wanted.id])[wanted.id].popularity == wanted.popularity


def test_audio_features_are_asked_of_spotify_once_and_then_no_more(outside):
    source, track_id = outside.spotify(), outside.world.tracks[0].id
    for _ in range(3):
        with pytest.raises(SourceRefusedError):
            source.audio_features([track_id])
    assert outside.control()["calls"]["audio_features"] == 1


def test_an_extended_app_is_given_audio_features(outside):
    outside.control(regime="extended")
    track = outside.world.tracks[0]
    assert outside.spotify().audio_features([track.id])[track.id] == track.features


@pytest.mark.parametrize(("regime", "advice"), [("no_premium", "Premium")])
def test_an_app_without_premium_is_told_what_to_do(outside, regime, advice):
    outside.control(regime=regime)
    with pytest.raises(SourceRefusedError, match=advice) as refused:
        outside.spotify().search("a")
    assert refused.value.whole_source


def test_a_wrong_secret_names_the_setting(outside):
    with pytest.raises(SourceRefusedError, match="SPOTIPY_CLIENT_SECRET"):
        outside.spotify(secret="wrong").search("a")


def test_an_expired_token_is_renewed_once(outside):
    source = outside.spotify()
    source.search("genre:folk")
    outside.control(faults=[{"bucket": "search", "kind": "expired_token"}])
    assert source.search("genre:folk").tracks


def test_a_token_that_is_never_accepted_ends_in_a_refusal(outside):
    outside.control(faults=[{"bucket": "search", "kind": "expired_token", "times": 5}])
    with pytest.raises(SourceRefusedError, match="token"):
        outside.spotify().search("genre:folk")


def test_a_short_rate_limit_is_waited_through(outside):
    outside.control(faults=[{"bucket": "search", "kind": "rate_limit", "times": 2}])
    assert outside.spotify().search("genre:folk").tracks
    assert outside.waited_s == [1.0, 1.0]


@pytest.mark.parametrize(("kind", "wait_s"), [("quota", 86_236.0), ("rate_limit_long", 19_056.0)])
def test_a_long_wait_is_handed_up_and_never_slept(outside, kind, wait_s):
    outside.control(faults=[{"bucket": "search", "kind": kind}])
    with pytest.raises(QuotaExceededError) as stopped:
        outside.spotify().search("genre:folk")
    assert stopped.value.retry_after_s == wait_s
    assert outside.waited_s == []


@pytest.mark.parametrize("kind", ["html", "truncated", "error_text"])
def test_nonsense_from_spotify_is_an_outage_not_a_crash(outside, kind):
    outside.control(faults=[{"bucket": "search", "kind": kind}])
    with pytest.raises(SourceUnavailableError):
        outside.spotify().search("genre:folk")


def test_a_server_error_is_tried_again(outside):
    outside.control(faults=[{"bucket": "search", "kind": "503", "times": 2}])
    assert outside.spotify().search("genre:folk").tracks


def test_nobody_there_is_an_outage(outside):
    outside.url = "http://127.0.0.1:9"
    with pytest.raises(SourceUnavailableError):
        outside.spotify().search("a")
    with pytest.raises(SourceUnavailableError):
        outside.reccobeats().audio_features(["a" * 22])


def test_the_call_budget_ends_a_run(outside):
    source = outside.spotify(calls=2)
    with pytest.raises(QuotaExceededError, match="budget"):
        read_all(lambda offset: source.search("genre:folk", offset))


def test_a_chart_is_read_from_a_playlist_the_app_may_read(outside):
    outside.control(regime="dev_old")
    chart = SpotifyPlaylistChart(outside.spotify(), chart_playlist_id()).chart(20)
    wanted = [track.id for track in outside.world.chart(outside.world.today, 50)[:20]]
    assert [entry.track_id for entry in chart] == wanted
    assert [entry.rank for entry in chart] == list(range(1, 21))


def test_somebody_elses_playlist_is_refused_to_a_new_app(outside):
    with pytest.raises(SourceRefusedError, match="February 2026"):
        SpotifyPlaylistChart(outside.spotify(), chart_playlist_id()).chart(20)


def listeners_music(outside: Outside, token: str = "", listener: str = "listener-2") -> SpotifySource:
    """Agree as a listener's browser does, and read with the refresh token that gives."""
    accounts, app = f"{outside.url}/accounts", ("an-id", "a-secret")
    address = agree_url("an-id", "http://127.0.0.1:8501/", accounts, "a-state")
    back = requests.get(f"{address}&login_hint={listener}", allow_redirects=False, timeout=5)
    token = token or refresh_token_of(
        app, "http://127.0.0.1:8501/", accounts, "a-state", back.headers["location"]
    )
    plain = outside.spotify()
    connection = connect_listener(app, token, f"{outside.url}/spotify", accounts)
    listener_client = SpotifyClient(connection, CountedCalls(50), outside.waited_s.append)
    return SpotifySource(plain._client, "KR", outside.learned, listener_client)


@pytest.mark.parametrize("regime", ["extended", "dev_old", "dev_2026"])
def test_a_listeners_top_and_saved_tracks_are_read_fifty_a_call(outside, regime):
    outside.control(regime=regime)
    source = listeners_music(outside)
    taste = [track.id for track in outside.world.taste_of("listener-2")]
    assert read_all(lambda offset: source.library("top", offset)) == taste
    assert read_all(lambda offset: source.library("saved", offset)) == taste[::-1]
    assert outside.control()["calls"]["top"] == -(-len(taste) // 50)


def test_a_listener_who_may_not_be_asked_for_does_not_switch_the_app_off(outside):
    source = listeners_music(outside)
    outside.control(regime="not_allowlisted")
    with pytest.raises(SourceRefusedError, match="User Management") as refused:
        source.library("top")
    assert not refused.value.whole_source
    assert source.search("genre:folk").tracks


def test_an_agreement_that_was_revoked_asks_to_connect_again(outside):
    with pytest.raises(SourceRefusedError, match="connect again") as refused:
        listeners_music(outside, token="revoked").library("top")
    assert not refused.value.whole_source


def test_without_a_listener_nobodys_music_is_read(outside):
    with pytest.raises(SourceRefusedError, match="SPOTIFY_REFRESH_TOKEN"):
        outside.spotify().library("top")


def test_an_address_of_another_try_gives_no_token(outside):
    with pytest.raises(SourceError, match="this very try"):
        refresh_token_of(("an-id", "s"), "http://x/", outside.url, "a-state", "http://x/?code=1&state=other")


def test_reccobeats_features_are_spotifys_own_values(outside):
    tracks = outside.world.tracks[:40]
    found = outside.reccobeats().audio_features([track.id for track in tracks])
    assert 0 < len(found) < 40
    for track_id, features in found.items():
        wanted = dict(outside.world.track_by_id[track_id].features)
        wanted.pop("time_signature")
        assert features == wanted


def test_deezers_chart_is_mapped_to_recordings(outside):
    chart = outside.deezer().chart(10)
    assert [entry.rank for entry in chart] == list(range(1, 11))
    assert all(entry.isrc in outside.world.track_by_isrc for entry in chart)


def test_deezers_quota_is_told_though_it_answers_200(outside):
    outside.control(faults=[{"bucket": "deezer", "kind": "quota", "times": 4}])
    with pytest.raises(QuotaExceededError):
        outside.deezer().chart(10)


def test_deezers_window_of_five_seconds_is_waited_through(outside):
    outside.control(faults=[{"bucket": "deezer", "kind": "quota"}])
    assert len(outside.deezer().chart(10)) == 10
    assert outside.waited_s == [5.0]


def test_a_batch_is_tried_with_one_artist_so_that_a_quota_loses_no_answer(outside):
    source = outside.spotify()
    assert source.batch_size == 1
    source.artist_genres([outside.world.artists[0].id])
    assert source.batch_size == 1
    outside.control(regime="extended")
    outside.learned.clear()
    source.artist_genres([outside.world.artists[0].id])
    assert source.batch_size == 50


@pytest.mark.parametrize("kind", ["500", "html", "rate_limit_long", "quota", "expired_token"])
@pytest.mark.parametrize("name", ["reccobeats", "deezer"])
def test_no_lower_error_leaves_an_adapter(outside, name, kind):
    outside.control(faults=[{"bucket": name, "kind": kind, "times": 9}])
    ask = {
        "reccobeats": lambda: outside.reccobeats().audio_features(["a" * 22]),
        "deezer": lambda: outside.deezer().chart(3),
    }[name]
    with pytest.raises(SourceError):
        ask()
