"""The parts of Airflow: an environment of its own, few workers, secrets made once. DAGs are in `dags/`."""

from __future__ import annotations

import base64
import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import psycopg2

from quintet.errors import StackError
from quintet.stack import postgres, probes
from quintet.stack.service import Service, Step

ADMIN = "admin"
# Two tasks at a time: a training and a crawl. Each running task holds a process of about 150 MB.
PARALLELISM = 2


@dataclass(frozen=True, slots=True)
class Secrets:
    """What Airflow signs, encrypts and admits with; made at random once and kept in the state folder."""

    jwt_secret: str
    fernet_key: str
    session_key: str
    admin_password: str


def keep_secrets(folder: Path) -> Secrets:
    """Return the secrets of this state folder, made the first time, readable by their owner only."""
    path = folder / "secrets.json"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        made = Secrets(
            jwt_secret=secrets.token_urlsafe(64),
            fernet_key=base64.urlsafe_b64encode(os.urandom(32)).decode(),
            session_key=secrets.token_urlsafe(32),
            admin_password=secrets.token_urlsafe(12),
        )
        _write_private(path, json.dumps(asdict(made)))
    kept = Secrets(**json.loads(path.read_text()))
    _write_private(folder / "passwords.json", json.dumps({ADMIN: kept.admin_password}))
    return kept


def _write_private(path: Path, text: str) -> None:
    draft = path.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)


def environment(home: Path, port: int, socket_dir: Path, dags: Path, secret: Secrets) -> dict[str, str]:
    """Return Airflow's settings as environment variables; task processes inherit them."""
    folder = home / "airflow"
    address = f"http://127.0.0.1:{port}"
    settings = {
        "CORE__DAGS_FOLDER": str(dags),
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": str(PARALLELISM),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "CORE__FERNET_KEY": secret.fernet_key,
        "CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin",
        "CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(folder / "passwords.json"),
        "CORE__EXECUTION_API_SERVER_URL": f"{address}/execution/",
        "CORE__HOSTNAME_CALLABLE": "socket.gethostname",
        "DATABASE__SQL_ALCHEMY_CONN": postgres.sqlalchemy_url(socket_dir, "airflow"),
        "DATABASE__SQL_ALCHEMY_CONN_ASYNC": postgres.sqlalchemy_url(socket_dir, "airflow", "asyncpg"),
        "API__HOST": "127.0.0.1",
        "API__PORT": str(port),
        "API__BASE_URL": address,
        "API__WORKERS": "1",
        "API__WORKER_TIMEOUT": "60",
        "API__SECRET_KEY": secret.session_key,
        "API_AUTH__JWT_SECRET": secret.jwt_secret,
        "LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "LOGGING__DAG_PROCESSOR_LOG_TARGET": "stdout",
        "LOGGING__COLORED_CONSOLE_LOG": "False",
        "DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        "DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "30",
        "USAGE_DATA_COLLECTION__ENABLED": "False",
    }
    own = {f"AIRFLOW__{name}": value for name, value in settings.items()}
    return {"AIRFLOW_HOME": str(folder), "SCARF_ANALYTICS": "false", "SPT_NOENV": "1", **own}


def parts(
    home: Path, airflow_env: Path, port: int, socket_dir: Path, env: Mapping[str, str]
) -> tuple[Step, *tuple[Service, ...]]:
    """Return the migration of Airflow's database and the four processes that make Airflow.

    Parameters
    ----------
    airflow_env : Path
        The Python environment that holds Airflow.
    env : mapping of str to str
        The whole environment, `environment` included.
    """
    program = airflow_env / "bin" / "airflow"
    if not program.exists():
        raise StackError(f"Airflow is not installed in {airflow_env}: `make up` installs it")
    migrate = Step(
        name="airflow-migrate",
        command=(str(program), "db", "migrate"),
        env=env,
        needs=("postgres",),
        is_done=lambda: _schema(socket_dir) == _noted_schema(home, airflow_env),
        on_done=lambda: _note_schema(home, airflow_env, socket_dir),
    )
    return migrate, *_services(program, port, env)


def _services(program: Path, port: int, env: Mapping[str, str]) -> list[Service]:
    health = f"http://127.0.0.1:{port}/api/v2/monitor/health"
    commands = {
        "airflow-api": ("api-server",),
        "airflow-scheduler": ("scheduler", "--skip-serve-logs"),
        "airflow-dags": ("dag-processor",),
        "airflow-triggerer": ("triggerer", "--skip-serve-logs"),
    }
    ready = {
        "airflow-api": probes.http(health),
        "airflow-scheduler": probes.airflow_part(health, "scheduler"),
        "airflow-dags": probes.airflow_part(health, "dag_processor"),
        "airflow-triggerer": probes.airflow_part(health, "triggerer"),
    }
    return [
        Service(
            name=name,
            command=(str(program), *arguments),
            env=env,
            needs=("airflow-migrate",),
            ready=ready[name],
            port=port if name == "airflow-api" else None,
            port_setting="AIRFLOW_PORT" if name == "airflow-api" else None,
        )
        for name, arguments in commands.items()
    ]


# --- has this Airflow migrated this database? `db migrate` takes many seconds to say so itself --------------


def _schema(socket_dir: Path) -> str | None:
    try:
        rows = probes.query(postgres.dsn(socket_dir, "airflow"), "SELECT version_num FROM alembic_version")
    except psycopg2.Error:
        return None
    return str(sorted(rows)) if rows else None


def _release(airflow_env: Path) -> str:
    found = airflow_env.glob("lib/python*/site-packages/apache_airflow_core-*.dist-info")
    return ",".join(sorted(path.name for path in found))


def _noted_schema(home: Path, airflow_env: Path) -> str:
    try:
        release, schema = json.loads((home / "airflow" / "schema.json").read_text())
    except (OSError, ValueError):
        return "nothing noted"
    return str(schema) if release == _release(airflow_env) else f"noted by {release}"


def _note_schema(home: Path, airflow_env: Path, socket_dir: Path) -> None:
    (home / "airflow" / "schema.json").write_text(json.dumps([_release(airflow_env), _schema(socket_dir)]))
