"""Where PostgreSQL and MLflow are. The containers' passwords are in `containers`."""

from __future__ import annotations

from pydantic import Field, SecretStr

from quintet.settings.home import HomeSettings
from quintet.settings.reading import EnvironmentSettings


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
