"""A listener's own music, read from Spotify's stand-in after agreeing as a browser does."""

from __future__ import annotations

import pytest
import requests
from tests.fakes.sources import Sources, read_all

from quintet.adapters.spotify.client import CountedCalls, SpotifyClient
from quintet.adapters.spotify.listener import agree_url, connect_listener, refresh_token_of
from quintet.adapters.spotify.sources import SpotifySource
from quintet.errors import SourceError, SourceRefusedError


def listeners_music(outside: Sources, token: str = "", listener: str = "listener-2") -> SpotifySource:
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
