"""The API: its models, its admin token, and what listeners say to it. Live search is in `music`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr

from quintet.settings.reading import EnvironmentSettings


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
