"""One connection to PostgreSQL on which nothing waits longer than it may, not even for a server that hangs.

psycopg2 waits without end for a server that took a question and fell silent. Its connections without blocking
leave the waiting to us. No SQL of ours lives here.
"""

from __future__ import annotations

import select
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import errors as pg
from psycopg2.extensions import POLL_OK, POLL_READ, connection

from quintet.errors import StoreError, StoreUnavailableError


class Database:
    """A connection that is kept, used by one thread at a time, and opened anew when it broke.

    Each statement is a transaction of its own. One that met a broken connection is run once more on a new
    one, so every statement must be safe to run twice.

    Parameters
    ----------
    url : str
        Address of PostgreSQL; nothing is opened before the first statement.
    timeout_s : float
        Seconds a statement may take, waiting for its turn and for a connection included.
    """

    def __init__(self, url: str, timeout_s: float) -> None:
        self._url = url.replace("+psycopg2", "", 1)
        self._timeout_s = timeout_s
        self._turn = threading.Lock()
        self._kept: connection | None = None

    def run(self, sql: str, values: Mapping[str, Any] | None = None) -> Sequence[tuple[Any, ...]]:
        """Run one statement and return its rows.

        Raises
        ------
        StoreUnavailableError
            PostgreSQL does not answer, or not in time.
        StoreError
            It refuses the statement.
        """
        deadline = time.monotonic() + self._timeout_s
        if not self._turn.acquire(timeout=self._timeout_s):
            raise StoreUnavailableError("PostgreSQL is slow: others are still waiting for it")
        try:
            with _translated():
                return self._run(sql, dict(values or {}), deadline)
        finally:
            self._turn.release()

    def close(self) -> None:
        """Give the connection back; the next statement opens another."""
        with self._turn:
            self._drop()

    def _run(self, sql: str, values: dict[str, Any], deadline: float) -> Sequence[tuple[Any, ...]]:
        is_used = self._kept is not None
        try:
            return self._run_once(sql, values, deadline)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):
            if not is_used or self._kept is not None:
                raise
        return self._run_once(sql, values, deadline)  # PostgreSQL was started again meanwhile

    def _run_once(self, sql: str, values: dict[str, Any], deadline: float) -> Sequence[tuple[Any, ...]]:
        try:
            if self._kept is None:
                self._kept = self._connect(deadline)
            with self._kept.cursor() as cursor:
                cursor.execute(sql, values)
                _wait(self._kept, deadline)
                return cursor.fetchall() if cursor.description else ()
        except BaseException as error:
            # An answer may still be under way on this connection, unless the server refused plainly.
            if not isinstance(error, psycopg2.Error) or _is_broken(error):
                self._drop()
            raise

    def _connect(self, deadline: float) -> connection:
        options = f"-c statement_timeout={int(self._timeout_s * 1000)} -c timezone=UTC"
        made: connection = psycopg2.connect(
            self._url, async_=1, options=options, application_name="quintet-api"
        )
        try:
            _wait(made, deadline)
        except BaseException:
            made.close()
            raise
        return made

    def _drop(self) -> None:
        kept, self._kept = self._kept, None
        if kept is not None:
            kept.close()


def _wait(used: connection, deadline: float) -> None:
    """Return when a connection has done what it is about; raise OperationalError at the deadline."""
    while (state := used.poll()) != POLL_OK:
        waiting = select.poll()
        waiting.register(used.fileno(), select.POLLIN if state == POLL_READ else select.POLLOUT)
        left_s = deadline - time.monotonic()
        if left_s <= 0 or not waiting.poll(left_s * 1000):
            raise psycopg2.OperationalError("no answer in time")


def _is_broken(error: psycopg2.Error) -> bool:
    """Tell whether a connection is of no more use: a refusal of the server has a code, a loss has none."""
    return error.pgcode is None or isinstance(error, pg.AdminShutdown | pg.CrashShutdown)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except psycopg2.Error as error:
        line = next(iter(str(error).strip().splitlines()), type(error).__name__)
        if isinstance(error, pg.UndefinedTable | pg.UndefinedColumn):
            raise StoreError(f"the database is not migrated ({line}): run `quintet db migrate`") from error
        if isinstance(error, psycopg2.OperationalError | psycopg2.InterfaceError):
            raise StoreUnavailableError(f"PostgreSQL does not answer: {line}") from error
        raise StoreError(f"PostgreSQL refused: {line}") from error
    except ValueError as error:  # a NUL character, half of a surrogate pair
        raise StoreError(f"PostgreSQL cannot hold such a value: {error}") from error
