"""One careful way to ask Spotify: bounded waits, a call budget, and every lower error translated.

spotipy alone sleeps through a day's Retry-After, hides it, and answers None for broken JSON; the session
made here does not, and `SpotifyClient.ask` turns what is left into Quintet's errors.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import requests
import spotipy
import urllib3
from requests.adapters import HTTPAdapter
from spotipy.cache_handler import MemoryCacheHandler
from spotipy.exceptions import SpotifyException
from spotipy.oauth2 import SpotifyClientCredentials, SpotifyOauthError

from quintet.adapters.spotify.refusals import explain_refusal
from quintet.errors import (
    NotFoundAtSourceError,
    QuotaExceededError,
    SourceError,
    SourceRefusedError,
    SourceUnavailableError,
)
from quintet.ports.crawl import CallBudget

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")

LONGEST_WAIT_S = 60.0
TIMEOUT_S = 10.0
MAX_TRIES = 4


class CountedCalls:
    """A CallBudget in memory.

    Parameters
    ----------
    calls : int
        Calls allowed.
    """

    def __init__(self, calls: int) -> None:
        self.left = calls
        self.spent = 0

    def spend(self) -> None:
        """Count one call."""
        if self.left <= 0:
            raise QuotaExceededError(f"the call budget is used up after {self.spent} calls")
        self.left -= 1
        self.spent += 1


def make_session(tries: int = MAX_TRIES) -> requests.Session:
    """Return a session that retries what a retry can heal (GET, 5xx, lost connections), never for long."""
    again = tries - 1
    retry = urllib3.Retry(
        total=again,
        connect=again,
        read=min(again, 2),
        status=again,
        backoff_factor=0.5,
        status_forcelist=(500, 502, 503, 504),
        allowed_methods=frozenset({"GET"}),
        respect_retry_after_header=False,  # a 429 comes back to us with its header
        raise_on_status=False,  # keeps the true status
    )
    session = requests.Session()
    for scheme in ("https://", "http://"):
        session.mount(scheme, HTTPAdapter(max_retries=retry))
    return session


def connect(
    client_id: str,
    client_secret: str,
    api_url: str,
    accounts_url: str,
    timeout_s: float = TIMEOUT_S,
    tries: int = MAX_TRIES,
) -> spotipy.Spotify:
    """Return a spotipy client for an app's own token, kept in memory only.

    Parameters
    ----------
    client_id, client_secret : str
        Of the app.
    api_url, accounts_url : str
        Addresses of Spotify's two services.
    timeout_s : float
        What one call may take, between two signs of life.
    tries : int
        How often a call that fails at the server or on the way is made.
    """
    logging.getLogger("spotipy").setLevel(logging.CRITICAL)  # it logs headers, and every error twice
    session = make_session(tries)
    auth = SpotifyClientCredentials(
        client_id,
        client_secret,
        cache_handler=MemoryCacheHandler(),
        requests_session=session,
        requests_timeout=timeout_s,
    )
    auth.OAUTH_TOKEN_URL = f"{accounts_url.rstrip('/')}/api/token"
    spotify = spotipy.Spotify(auth_manager=auth, requests_session=session, requests_timeout=timeout_s)
    spotify.prefix = f"{api_url.rstrip('/')}/v1/"
    return spotify


class SpotifyClient:
    """Asks Spotify one question at a time.

    Parameters
    ----------
    spotify : spotipy.Spotify
        As `connect` makes it.
    budget : CallBudget
        Calls that may still be made.
    sleep : callable
        How to wait, in seconds.
    longest_wait_s : float
        A longer wait that Spotify asks for is handed up.
    """

    def __init__(
        self,
        spotify: spotipy.Spotify,
        budget: CallBudget,
        sleep: Callable[[float], None] = time.sleep,
        longest_wait_s: float = LONGEST_WAIT_S,
    ) -> None:
        self._spotify = spotify
        self._budget = budget
        self._sleep = sleep
        self._longest_wait_s = longest_wait_s

    def ask(self, what: str, question: Callable[[spotipy.Spotify], Answer | None]) -> Answer:
        """Return the answer to a question.

        Parameters
        ----------
        what : str
            What is asked for, as an error names it: "search", "artist", …
        question : callable
            Makes one call of the client it is given.

        Raises
        ------
        SourceError
            Any of its kinds; no lower error leaves.
        """
        renewed = False
        for attempt in range(MAX_TRIES):
            self._budget.spend()
            try:
                return self._ask_once(what, question)
            except SpotifyException as error:
                if error.http_status == 401 and not renewed:
                    self._renew_token(what)
                    renewed = True
                elif not self._waited(error, last=attempt == MAX_TRIES - 1):
                    raise translate(error, what) from error
        raise SourceUnavailableError(f"Spotify kept refusing the {what} call")

    def _ask_once(self, what: str, question: Callable[[spotipy.Spotify], Answer | None]) -> Answer:
        try:
            answer = question(self._spotify)
        except SpotifyOauthError as error:
            raise _translate_oauth(error) from error
        except requests.exceptions.RequestException as error:
            raise SourceUnavailableError(
                f"Spotify did not answer the {what} call: {type(error).__name__}"
            ) from error
        except AttributeError as error:  # spotipy, on an error body that is a plain string
            raise SourceUnavailableError(
                f"Spotify answered the {what} call with an unreadable error"
            ) from error
        if answer is None:
            raise SourceUnavailableError(f"Spotify answered the {what} call with something that is not JSON")
        return answer

    def _renew_token(self, what: str) -> None:
        """Get another token: Spotify may end one before its time."""
        auth = self._spotify.auth_manager

        def renew(_: Any) -> str:
            return str(auth.get_access_token(as_dict=False, check_cache=False))

        self._ask_once(f"token for the {what}", renew)

    def _waited(self, error: SpotifyException, *, last: bool) -> bool:
        """Wait through a short rate limit and tell so; a long one, or a quota, is not waited for."""
        wait_s = retry_after_s(error)
        if error.http_status != 429 or last or wait_s is None or _is_quota(error):
            return False
        if wait_s > self._longest_wait_s:
            return False
        log.info("spotify asks to wait", extra={"wait_s": wait_s})
        self._sleep(wait_s)
        return True


def retry_after_s(error: SpotifyException) -> float | None:
    """Return the seconds Spotify asks to wait, where it says so."""
    text = (error.headers or {}).get("Retry-After", "")
    return float(text) if text.replace(".", "", 1).isdigit() else None


def _is_quota(error: SpotifyException) -> bool:
    return bool(error.reason == "QUOTA_EXCEEDED")


def translate(error: SpotifyException, what: str) -> SourceError:
    """Return Quintet's error for one of spotipy's."""
    status, message = error.http_status, str(error.msg).partition(":\n ")[2]
    if status == 429:
        return QuotaExceededError(f"Spotify's quota for the {what} call is used up", retry_after_s(error))
    if status == 403:
        return explain_refusal(message, what)
    if status == 404:
        return NotFoundAtSourceError(f"Spotify has nothing for this {what} call")
    if status == 401:
        return SourceRefusedError(f"Spotify does not accept our token for the {what} call", whole_source=True)
    if status >= 500:
        return SourceUnavailableError(f"Spotify failed at the {what} call with status {status}")
    return SourceError(f"Spotify refused the {what} call with status {status}: {message}")


def _translate_oauth(error: SpotifyOauthError) -> SourceError:
    if error.error == "invalid_client":
        return SourceRefusedError(
            "Spotify does not know this app: check SPOTIPY_CLIENT_ID and SPOTIPY_CLIENT_SECRET",
            whole_source=True,
        )
    if error.error == "invalid_grant":
        return SourceRefusedError("the connection to Spotify has ended: connect again", whole_source=True)
    return SourceUnavailableError(f"Spotify gave no token: {error.error or 'it did not say why'}")
