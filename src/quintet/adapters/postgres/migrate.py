"""Bring the database's tables up to date. The tables themselves are in `migrations/versions`."""

from __future__ import annotations

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from quintet.adapters.postgres.connection import make_engine, translated
from quintet.adapters.postgres.grants import grant_to_api

# Any fixed number: whoever holds this lock is migrating, and others wait for it.
_MIGRATION_LOCK = 0x5175696E


def migrate(url: str) -> tuple[str | None, str | None]:
    """Run every migration not yet run, in one transaction; safe to run twice, or twice at once.

    Parameters
    ----------
    url : str
        SQLAlchemy address of PostgreSQL.

    Returns
    -------
    before, after : str or None
        The revision found and the one now there; equal when there was nothing to do.

    Raises
    ------
    StoreError
        When PostgreSQL does not answer or a migration fails; nothing is changed then.
    """
    engine = make_engine(url)
    with translated(engine.url), engine.begin() as connection:
        lock_migrations(connection)
        before = MigrationContext.configure(connection).get_current_revision()
        upgrade(connection)
        return before, MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection) -> None:
    """Run the migrations not yet run inside this transaction, and let the API do what it needs."""
    command.upgrade(alembic_config(connection), "head")
    grant_to_api(connection)


def lock_migrations(connection: Connection) -> None:
    """Wait for whoever changes the tables now, and keep others waiting until this transaction ends."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})


def alembic_config(connection: Connection) -> Config:
    """Return Alembic's settings for our migrations, run inside this connection's transaction."""
    config = Config()
    config.set_main_option("script_location", "quintet.adapters.postgres:migrations")
    config.attributes["connection"] = connection
    return config
