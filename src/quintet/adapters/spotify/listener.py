"""Spotify for one listener, from a refresh token: the operator's own account, whose music the crawl may read.

Listeners of the page connect there; their tokens never come here.
"""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
import spotipy
from spotipy.oauth2 import SpotifyOauthError

from quintet.adapters.spotify.client import TIMEOUT_S, make_session
from quintet.errors import SourceError, SourceUnavailableError

SCOPES = "user-top-read user-library-read playlist-read-private playlist-read-collaborative"
EARLY_S = 60.0


class ListenerTokens:
    """What spotipy calls an auth manager: access tokens of one listener, renewed when they end.

    Parameters
    ----------
    app : tuple of str
        Id and secret of the app the listener agreed to.
    refresh_token : str
        What the listener's agreement gave.
    accounts_url : str
        Address of Spotify's accounts.
    session : requests.Session
        How to ask.
    """

    def __init__(
        self, app: tuple[str, str], refresh_token: str, accounts_url: str, session: requests.Session
    ) -> None:
        self._app, self._refresh_token, self._session = app, refresh_token, session
        self._url = f"{accounts_url.rstrip('/')}/api/token"
        self._token, self._ends_s = "", 0.0

    def get_access_token(self, as_dict: bool = False, check_cache: bool = True) -> str:
        """Return a token that holds for a minute at least; `as_dict` is spotipy's, and always False."""
        if not check_cache or time.time() > self._ends_s - EARLY_S:
            form = {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
            body = _tokens(self._session, self._url, self._app, form)
            self._token, self._ends_s = str(body["access_token"]), time.time() + float(body["expires_in"])
        return self._token


def connect_listener(
    app: tuple[str, str], refresh_token: str, api_url: str, accounts_url: str
) -> spotipy.Spotify:
    """Return a spotipy client for a listener; nothing is asked yet, and no token is kept on disk."""
    session = make_session()
    tokens = ListenerTokens(app, refresh_token, accounts_url, session)
    spotify = spotipy.Spotify(auth_manager=tokens, requests_session=session, requests_timeout=TIMEOUT_S)
    spotify.prefix = f"{api_url.rstrip('/')}/v1/"
    return spotify


def agree_url(client_id: str, redirect_uri: str, accounts_url: str, state: str) -> str:
    """Return the address at which a listener agrees to the crawl's reading their music."""
    asked = {
        "client_id": client_id,
        "response_type": "code",
        "redirect_uri": redirect_uri,
        "scope": SCOPES,
        "state": state,
    }
    return f"{accounts_url.rstrip('/')}/authorize?{urlencode(asked)}"


def refresh_token_of(
    app: tuple[str, str], redirect_uri: str, accounts_url: str, state: str, came_back: str
) -> str:
    """Return the refresh token for the address a listener was sent back to.

    Raises
    ------
    SourceError
        The address holds no code for this `state`, or Spotify gives nothing for it.
    """
    answer = parse_qs(urlsplit(came_back.strip()).query)
    if answer.get("state") != [state] or "code" not in answer:
        raise SourceError(
            "this is not the address Spotify sent you to: it holds `code=` and `state=` of this very try"
        )
    form = {"grant_type": "authorization_code", "code": answer["code"][0], "redirect_uri": redirect_uri}
    try:
        body = _tokens(make_session(), f"{accounts_url.rstrip('/')}/api/token", app, form)
    except (SpotifyOauthError, requests.exceptions.RequestException) as error:
        why = getattr(error, "error", None) or type(error).__name__
        raise SourceUnavailableError(f"Spotify gave no token: {why}") from None  # it holds the request
    return str(body["refresh_token"])


def _tokens(session: requests.Session, url: str, app: tuple[str, str], form: dict[str, str]) -> Any:
    """Return the accounts service's answer; raise what spotipy's own auth managers raise."""
    answer = session.post(url, data=form, auth=app, timeout=TIMEOUT_S)
    try:
        body = answer.json()
    except requests.exceptions.JSONDecodeError:
        body = {}
    if not answer.ok or "access_token" not in body:
        raise SpotifyOauthError("no token", error=body.get("error"))
    return {"expires_in": 3600, **body}
