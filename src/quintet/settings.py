"""Settings: one small typed class per concern, read from the environment and `.env` and nowhere else.

`.env.template` documents every one; a test fails when it does not. Making one reads; importing does not.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

ENV_FILE = ".env"


class _Settings(BaseSettings):
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


class HomeSettings(_Settings):
    """Where the embedded run keeps its state, and the ports it listens on."""

    home: Path = Field(Path(".quintet"), alias="QUINTET_HOME", description="state folder of the embedded run")
    api_port: int = Field(8000, alias="API_PORT", ge=1, le=65535, description="port of the API")
    ui_port: int = Field(8501, alias="UI_PORT", ge=1, le=65535, description="port of the page")
    mlflow_port: int = Field(5000, alias="MLFLOW_PORT", ge=1, le=65535, description="port of MLflow")
    airflow_port: int = Field(8080, alias="AIRFLOW_PORT", ge=1, le=65535, description="port of Airflow")

    @property
    def chart_file(self) -> Path:
        """Where the crawl hangs the day's chart for the API."""
        return self.home / "charts" / "newest.json"

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


class CatalogueSettings(_Settings):
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


class DatabaseSettings(_Settings):
    """PostgreSQL."""

    url: SecretStr | None = Field(
        None,
        alias="DATABASE_URL",
        description="an existing PostgreSQL for the tracks instead of the embedded one",
    )


class RegistrySettings(_Settings):
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


class ApiSettings(_Settings):
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


class PageSettings(_Settings):
    """The page."""

    api_url: str = Field(
        "http://127.0.0.1:8000", alias="QUINTET_API_URL", description="where the page finds the API"
    )
    timeout_s: float = Field(
        5.0, alias="QUINTET_PAGE_TIMEOUT_S", gt=0, description="seconds the page waits for the API's answer"
    )


class MusicSettings(_Settings):
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


class LiveSettings(_Settings):
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


class CrawlSettings(_Settings):
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
    chart_playlist: str | None = Field(
        None, alias="QUINTET_CHART_PLAYLIST", description="id of a Spotify playlist that is the chart"
    )
    chart_size: int = Field(50, alias="QUINTET_CHART_SIZE", ge=1, le=100, description="places of the chart")

    def questions(self, year: int) -> list[str]:
        """Return what discovery reads in a year: each playlist as `playlist:ID`, then each search."""
        playlists = [f"playlist:{text.strip()}" for text in self.playlists.split(",") if text.strip()]
        return playlists + expand_queries(self.queries.split(";"), year)


class StandInSettings(_Settings):
    """Stand-ins for Spotify, ReccoBeats and Deezer: a crawl to watch without an account."""

    is_on: bool = Field(False, alias="FAKE_SPOTIFY", description="crawl invented music from stand-ins")
    port: int = Field(8900, alias="FAKE_SPOTIFY_PORT", ge=1, le=65535, description="port of the stand-ins")
    regime: str = Field(
        "dev_2026",
        alias="FAKE_SPOTIFY_REGIME",
        pattern="^(extended|dev_old|dev_2026|no_premium|not_allowlisted)$",
        description="the kind of Spotify app they know: dev_2026 is what a new user gets",
    )


class TrainingSettings(_Settings):
    """How a model is trained where the caller says nothing."""

    genre_weight: float = Field(
        0.5, alias="QUINTET_GENRE_WEIGHT", ge=0, le=1, description="share of the genre block in a score"
    )


