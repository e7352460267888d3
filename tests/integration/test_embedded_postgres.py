"""The embedded PostgreSQL: private, durable, and started whatever was left behind; as root too."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from tests.running_stack import embedded_postgres

from quintet.errors import StackError
from quintet.settings import HomeSettings
from quintet.stack import postgres, probes


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="quintet-pg-") as folder:
        yield Path(folder)


def _run(url: str, statement: str) -> None:
    with psycopg2.connect(url) as link, link.cursor() as cursor:
        cursor.execute(statement)
    link.close()


def test_it_has_the_three_databases_in_utf_8_and_no_tcp_port(home: Path) -> None:
    with embedded_postgres(home) as url:
        found = probes.query(url, "SELECT datname, pg_encoding_to_char(encoding) FROM pg_database")
        assert {(name, "UTF8") for name in postgres.DATABASES} <= set(found)
        assert probes.query(url, "SHOW listen_addresses") == [("",)]
        assert probes.query(url, "SELECT 'É' < 'Z', lower('ÀÉ')") == [(False, "àé")]


def test_what_was_committed_survives_a_kill_and_a_stale_lock(home: Path) -> None:
    with embedded_postgres(home) as url:
        _run(url, "CREATE TABLE kept AS SELECT 42 AS answer")
        [server] = postgres.running(home)
        lock = home / "postgres" / "data" / "postmaster.pid"
        left = lock.read_text()
        server.kill()
        server.wait(10)
    # The id of the killed server now belongs to somebody else: to us.
    lock.write_text(left.replace(left.split()[0], str(os.getpid()), 1))
    with embedded_postgres(home) as url:
        assert probes.query(url, "SELECT answer FROM kept") == [(42,)]


def test_an_interrupted_initialisation_is_begun_again(home: Path) -> None:
    (home / "postgres" / "draft").mkdir(parents=True)
    (home / "postgres" / "draft" / "PG_VERSION").write_text("18")
    with embedded_postgres(home) as url:
        assert probes.query(url, "SELECT 1") == [(1,)]


def test_a_long_and_unusual_path_has_its_socket_elsewhere(home: Path) -> None:
    far = home / "내 음악" / ("x" * 100)
    far.mkdir(parents=True)
    socket_dir = HomeSettings(home=far).socket_dir
    with embedded_postgres(far, socket_dir) as url:
        assert probes.query(url, "SELECT 1") == [(1,)]
        assert socket_dir.stat().st_mode & 0o077 == 0
    socket_dir.rmdir()


def test_a_socket_folder_of_another_user_is_refused(home: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    (home / "run").mkdir()
    os.chown(home / "run", 12345, 12345)
    with pytest.raises(StackError, match="belongs to another user"), embedded_postgres(home):
        pass


# --- root, where namespaces are forbidden -------------------------------------------------------------------


@pytest.fixture
def no_namespaces(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An `unshare` that is refused, as in many containers."""
    if os.geteuid() != 0:
        pytest.skip("about running as root")
    programs = home / "bin"
    programs.mkdir()
    (programs / "unshare").write_text("#!/bin/sh\necho 'Operation not permitted' >&2\nexit 1\n")
    (programs / "unshare").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    postgres.as_ordinary_user.cache_clear()
    yield
    postgres.as_ordinary_user.cache_clear()


@pytest.mark.usefixtures("no_namespaces")
def test_without_namespaces_it_runs_as_an_ordinary_user(home: Path) -> None:
    home.chmod(0o755)
    try:
        with embedded_postgres(home) as url:
            assert probes.query(url, "SELECT 1") == [(1,)]
            [server] = postgres.running(home)
            assert server.uids().real != 0
    except StackError as error:
        pytest.skip(f"this checkout is closed to others: {error}")


@pytest.mark.usefixtures("no_namespaces")
def test_a_closed_folder_without_namespaces_is_told_with_the_way_out(home: Path) -> None:
    home.chmod(0o700)
    with pytest.raises(StackError, match=r"cannot enter .*run as an ordinary user"), embedded_postgres(home):
        pass
