"""Connections on their way: who set out to Spotify, from where on the page, in which browser. No Streamlit.

A listener comes back in a new session of the page, so what they left with is kept here meanwhile, for a few
minutes and for one use. The `state` names it; the browser must be the one that set out, so that nobody can be
sent a link that connects them to somebody else's account.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from quintet.web.spotify import new_verifier

LIFE_S = 900.0
MOST = 1_000


@dataclass(frozen=True)
class Leaving:
    """What a listener left with.

    Parameters
    ----------
    state : str
        Names it; random.
    verifier : str
        The PKCE code verifier.
    browser : str
        Whose it was: see `browser_key`.
    params : mapping of str to str
        The query part of the page's address, to come back to.
    since_s : float
        When, by the clock of `Departures`.
    """

    state: str
    verifier: str = field(repr=False)
    browser: str
    params: Mapping[str, str]
    since_s: float


class Departures:
    """Those on their way; safe to share by the sessions of a process.

    Parameters
    ----------
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[str, Leaving] = OrderedDict()

    def leave(self, browser: str, params: Mapping[str, str]) -> Leaving:
        """Note somebody who may set out now; the oldest make room."""
        state = secrets.token_urlsafe(24)
        leaving = Leaving(state, new_verifier(), browser, dict(params), self._clock())
        with self._lock:
            self._left[state] = leaving
            while len(self._left) > MOST:
                self._left.popitem(last=False)
        return leaving

    def is_waiting(self, leaving: Leaving) -> bool:
        """Tell whether somebody could still come back with this, with half the time to spare."""
        return leaving.state in self._left and self._clock() - leaving.since_s < LIFE_S / 2

    def come_back(self, state: str, browser: str) -> Leaving | None:
        """Return what somebody left with, once, or None: unknown, too late, or another browser."""
        with self._lock:
            leaving = self._left.pop(state, None)
        if leaving is None or self._clock() - leaving.since_s > LIFE_S:
            return None
        return leaving if secrets.compare_digest(leaving.browser, browser) else None


def browser_key(cookies: Mapping[str, str]) -> str:
    """Return a key of the browser, from the cookie by which Streamlit knows its own requests.

    The cookie is masked anew with every answer (`2|mask|masked token|time`); the key is of what stays.
    """
    parts = cookies.get("_streamlit_xsrf", "").strip("\"'").split("|")
    if len(parts) != 4:
        return ""
    try:
        mask, masked = bytes.fromhex(parts[1]), bytes.fromhex(parts[2])
    except ValueError:
        return ""
    token = bytes(byte ^ mask[i % len(mask)] for i, byte in enumerate(masked)) if mask else masked
    return hashlib.sha256(token).hexdigest()
