"""The batch side's wiring: settings in, jobs with their adapters out. Like `main`, it names adapters.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from quintet.settings import DatabaseSettings, HomeSettings, RegistrySettings


def database_url(settings: DatabaseSettings | None = None, home: HomeSettings | None = None) -> str:
    """Return the SQLAlchemy URL of PostgreSQL: the one set, else the embedded one's socket."""
    settings = settings or DatabaseSettings()
    if settings.url is not None:
        return settings.url.get_secret_value()
    socket_dir = (home or HomeSettings()).home.resolve() / "run"
    return f"postgresql+psycopg2://quintet@/quintet?host={socket_dir}"


def tracking_uri(settings: RegistrySettings | None = None, home: HomeSettings | None = None) -> str:
    """Return the address of MLflow: the one set, else the local one's."""
    settings = settings or RegistrySettings()
    return settings.tracking_uri or f"http://127.0.0.1:{(home or HomeSettings()).mlflow_port}"
