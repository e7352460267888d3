"""Settings: one small typed class per concern, read from the environment and `.env` and nowhere else.

`.env.template` documents every one; a test fails when it does not. Making one reads; importing does not.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"


class EnvironmentSettings(BaseSettings):
    """Where every class below reads from: the environment first, then `.env`."""

    # A setting left empty counts as not set, so that a line of `.env` can be emptied.
    # A field's own name is for Python only: the prefix keeps `home` from being read from HOME.
    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        env_ignore_empty=True,
        env_prefix="QUINTET_FIELD_",
        extra="ignore",
        populate_by_name=True,
        frozen=True,
    )


class HomeSettings(EnvironmentSettings):
    """Where the embedded run keeps its state, and the ports it listens on."""

    home: Path = Field(Path(".quintet"), alias="QUINTET_HOME", description="state folder of the embedded run")
    api_port: int = Field(8000, alias="API_PORT", ge=1, le=65535, description="port of the API")
    ui_port: int = Field(8501, alias="UI_PORT", ge=1, le=65535, description="port of the page")
    mlflow_port: int = Field(5000, alias="MLFLOW_PORT", ge=1, le=65535, description="port of MLflow")
    airflow_port: int = Field(8080, alias="AIRFLOW_PORT", ge=1, le=65535, description="port of Airflow")

    @property
    def socket_dir(self) -> Path:
        """The folder of the embedded PostgreSQL's socket: `run/` in the state folder, if that will do.

        A socket's path holds 103 bytes on macOS and 107 on Linux, and the folder stands in connection URLs:
        a long or unusual path gives way to a short one made from the state folder's own.
        """
        folder = self.home.resolve() / "run"
        if re.fullmatch(r"[A-Za-z0-9/._-]+", str(folder)) and len(str(folder / ".s.PGSQL.5432")) <= 103:
            return folder
        digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        # The same from every shell, whatever TMPDIR says; on start it is made private, or refused.
        return Path(os.sep, "tmp", f"quintet-{os.getuid()}-{digest}")


class CatalogueSettings(EnvironmentSettings):
    """What the first start loads."""

    catalogue: str = Field(
        "auto",
        alias="QUINTET_CATALOGUE",
        description="what the first start loads: demo, auto, or paths joined by commas",
    )
    artist_genres: Path | None = Field(
        None, alias="QUINTET_ARTIST_GENRES", description="CSV of artist name and genre list to join on load"
    )
    demo_dir: Path = Field(
        Path("dataset/demo"), alias="QUINTET_DEMO_DIR", description="folder of the bundled demo catalogue"
    )
    download_url: str = Field(
        "https://raw.githubusercontent.com/rfordatascience/tidytuesday/main/data/2020/2020-01-21/spotify_songs.csv",
        alias="QUINTET_DOWNLOAD_URL",
        description="where `auto` finds the public file; another address must hold the very same bytes",
    )
    max_rejected_share: float = Field(
        0.25,
        alias="QUINTET_MAX_REJECTED_SHARE",
        ge=0,
        le=1,
        description="a file with a larger share of rejected rows is refused whole",
    )


class DatabaseSettings(EnvironmentSettings):
    """PostgreSQL."""

    url: SecretStr | None = Field(
        None,
        alias="DATABASE_URL",
        description="an existing PostgreSQL for the tracks instead of the embedded one",
    )

    def address(self, home: HomeSettings | None = None) -> str:
        """Return the SQLAlchemy address of PostgreSQL: the one set, else the embedded one's socket."""
        if self.url is not None:
            return self.url.get_secret_value()
        return f"postgresql+psycopg2://quintet@/quintet?host={(home or HomeSettings()).socket_dir}"


class RegistrySettings(EnvironmentSettings):
    """MLflow."""

    tracking_uri: str | None = Field(
        None, alias="MLFLOW_TRACKING_URI", description="an existing MLflow instead of the local one"
    )
    backend_store_uri: SecretStr | None = Field(
        None,
        alias="MLFLOW_BACKEND_STORE_URI",
        description="the PostgreSQL behind an existing MLflow; only db dump and restore ask it",
    )
    timeout_s: float = Field(
        10.0,
        alias="QUINTET_REGISTRY_TIMEOUT_S",
        gt=0,
        description="seconds the API waits for MLflow's answer",
    )


class ApiSettings(EnvironmentSettings):
    """The API service."""

    models_dir: Path = Field(
        Path("models"), alias="QUINTET_MODELS_DIR", description="the API's own copies of model versions"
    )
    poll_interval_s: float = Field(
        5.0, alias="QUINTET_POLL_INTERVAL_S", gt=0, description="seconds between looks at the champion alias"
    )
    admin_token: SecretStr | None = Field(
        None,
        alias="QUINTET_ADMIN_TOKEN",
        description="bearer token of the admin routes; unset: they answer 403",
    )


