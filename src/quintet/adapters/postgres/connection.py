"""Reaching PostgreSQL, and telling what went wrong in one line. No SQL of ours lives here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg2
from psycopg2 import errors as pg
from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool, Pool, QueuePool

from quintet.errors import StoreError

CONNECT_TIMEOUT_S = 5


def make_engine(url: str, pool: type[Pool] = NullPool, setting: str = "DATABASE_URL") -> Engine:
    """Return an engine that opens a connection only when one is asked for, and by default keeps none.

    `setting` is what the address was read from, for the error.

    Raises
    ------
    StoreError
        When the address is not one of PostgreSQL's.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise StoreError(f"{setting} is not an address: postgresql://user:password@host/name") from error
    if not address.drivername.startswith("postgres"):
        raise StoreError(f"{setting} names {address.drivername}: only PostgreSQL will do")
    address = address.set(drivername="postgresql+psycopg2")
    options = {"connect_timeout": CONNECT_TIMEOUT_S, "application_name": "quintet"}
    if pool is QueuePool:
        return create_engine(address, pool_size=1, pool_pre_ping=True, connect_args=options)
    return create_engine(address, poolclass=pool, connect_args=options)


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one moment's state and changes nothing."""
    with engine.execution_options(isolation_level="REPEATABLE READ").begin() as connection:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        yield connection


@contextmanager
def translated(url: URL) -> Iterator[None]:
    """Turn every lower error into a StoreError of one line, without the password."""
    try:
        yield
    except (SQLAlchemyError, psycopg2.Error) as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        raise StoreError(_explain(cause, url)) from error


def _explain(cause: BaseException, url: URL) -> str:
    line = next(iter(str(cause).strip().splitlines()), type(cause).__name__)
    if isinstance(cause, pg.UndefinedTable | pg.UndefinedColumn):
        return f"the database is not migrated ({line}): run `quintet db migrate`"
    if isinstance(cause, psycopg2.OperationalError):
        where = url.render_as_string(hide_password=True)
        return f"PostgreSQL does not answer at {where}: {line}. Is it running? Try `make up`"
    return f"PostgreSQL refused: {line}"
