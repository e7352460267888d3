"""Spotify on behalf of one listener: agreeing, tokens, what they played, a playlist of theirs. No Streamlit.

Authorization code with PKCE (RFC 7636): no secret is needed, so the page has none. A token is never logged,
never shown, and no `repr` holds one. Who keeps them is `connected`.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

import requests

from quintet.settings import MusicSettings
from quintet.web.errors import SpotifyEndedError, SpotifyError, SpotifyRefusedError
from quintet.web.tracks import Track

SCOPES = "user-read-recently-played user-top-read playlist-modify-private"
RECENT, TOP = "/me/player/recently-played", "/me/top/tracks"
PAGE = 50
URIS_AT_ONCE = 100
EARLY_S = 60.0  # a token this near its end is renewed first


@dataclass
class Tokens:
    """What Spotify gave for one listener.

    Parameters
    ----------
    access, refresh : str
        The tokens.
    ends_s : float
        When the access token ends, in seconds since 1970.
    """

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    ends_s: float


def new_verifier() -> str:
    """Return a PKCE code verifier: 64 random characters."""
    return secrets.token_urlsafe(48)


def challenge_of(verifier: str) -> str:
    """Return the S256 challenge of a verifier."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


class SpotifyAccount:
    """Speaks to Spotify for the listeners of one page; holds nothing of any of them.

    Parameters
    ----------
    settings : MusicSettings
        The app's id, its redirect address, and where Spotify is.
    timeout_s : float
        Seconds to wait for an answer.
    """

    def __init__(self, settings: MusicSettings, timeout_s: float) -> None:
        self._client_id = settings.spotify_client_id or ""
        self._redirect = settings.spotify_redirect_uri or ""
        self._accounts = settings.spotify_accounts_url.rstrip("/")
        self._api = f"{settings.spotify_api_url.rstrip('/')}/v1"
        self._timeout_s = timeout_s

    def agree_url(self, state: str, verifier: str) -> str:
        """Return where a listener agrees; Spotify sends them back with `code` and this `state`."""
        asked = {
            "client_id": self._client_id,
            "response_type": "code",
            "redirect_uri": self._redirect,
            "scope": SCOPES,
            "state": state,
            "code_challenge_method": "S256",
            "code_challenge": challenge_of(verifier),
        }
        return f"{self._accounts}/authorize?{urlencode(asked)}"

    def exchange(self, code: str, verifier: str) -> Tokens:
        """Return the tokens for a code; raise SpotifyError where Spotify gives none."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": self._redirect}
        return self._tokens({**form, "code_verifier": verifier}, "")

    def played(self, tokens: Tokens, path: str) -> tuple[Track, ...]:
        """Return what a listener played last (`RECENT`) or most, the last weeks (`TOP`); each song once."""
        asked = {"limit": PAGE} | ({"time_range": "short_term"} if path == TOP else {})
        items = self._ask(tokens, "GET", path, params=asked).get("items") or ()
        bodies = (item.get("track") or item for item in items if item)
        found = {track.track_id: track for body in bodies if (track := _track(body))}
        return tuple(found.values())

    def save_playlist(self, tokens: Tokens, name: str, about: str, track_ids: Sequence[str]) -> str:
        """Make a private playlist of these songs and return its id."""
        wanted = {"name": name, "description": about, "public": False}
        playlist_id = str(self._ask(tokens, "POST", "/me/playlists", json=wanted)["id"])
        for start in range(0, len(track_ids), URIS_AT_ONCE):
            uris = [f"spotify:track:{track_id}" for track_id in track_ids[start : start + URIS_AT_ONCE]]
            path = f"/playlists/{quote(playlist_id, safe='')}/items"
            self._ask(tokens, "POST", path, json={"uris": uris})
        return playlist_id

    def _ask(self, tokens: Tokens, method: str, path: str, **content: Any) -> Mapping[str, Any]:
        """Ask for a listener, with a fresh token where the old one has ended."""
        if time.time() > tokens.ends_s - EARLY_S:
            self._renew(tokens)
        answer = self._call(method, self._api + path, tokens, **content)
        if answer.status_code == HTTPStatus.UNAUTHORIZED:
            self._renew(tokens)
            answer = self._call(method, self._api + path, tokens, **content)
        return _read(answer)

    def _call(self, method: str, url: str, tokens: Tokens, **content: Any) -> requests.Response:
        headers = {"Authorization": f"Bearer {tokens.access}"}
        try:
            return requests.request(method, url, headers=headers, timeout=self._timeout_s, **content)
        except requests.RequestException as error:
            raise SpotifyError(f"no answer: {type(error).__name__}") from None  # it holds the request

    def _renew(self, tokens: Tokens) -> None:
        fresh = self._tokens({"grant_type": "refresh_token", "refresh_token": tokens.refresh}, tokens.refresh)
        tokens.access, tokens.refresh, tokens.ends_s = fresh.access, fresh.refresh, fresh.ends_s

    def _tokens(self, form: Mapping[str, str], refresh: str) -> Tokens:
        try:
            answer = requests.post(
                f"{self._accounts}/api/token",
                data={**form, "client_id": self._client_id},
                timeout=self._timeout_s,
            )
        except requests.RequestException as error:
            raise SpotifyError(f"no token: {type(error).__name__}") from None  # it holds the request
        body = _read(answer)
        if not body.get("access_token"):
            raise SpotifyError("no token in the answer")
        ends_s = time.time() + float(body.get("expires_in") or 3600)
        return Tokens(str(body["access_token"]), str(body.get("refresh_token") or refresh), ends_s)


def _read(answer: requests.Response) -> Mapping[str, Any]:
    """Return the JSON of an answer, or raise what it means; no text of the answer is kept but its reason."""
    try:
        body = answer.json()
    except requests.JSONDecodeError:
        body = {}
    if not isinstance(body, dict):
        body = {}
    if answer.ok:
        return body
    if answer.status_code in (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED):
        raise SpotifyEndedError(f"status {answer.status_code}")
    if answer.status_code == HTTPStatus.FORBIDDEN:
        raise SpotifyRefusedError(f"status {answer.status_code}")
    raise SpotifyError(f"status {answer.status_code}")


def _track(body: Mapping[str, Any]) -> Track | None:
    """Return a song as the page shows any; None for a local file or an episode."""
    if not body.get("id") or not body.get("name") or body.get("type", "track") != "track":
        return None
    album = body.get("album") or {}
    return Track(
        track_id=body["id"],
        track_name=body["name"],
        artists=tuple(artist["name"] for artist in body.get("artists") or () if artist.get("name")),
        album_name=album.get("name"),
        release_date=album.get("release_date"),
        duration_ms=body.get("duration_ms"),
        explicit=body.get("explicit"),
        image_url=_picture(album.get("images") or ()),
        spotify_url=f"https://open.spotify.com/track/{body['id']}",
    )


def _picture(images: Iterable[Mapping[str, Any]]) -> str | None:
    """Return the picture nearest to 300 pixels."""
    best = min(images, key=lambda image: abs((image.get("width") or 0) - 300), default=None)
    return best.get("url") if best else None
