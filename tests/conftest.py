"""Fixtures every kind of test shares: real services, started once a session and only when a test asks."""

from __future__ import annotations

import contextlib
import tempfile
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import psycopg2
import pytest
from tests.running_stack import RunningStack, embedded_postgres, running_mlflow, started_stack
from tests.schedule import LongestFirst, longest_first
from xdist.remote import Producer

# How long one example takes says how busy the machine is, not whether the code is right.
hypothesis.settings.register_profile("quintet", deadline=None)
hypothesis.settings.load_profile("quintet")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files in front."""
    items[:] = longest_first(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> LongestFirst:
    """Have workers take files in that order, and not those with the most tests first."""
    config.option.loadscopereorder = False
    return LongestFirst(config, log)


@pytest.fixture(scope="session", autouse=True)
def _own_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Run every test in a folder without `.env`: a developer's own settings change no test."""
    with contextlib.chdir(tmp_path_factory.mktemp("here")):
        yield


@pytest.fixture(scope="session")
def make_artifact(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Return small real models, each fitted once a session; their folders are not to be changed."""
    from tests.fakes.catalogues import write_artifact  # scikit-learn: only for those who need it

    made: dict[tuple[int, bool, int], Path] = {}

    def make(count: int = 300, invented: bool = False, seed: int = 0) -> Path:
        key = (count, invented, seed)
        if key not in made:
            made[key] = write_artifact(tmp_path_factory.mktemp("artifact") / "model", *key)
        return made[key]

    return make


@pytest.fixture(scope="session")
def mlflow_uri(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real MLflow server with one worker and SQLite (9 s to start on two cores)."""
    folder = tmp_path_factory.mktemp("mlflow")
    with running_mlflow(folder, f"sqlite:///{folder}/mlflow.db") as uri:
        yield uri


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a real PostgreSQL's maintenance database, on a socket (3 s to start, root or not)."""
    # Short: the path of a socket may hold some hundred characters only.
    with tempfile.TemporaryDirectory(prefix="quintet-pg-") as folder, embedded_postgres(Path(folder)) as url:
        # What a test wrote need not survive a power cut.
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            _run_sql(url, f"ALTER SYSTEM SET {setting} = off")
        _run_sql(url, "SELECT pg_reload_conf()")
        yield url


@pytest.fixture(scope="session")
def running_stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningStack]:
    """Everything `quintet up` starts, with the demo catalogue, on ports of its own (a minute or two)."""
    with started_stack(tmp_path_factory.mktemp("stack")) as stack:
        yield stack


@pytest.fixture
def empty_database_url(postgres_url: str) -> Iterator[str]:
    """The address of a database with nothing in it, dropped afterwards."""
    with _database(postgres_url, "template1") as url:
        yield url


@pytest.fixture(scope="session")
def template(postgres_url: str) -> str:
    """The name of a migrated database to copy: migrating one a test takes three times as long."""
    from quintet.adapters.postgres import migrate

    name = "migrated"
    _run_sql(postgres_url, f"CREATE DATABASE {name}")
    migrate(_address(postgres_url, name))
    return name


@pytest.fixture
def fresh_url(postgres_url: str, template: str) -> Iterator[Callable[[], str]]:
    """Return new migrated databases, as many as are asked for; all dropped afterwards."""
    with contextlib.ExitStack() as databases:
        yield lambda: databases.enter_context(_database(postgres_url, template))


@pytest.fixture
def database_url(postgres_url: str, template: str) -> Iterator[str]:
    """The address of a migrated database without a row."""
    with _database(postgres_url, template) as url:
        yield url


@pytest.fixture(scope="module")
def migrated_database_url(postgres_url: str, template: str) -> Iterator[str]:
    """The address of a migrated database that the tests of one file share, and empty themselves."""
    with _database(postgres_url, template) as url:
        yield url


@contextlib.contextmanager
def _database(postgres_url: str, template: str) -> Iterator[str]:
    name = f"test_{uuid.uuid4().hex}"
    _run_sql(postgres_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _address(postgres_url, name)
    _run_sql(postgres_url, f"DROP DATABASE {name} WITH (FORCE)")


def _address(postgres_url: str, name: str) -> str:
    return postgres_url.replace("/postgres?", f"/{name}?")


def _run_sql(url: str, statement: str) -> None:
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
    connection.close()