class ContainerSettings(_Settings):
    """What docker-compose.yml reads; no process of ours does. `make env` makes what is random."""

    bind_address: str = Field(
        "127.0.0.1", alias="BIND_ADDRESS", description="address of this machine the four ports open on"
    )
    image_prefix: str | None = Field(
        None, alias="QUINTET_IMAGE_PREFIX", description="registry and owner before image names, with a slash"
    )
    tag: str = Field("dev", alias="QUINTET_TAG", description="tag of the images: the release that runs")
    scheduler_memory: str = Field(
        "1408m", alias="SCHEDULER_MEMORY", description="memory limit of Airflow's tasks: crawl, training"
    )
    first_model_memory: str = Field(
        "1152m", alias="FIRST_MODEL_MEMORY", description="memory limit of the first load and training"
    )
    postgres_password: SecretStr | None = Field(
        None, alias="POSTGRES_PASSWORD", description="password of PostgreSQL's superuser (random)"
    )
    quintet_db_password: SecretStr | None = Field(
        None, alias="QUINTET_DB_PASSWORD", description="password of the role that owns the tracks (random)"
    )
    mlflow_db_password: SecretStr | None = Field(
        None, alias="MLFLOW_DB_PASSWORD", description="password of MLflow's role (random)"
    )
    airflow_db_password: SecretStr | None = Field(
        None, alias="AIRFLOW_DB_PASSWORD", description="password of Airflow's role (random)"
    )
    airflow_admin_password: SecretStr | None = Field(
        None, alias="AIRFLOW_ADMIN_PASSWORD", description="password of Airflow's user admin (random)"
    )
    airflow_fernet_key: SecretStr | None = Field(
        None, alias="AIRFLOW_FERNET_KEY", description="key Airflow encrypts its connections with (random)"
    )
    airflow_secret_key: SecretStr | None = Field(
        None, alias="AIRFLOW_SECRET_KEY", description="key Airflow signs its sessions with (random)"
    )
    airflow_jwt_secret: SecretStr | None = Field(
        None, alias="AIRFLOW_JWT_SECRET", description="key Airflow signs its tokens with (random)"
    )
    mlflow_addr: str | None = Field(
        None,
        alias="MLFLOW_ADDR",
        description="host:port under which others reach MLflow; unknown names get 403",
    )
    artifacts_destination: str | None = Field(
        None, alias="MLFLOW_ARTIFACTS_DESTINATION", description="s3://bucket/folder instead of a volume"
    )
    s3_endpoint_url: str | None = Field(
        None,
        alias="MLFLOW_S3_ENDPOINT_URL",
        description="address of the S3-compatible store, if not Amazon's",
    )
    aws_access_key_id: str | None = Field(
        None, alias="AWS_ACCESS_KEY_ID", description="key id for the bucket"
    )
    aws_secret_access_key: SecretStr | None = Field(
        None, alias="AWS_SECRET_ACCESS_KEY", description="secret key for the bucket"
    )
    aws_default_region: str = Field(
        "us-east-1", alias="AWS_DEFAULT_REGION", description="region of the bucket"
    )


_PROCESS_SETTINGS: tuple[type[_Settings], ...] = (
    HomeSettings,
    CatalogueSettings,
    DatabaseSettings,
    RegistrySettings,
    ApiSettings,
    PageSettings,
    MusicSettings,
    LiveSettings,
    CrawlSettings,
    StandInSettings,
    TrainingSettings,
)
ALL_SETTINGS: tuple[type[_Settings], ...] = (*_PROCESS_SETTINGS, ContainerSettings)


def expand_queries(queries: Iterable[str], year: int) -> list[str]:
    """Return searches without the empty ones, each once, with the year in its place."""
    plain = (query.strip().replace("{year}", str(year)) for query in queries)
    return list(dict.fromkeys(filter(None, plain)))


def process_environment() -> dict[str, str]:
    """Return what a process in another folder needs to see the same: our environment and every set setting.

    Paths are made absolute; what was left to its default is left out. Our own addresses need no proxy.
    """
    chosen = {}
    for settings in (kind() for kind in _PROCESS_SETTINGS):
        for name, field in type(settings).model_fields.items():
            if name in settings.model_fields_set and field.alias is not None:
                chosen[field.alias] = _as_text(getattr(settings, name))
    direct = ",".join(filter(None, (os.environ.get("NO_PROXY"), "127.0.0.1,localhost")))
    return {**os.environ, **chosen, "NO_PROXY": direct, "no_proxy": direct}


def _as_text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return str(value.resolve() if isinstance(value, Path) else value)
