"""Spotify for one listener, against the stand-in over real HTTP: PKCE, tokens, songs, a playlist."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from pydantic import SecretStr
from tests.fakes.outside import Outside, running_outside

from quintet.fakes.world import World
from quintet.settings import MusicSettings
from quintet.web.errors import SpotifyEndedError, SpotifyError, SpotifyRefusedError
from quintet.web.spotify import RECENT, TOP, SpotifyAccount, Tokens, challenge_of, new_verifier

BACK = "http://127.0.0.1:8501/"


@pytest.fixture(scope="module")
def running() -> Iterator[Outside]:
    with running_outside(World(300, date(2026, 11, 20))) as outside:
        yield outside


@pytest.fixture
def outside(running: Outside) -> Outside:
    running.control(reset=True, regime="dev_2026")
    return running


@pytest.fixture
def account(outside: Outside) -> SpotifyAccount:
    return SpotifyAccount(settings_of(outside), timeout_s=5)


def settings_of(outside: Outside) -> MusicSettings:
    return MusicSettings(
        spotify_client_id="an-id",
        spotify_client_secret=SecretStr("unused"),
        spotify_redirect_uri=BACK,
        spotify_api_url=f"{outside.url}/spotify",
        spotify_accounts_url=f"{outside.url}/accounts",
    )


def agree(account: SpotifyAccount, verifier: str, listener: str = "listener-1") -> dict[str, str]:
    """Do what a listener's browser does: go there, agree, and be sent back."""
    address = f"{account.agree_url('a-state', verifier)}&login_hint={listener}"
    back = requests.get(address, allow_redirects=False, timeout=5).headers["location"]
    assert back.startswith(BACK)
    return {name: values[0] for name, values in parse_qs(urlsplit(back).query).items()}


def connect(account: SpotifyAccount, listener: str = "listener-1") -> Tokens:
    verifier = new_verifier()
    return account.exchange(agree(account, verifier, listener)["code"], verifier)


def test_the_challenge_is_that_of_the_standards_own_example() -> None:
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"  # RFC 7636, appendix B
    assert challenge_of(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_listener_agrees_and_comes_back_with_the_state(account: SpotifyAccount) -> None:
    address = urlsplit(account.agree_url("a-state", new_verifier()))
    asked = parse_qs(address.query)
    assert (asked["code_challenge_method"], asked["response_type"]) == (["S256"], ["code"])
    assert "verifier" not in address.query
    assert agree(account, new_verifier())["state"] == "a-state"


def test_a_code_without_its_verifier_is_worth_nothing(account: SpotifyAccount) -> None:
    code = agree(account, new_verifier())["code"]
    with pytest.raises(SpotifyEndedError):
        account.exchange(code, new_verifier())


def test_listeners_are_given_their_own_songs_each_once(account: SpotifyAccount, outside: Outside) -> None:
    songs = {
        listener: account.played(connect(account, listener), RECENT)
        for listener in ("listener-1", "listener-2")
    }
    wanted = [track.id for track in outside.world.taste_of("listener-1")[:50]]
    assert [track.track_id for track in songs["listener-1"]] == list(dict.fromkeys(wanted))
    assert songs["listener-1"] != songs["listener-2"]
    assert all(track.artists and track.image_url for track in songs["listener-1"])


def test_what_was_played_most_is_read_as_well(account: SpotifyAccount) -> None:
    assert len(account.played(connect(account), TOP)) > 5


def test_a_token_that_has_ended_is_renewed_and_the_listener_notices_nothing(
    account: SpotifyAccount, outside: Outside
) -> None:
    tokens = connect(account)
    before = tokens.access
    tokens.ends_s = time.time() + 5
    assert account.played(tokens, TOP)
    assert tokens.access != before
    outside.control(faults=[{"bucket": "top", "kind": "expired_token"}])
    assert account.played(tokens, TOP)


def test_a_connection_that_was_revoked_says_that_it_has_ended(account: SpotifyAccount) -> None:
    with pytest.raises(SpotifyEndedError):
        account.played(Tokens("old", "revoked", 0.0), TOP)


def test_a_list_is_saved_as_a_playlist_in_its_order(account: SpotifyAccount, outside: Outside) -> None:
    track_ids = [track.id for track in outside.world.tracks[:120]]
    tokens = connect(account)
    playlist_id = account.save_playlist(tokens, "Quintet: like it", "about", track_ids)
    saved, offset = [], 0
    while offset < len(track_ids):
        page = requests.get(
            f"{outside.url}/spotify/v1/playlists/{playlist_id}/items",
            params={"limit": 50, "offset": offset},
            headers={"Authorization": f"Bearer {tokens.access}"},
            timeout=5,
        ).json()
        saved += [entry["item"]["id"] for entry in page["items"] if entry["item"]]
        offset += 50
    assert saved == track_ids
    assert len([call for call in outside.asked if call.startswith("POST") and "items" in call]) == 2


@pytest.mark.parametrize(
    ("control", "error"),
    [
        ({"regime": "not_allowlisted"}, SpotifyRefusedError),
        ({"regime": "no_premium"}, SpotifyRefusedError),
        ({"faults": [{"bucket": "recent", "kind": "503"}]}, SpotifyError),
        ({"faults": [{"bucket": "recent", "kind": "quota"}]}, SpotifyError),
    ],
)
def test_what_spotify_refuses_is_told_apart(
    account: SpotifyAccount, outside: Outside, control: dict[str, object], error: type[SpotifyError]
) -> None:
    tokens = connect(account)
    outside.control(**control)
    with pytest.raises(error) as told:
        account.played(tokens, RECENT)
    assert type(told.value) is error


def test_nobody_there_is_told_without_a_word_of_the_request() -> None:
    settings = MusicSettings(
        spotify_client_id="an-id",
        spotify_redirect_uri=BACK,
        spotify_api_url="http://127.0.0.1:9",
        spotify_accounts_url="http://127.0.0.1:9",
    )
    account = SpotifyAccount(settings, timeout_s=1)
    with pytest.raises(SpotifyError) as told:
        account.exchange("a-code-nobody-may-see", "a-verifier")
    assert "a-code" not in str(told.value)
    assert told.value.__cause__ is None
    with pytest.raises(SpotifyError):
        account.played(Tokens("a-token", "b", time.time() + 900), TOP)


def test_tokens_do_not_show_themselves(account: SpotifyAccount) -> None:
    tokens = connect(account)
    assert tokens.access not in repr(tokens)
    assert tokens.refresh not in repr(tokens)
