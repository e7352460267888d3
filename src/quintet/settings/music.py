"""Spotify, ReccoBeats and Deezer: the app, live search, stand-ins. The crawl of them is in `crawl`."""

from __future__ import annotations

from pydantic import Field, SecretStr

from quintet.settings.reading import EnvironmentSettings


class MusicSettings(EnvironmentSettings):
    """Spotify, ReccoBeats and Deezer: an app of yours, and where they are."""

    spotify_client_id: str | None = Field(
        None, alias="SPOTIPY_CLIENT_ID", description="id of your Spotify app"
    )
    spotify_client_secret: SecretStr | None = Field(
        None, alias="SPOTIPY_CLIENT_SECRET", description="secret of your Spotify app"
    )
    spotify_redirect_uri: str | None = Field(
        None, alias="SPOTIPY_REDIRECT_URI", description="where Spotify sends a listener back to"
    )
    spotify_api_url: str = Field(
        "https://api.spotify.com", alias="SPOTIFY_API_URL", description="address of the Spotify Web API"
    )
    spotify_accounts_url: str = Field(
        "https://accounts.spotify.com",
        alias="SPOTIFY_ACCOUNTS_URL",
        description="address of Spotify's accounts",
    )
    reccobeats_api_url: str = Field(
        "https://api.reccobeats.com", alias="RECCOBEATS_API_URL", description="address of ReccoBeats"
    )
    deezer_api_url: str = Field(
        "https://api.deezer.com", alias="DEEZER_API_URL", description="address of Deezer"
    )

    @property
    def app(self) -> tuple[str, str] | None:
        """The app's id and secret, or None where one of them is not set."""
        if not self.spotify_client_id or not self.spotify_client_secret:
            return None
        return self.spotify_client_id, self.spotify_client_secret.get_secret_value()


class LiveSettings(EnvironmentSettings):
    """Live search: songs of Spotify that the catalogue does not have."""

    is_on: bool = Field(
        True, alias="QUINTET_LIVE_SEARCH", description="search Spotify too where an app is set"
    )
    timeout_s: float = Field(
        1.0,
        alias="QUINTET_LIVE_TIMEOUT_S",
        gt=0,
        le=30,
        description="seconds a search waits for Spotify, at most",
    )
    look_up_timeout_s: float = Field(
        4.0,
        alias="QUINTET_LIVE_LOOK_UP_TIMEOUT_S",
        gt=0,
        le=60,
        description="seconds a song that was chosen is looked up for, at most",
    )
    call_budget: int = Field(
        300,
        alias="QUINTET_LIVE_CALL_BUDGET",
        ge=0,
        description="calls of Spotify a day for listeners; they count on the app's quota as the crawl's do",
    )


class StandInSettings(EnvironmentSettings):
    """Stand-ins for Spotify, ReccoBeats and Deezer: a crawl to watch without an account."""

    is_on: bool = Field(False, alias="FAKE_SPOTIFY", description="crawl invented music from stand-ins")
    port: int = Field(8900, alias="FAKE_SPOTIFY_PORT", ge=1, le=65535, description="port of the stand-ins")
    regime: str = Field(
        "dev_2026",
        alias="FAKE_SPOTIFY_REGIME",
        pattern="^(extended|dev_old|dev_2026|no_premium|not_allowlisted)$",
        description="the kind of Spotify app they know: dev_2026 is what a new user gets",
    )
