"""What each kind of Spotify app may do in 2026. Facts only; the routes obey them."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Regime:
    """One kind of app.

    Parameters
    ----------
    name : str
        How tests and the control route call it.
    search_limit : int
        The largest page of `/search` and of an artist's albums.
    batch : bool
        Whether `?ids=` routes answer.
    full_fields : bool
        Whether `popularity`, `available_markets` and `followers` are there.
    audio_features : bool
        Whether `/audio-features` answers.
    playlist_tracks : bool
        Whether `/playlists/{id}/tracks` answers (later apps have only `/items`).
    foreign_playlists : bool
        Whether other people's playlists show their items.
    editorial_playlists : bool
        Whether Spotify's own playlists exist for it.
    new_releases : bool
        Whether `/browse/new-releases` answers.
    refuses_everything : str or None
        A plain-text 403 on every route of the Web API.
    refuses_listeners : str or None
        A plain-text 403 for a listener's token.
    """

    name: str
    search_limit: int = 50
    batch: bool = True
    full_fields: bool = True
    audio_features: bool = False
    playlist_tracks: bool = True
    foreign_playlists: bool = True
    editorial_playlists: bool = False
    new_releases: bool = True
    refuses_everything: str | None = None
    refuses_listeners: str | None = None


NO_PREMIUM = (
    "Active premium subscription required for the owner of the app. When the subscription status changes, "
    "it can take a few hours before requests are allowed again."
)
NOT_ALLOWLISTED = "Check settings on developer.spotify.com/dashboard, the user may not be registered."

DEV_2026 = Regime(
    "dev_2026",
    search_limit=10,
    batch=False,
    full_fields=False,
    playlist_tracks=False,
    foreign_playlists=False,
    new_releases=False,
)
REGIMES: dict[str, Regime] = {
    regime.name: regime
    for regime in (
        Regime("extended", audio_features=True, editorial_playlists=True),
        Regime("dev_old"),
        DEV_2026,
        replace(DEV_2026, name="no_premium", refuses_everything=NO_PREMIUM),
        replace(DEV_2026, name="not_allowlisted", refuses_listeners=NOT_ALLOWLISTED),
    )
}
