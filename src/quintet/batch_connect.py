"""The batch side's wiring of `quintet connect`: the operator agrees that the crawl reads their own music.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from uuid import uuid4

from quintet.errors import SettingsError
from quintet.settings import MusicSettings


class Agreement:
    """The operator's agreement that the crawl reads their own music: an address to go to, and what it gave.

    Raises
    ------
    SettingsError
        The app or its redirect address is not set.
    """

    def __init__(self) -> None:
        from quintet.adapters.spotify.listener import agree_url

        music, self._state = MusicSettings(), uuid4().hex
        if music.app is None or music.spotify_redirect_uri is None:
            raise SettingsError("set SPOTIPY_CLIENT_ID, SPOTIPY_CLIENT_SECRET and SPOTIPY_REDIRECT_URI first")
        self._app, self._redirect_uri = music.app, music.spotify_redirect_uri
        self._accounts_url = music.spotify_accounts_url
        self.url = agree_url(self._app[0], self._redirect_uri, self._accounts_url, self._state)

    def finish(self, came_back: str) -> str:
        """Return the refresh token for the address the operator was sent back to; SourceError without one."""
        from quintet.adapters.spotify.listener import refresh_token_of

        return refresh_token_of(self._app, self._redirect_uri, self._accounts_url, self._state, came_back)
