"""What can go wrong between the page and whom it asks, and nothing else.

::

    PageError                the API did not give what the page asked for
    ├── ApiDownError         nobody answers, or nobody that speaks this API; a later try may succeed
    ├── NoModelYetError      the API runs, and its first model is not there yet
    ├── UnknownTracksError   tracks the served model does not have; carries their ids
    └── RefusedError         the API refuses what was asked; trying again will not help
    SpotifyError             Spotify did not do what was asked for a listener; a later try may succeed
    ├── SpotifyEndedError    the listener's connection has ended, or never began: connect again
    └── SpotifyRefusedError  Spotify refuses this listener or this app

`api_client` and `spotify` raise these in place of the lower error; no lower error leaves them.
"""

from __future__ import annotations


class PageError(Exception):
    """The root of the page's errors: one line for the log, never shown to a listener as it is."""


class ApiDownError(PageError):
    """Nobody answers at the API's address, or what answers is not this API."""


class NoModelYetError(PageError):
    """The API runs but has no model to answer with yet."""


class RefusedError(PageError):
    """The API refuses this very request."""


class UnknownTracksError(PageError):
    """Tracks the served model does not have.

    Parameters
    ----------
    track_ids : tuple of str
        Their ids, in the order they were asked for.
    """

    def __init__(self, track_ids: tuple[str, ...]) -> None:
        super().__init__(f"not in the catalogue: {', '.join(track_ids)}")
        self.track_ids = track_ids


class SpotifyError(Exception):
    """Spotify did not do what was asked; one line for the log, without a token."""


class SpotifyEndedError(SpotifyError):
    """A listener's connection has ended, or never began."""


class SpotifyRefusedError(SpotifyError):
    """Spotify refuses this listener or this app."""
