"""The five faces of Spotify's 403, told apart, each with what an operator can do about it."""

from __future__ import annotations

from quintet.errors import SourceRefusedError

PREMIUM = (
    "Spotify refuses this app because its owner has no Premium subscription: subscribe with the account that "
    "owns the app, then wait a few hours"
)
ALLOWLIST = (
    "Spotify refuses this listener because they are not on the app's list: add them under User Management "
    "on the app's page of Spotify's developer dashboard (five people at most)"
)
SCOPE = "Spotify needs the listener's permission for the {what} call: connect again and agree to it"
REMOVED = (
    "Spotify does not allow the {what} call: it was removed for apps in development mode in February 2026, "
    "or what was asked for belongs to somebody else; another source or single calls stand in"
)
BLOCKED = (
    "Spotify does not allow the {what} call: apps made since November 2024 are not given it; another source "
    "stands in"
)


def explain_refusal(message: str, what: str) -> SourceRefusedError:
    """Return the error for a 403.

    Parameters
    ----------
    message : str
        What the body said; "None" where it said nothing.
    what : str
        What was asked for.
    """
    lowered = message.casefold()
    if "premium subscription required" in lowered:
        return SourceRefusedError(PREMIUM, whole_source=True)
    if "registered" in lowered:
        return SourceRefusedError(ALLOWLIST, whole_source=True)
    if "scope" in lowered:
        return SourceRefusedError(SCOPE.format(what=what))
    face = REMOVED if "forbidden" in lowered else BLOCKED
    return SourceRefusedError(face.format(what=what))