class FeedbackSettings(EnvironmentSettings):
    """Ratings, the record of lists, and what the operator is shown."""

    ratings_per_minute: int = Field(
        60, alias="QUINTET_RATINGS_PER_MINUTE", ge=1, description="ratings a minute taken from one listener"
    )
    ratings_per_minute_and_address: int = Field(
        600,
        alias="QUINTET_RATINGS_PER_MINUTE_AND_ADDRESS",
        ge=1,
        description="the same from one network address, however many listeners are behind it",
    )
    trusted_proxies: int = Field(
        0,
        alias="QUINTET_TRUSTED_PROXIES",
        ge=0,
        le=10,
        description="proxies of yours before the API; with 0, X-Forwarded-For is not believed",
    )
    rater_salt: SecretStr | None = Field(
        None,
        alias="QUINTET_RATER_SALT",
        description="secret that listeners' hashes are made with; unset: a new one each start (random)",
    )
    database_timeout_s: float = Field(
        2.0,
        alias="QUINTET_DATABASE_TIMEOUT_S",
        gt=0,
        description="seconds the API waits for PostgreSQL, for a rating or the chart",
    )
    trial_mode: Literal["split", "interleave"] = Field(
        "split",
        alias="QUINTET_TRIAL_MODE",
        description="how a challenger takes part: split (some listeners), interleave (every list is both's)",
    )
    trial_share: float = Field(
        0.2,
        alias="QUINTET_TRIAL_SHARE",
        gt=0,
        lt=1,
        description="share of the listeners a challenger answers, with QUINTET_TRIAL_MODE=split",
    )
    kept_days: int = Field(
        90, alias="QUINTET_LISTS_KEPT_DAYS", ge=7, description="days the lists that were served are kept"
    )
    mlflow_link: str | None = Field(
        None, alias="QUINTET_MLFLOW_LINK", description="where an operator's browser finds MLflow"
    )
    airflow_link: str | None = Field(
        None, alias="QUINTET_AIRFLOW_LINK", description="where an operator's browser finds Airflow"
    )


class PageSettings(EnvironmentSettings):
    """The page."""

    api_url: str = Field(
        "http://127.0.0.1:8000", alias="QUINTET_API_URL", description="where the page finds the API"
    )
    timeout_s: float = Field(
        5.0, alias="QUINTET_PAGE_TIMEOUT_S", gt=0, description="seconds the page waits for the API's answer"
    )


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


class CrawlSettings(EnvironmentSettings):
    """The morning crawl and its sources."""

    timezone: str = Field("Asia/Seoul", alias="QUINTET_TIMEZONE", description="timezone of the morning crawl")
    call_budget: int = Field(
        500,
        alias="QUINTET_CRAWL_CALL_BUDGET",
        ge=0,
        description="calls of Spotify a day; a new app's hidden quota is near 600",
    )
    queries: str = Field(
        "tag:new; year:{year}; genre:k-pop; genre:pop; genre:rock; genre:hip-hop; genre:r&b; genre:indie; "
        "genre:electronic; genre:jazz",
        alias="QUINTET_CRAWL_QUERIES",
        description="Spotify searches, joined by semicolons; {year} is the crawl's",
    )
    playlists: str = Field(
        "",
        alias="QUINTET_CRAWL_PLAYLISTS",
        description="ids of Spotify playlists to read, joined by commas; refused to apps made since 2026",
    )
    market: str = Field(
        "KR",
        alias="QUINTET_CRAWL_MARKET",
        pattern="^[A-Z]{2}$",
        description="country whose catalogue is searched, as two letters",
    )
    depth: int = Field(
        200,
        alias="QUINTET_CRAWL_DEPTH",
        ge=1,
        le=1000,
        description="results of a search that are read, at most",
    )
    refresh_token: SecretStr | None = Field(
        None,
        alias="SPOTIFY_REFRESH_TOKEN",
        description="your own account, whose top and saved tracks are crawled; `quintet connect` makes it",
    )
    chart_playlist: str | None = Field(
        None, alias="QUINTET_CHART_PLAYLIST", description="id of a Spotify playlist that is the chart"
    )
    chart_size: int = Field(50, alias="QUINTET_CHART_SIZE", ge=1, le=100, description="places of the chart")

    def questions(self, year: int) -> list[str]:
        """Return what discovery reads in a year: each playlist as `playlist:ID`, then each search."""
        playlists = [f"playlist:{text.strip()}" for text in self.playlists.split(",") if text.strip()]
        return playlists + expand_queries(self.queries.split(";"), year)


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


class TrainingSettings(EnvironmentSettings):
    """How a model is trained where the caller says nothing."""

    genre_weight: float = Field(
        0.5, alias="QUINTET_GENRE_WEIGHT", ge=0, le=1, description="share of the genre block in a score"
    )


PROCESS_SETTINGS: tuple[type[EnvironmentSettings], ...] = (
    HomeSettings,
    CatalogueSettings,
    DatabaseSettings,
    RegistrySettings,
    ApiSettings,
    FeedbackSettings,
    PageSettings,
    MusicSettings,
    LiveSettings,
    CrawlSettings,
    StandInSettings,
    TrainingSettings,
)


def expand_queries(queries: Iterable[str], year: int) -> list[str]:
    """Return searches without the empty ones, each once, with the year in its place."""
    plain = (query.strip().replace("{year}", str(year)) for query in queries)
    return list(dict.fromkeys(filter(None, plain)))


def process_environment() -> dict[str, str]:
    """Return what a process in another folder needs to see the same: our environment and every set setting.

    Paths are made absolute; what was left to its default is left out. Our own addresses need no proxy.
    """
    chosen = {}
    for settings in (kind() for kind in PROCESS_SETTINGS):
        for name, field in type(settings).model_fields.items():
            if name in settings.model_fields_set and field.alias is not None:
                chosen[field.alias] = _as_text(getattr(settings, name))
    direct = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1,localhost")))
    return {**os.environ, **chosen, "NO_PROXY": direct, "no_proxy": direct}


def _as_text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value.resolve() if isinstance(value, Path) else value)
