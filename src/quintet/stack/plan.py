"""What `quintet up` runs, and in which order: the one place that names every part. Starts nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from quintet.settings import HomeSettings, StandInSettings
from quintet.stack import airflow, postgres, probes, stand_ins
from quintet.stack.service import Part, Service, Step

PACKAGE = Path(__file__).resolve().parent.parent
# An editable install: the DAGs lie beside the sources.
DAGS = PACKAGE.parent.parent / "dags"
# Nothing calls home, and a training's progress is not lost among MLflow's links.
QUIET = {
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "MLFLOW_DISABLE_TELEMETRY": "true",
    "DO_NOT_TRACK": "true",
    "STREAMLIT_BROWSER_GATHER_USAGE_STATS": "false",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Where tracks and models are kept.

    MLflow and Airflow keep their own state in the embedded PostgreSQL in any case: nothing is written into
    a database the user named but the tracks.

    Parameters
    ----------
    database_url : str
        SQLAlchemy URL of the tracks.
    tracking_uri : str
        Address of MLflow.
    own_database, own_mlflow : bool
        Whether those are the embedded ones.
    """

    database_url: str
    tracking_uri: str
    own_database: bool
    own_mlflow: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What one `quintet up` needs to know: the parts, the state folder, and rows of name and address."""

    home: Path
    parts: tuple[Part, ...]
    addresses: tuple[tuple[str, str], ...]

    @property
    def services(self) -> list[Service]:
        """The parts that stay."""
        return [part for part in self.parts if isinstance(part, Service)]


def make_plan(
    settings: HomeSettings,
    places: Places,
    environment: Mapping[str, str],
    stand_in: StandInSettings | None = None,
) -> Plan:
    """Return the plan for these settings.

    Parameters
    ----------
    environment : mapping of str to str
        What the parts inherit: the settings that were set, and everything else.
    stand_in : StandInSettings or None
        The stand-ins for Spotify and others, where they are wanted.
    """
    home, socket_dir = settings.home.resolve(), settings.socket_dir
    env = _environment(settings, places, environment)
    if stand_in is not None:
        env |= stand_ins.addresses(stand_in.port, settings.ui_port)
    secret = airflow.keep_secrets(home / "airflow")
    airflow_env = {
        **_without_python(env),
        **airflow.environment(home, settings.airflow_port, socket_dir, DAGS, secret),
    }
    parts: list[Part] = [
        postgres.service(home, socket_dir, env),
        *([stand_ins.service(stand_in, env)] if stand_in is not None else []),
        *_catalogue_steps(places, env),
        *([_mlflow(home, settings.mlflow_port, socket_dir, env)] if places.own_mlflow else []),
        _training(places, env),
        _api(settings.api_port, env),
        _page(settings.ui_port, env),
        *airflow.parts(home, _airflow_env(), settings.airflow_port, socket_dir, airflow_env),
    ]
    faked = (("stand-ins", f"http://127.0.0.1:{stand_in.port}/control"),) if stand_in is not None else ()
    return Plan(home, tuple(parts), _addresses(settings, places) + faked)


def _environment(settings: HomeSettings, places: Places, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of our own parts: absolute, so that a task may run in any folder."""
    return {
        "QUINTET_API_URL": f"http://127.0.0.1:{settings.api_port}",
        **environment,
        "QUINTET_HOME": str(settings.home.resolve()),
        "DATABASE_URL": places.database_url,
        "MLFLOW_TRACKING_URI": places.tracking_uri,
        "QUINTET_PYTHON": sys.executable,
        "PYTHONUNBUFFERED": "1",
        **QUIET,
    }


def _without_python(env: Mapping[str, str]) -> dict[str, str]:
    """Leave out what would make another environment's Python load our packages."""
    return {
        name: value for name, value in env.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    }


def _airflow_env() -> Path:
    return Path(sys.prefix).with_name("airflow-env")


def _quintet(*arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "quintet.cli", *arguments)


def _catalogue_steps(places: Places, env: Mapping[str, str]) -> tuple[Step, Step]:
    migrate = Step(name="migrate", command=_quintet("db", "migrate"), env=env, needs=("postgres",))
    load = Step(
        name="catalogue",
        command=_quintet("catalogue", "load"),
        env=env,
        needs=("migrate",),
        is_done=_has_tracks(places.database_url),
        is_shown=True,
        start_timeout_s=3600.0,
    )
    return migrate, load


def _has_tracks(database_url: str) -> Callable[[], bool]:
    dsn = re.sub(r"^postgres(ql)?\+\w+:", "postgresql:", database_url)

    def ask() -> bool:
        try:
            return bool(probes.query(dsn, "SELECT 1 FROM tracks LIMIT 1"))
        except psycopg2.Error:
            return False

    return ask


def _training(places: Places, env: Mapping[str, str]) -> Step:
    alias = f"{places.tracking_uri}/api/2.0/mlflow/registered-models/alias?name=quintet&alias=champion"

    def has_champion() -> bool:
        try:
            # Only a clear "there is none" asks for a first model: 404 without a model, 400 without the alias.
            return probes.fetch(alias)[0] not in (400, 404)
        except OSError:
            return False

    return Step(
        name="first-model",
        command=_quintet("train"),
        env=env,
        needs=("catalogue", "mlflow") if places.own_mlflow else ("catalogue",),
        is_done=has_champion,
        is_shown=True,
        start_timeout_s=3600.0,
    )


def _mlflow(home: Path, port: int, socket_dir: Path, env: Mapping[str, str]) -> Service:
    options = {
        "--backend-store-uri": postgres.sqlalchemy_url(socket_dir, "mlflow"),
        "--artifacts-destination": str(home / "mlflow"),
        "--host": "127.0.0.1",
        "--port": str(port),
        "--workers": "1",
        "--allowed-hosts": f"127.0.0.1:{port},localhost:{port}",
        "--cors-allowed-origins": f"http://127.0.0.1:{port},http://localhost:{port}",
    }
    flags = [text for option in options.items() for text in option]
    return Service(
        name="mlflow",
        command=(sys.executable, "-m", "mlflow", "server", "--serve-artifacts", *flags),
        # No jobs of MLflow's own: they would start four more processes.
        env={**env, "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false"},
        needs=("postgres",),
        ready=probes.http(f"http://127.0.0.1:{port}/health"),
        port=port,
        port_setting="MLFLOW_PORT",
    )


def _api(port: int, env: Mapping[str, str]) -> Service:
    return Service(
        name="api",
        command=_quintet("serve"),
        env=env,
        needs=("first-model",),
        ready=probes.http(f"http://127.0.0.1:{port}/health/ready"),
        port=port,
        port_setting="API_PORT",
    )


def _page(port: int, env: Mapping[str, str]) -> Service:
    return Service(
        name="ui",
        command=_quintet("ui"),
        env=env,
        needs=("api",),
        ready=probes.http(f"http://127.0.0.1:{port}/_stcore/health"),
        port=port,
        port_setting="UI_PORT",
    )


def _addresses(settings: HomeSettings, places: Places) -> tuple[tuple[str, str], ...]:
    database = (
        postgres.dsn(settings.socket_dir, "quintet") if places.own_database else "the one of DATABASE_URL"
    )
    return (
        ("ui", f"http://127.0.0.1:{settings.ui_port}"),
        ("api", f"http://127.0.0.1:{settings.api_port}/docs"),
        ("mlflow", places.tracking_uri),
        ("airflow", f"http://127.0.0.1:{settings.airflow_port}"),
        ("postgres", database),
    )
