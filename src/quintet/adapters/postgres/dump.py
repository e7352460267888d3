"""Every table of ours to a file and back, over an ordinary connection: no program of PostgreSQL's is needed.

The file itself is in `dump_file`. A dump is one consistent snapshot; a restore is one transaction.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from zipfile import ZipFile

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from quintet.adapters.postgres import dump_file
from quintet.adapters.postgres.connection import make_engine, translated
from quintet.adapters.postgres.dump_file import HashingWriter, Manifest, Table
from quintet.adapters.postgres.migrate import alembic_config, lock_migrations
from quintet.errors import DumpError, StoreError

# Columns PostgreSQL computes cannot be loaded, and need not be.
_COLUMNS = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> 'alembic_version'
  AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
GROUP BY c.relname ORDER BY c.relname
"""
_REFERENCES = """
SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace AND conrelid <> confrelid
"""
_COUNTERS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval(%')
"""


def dump(url: str, path: Path) -> dict[str, int]:
    """Write every table to one file, as it was at one moment, while others read and write.

    Parameters
    ----------
    url : str
        SQLAlchemy address of PostgreSQL.
    path : Path
        Appears whole, or not at all; replaced where it exists.

    Returns
    -------
    dict of str to int
        Rows by table.

    Raises
    ------
    StoreError
        PostgreSQL does not answer, or is not migrated.
    DumpError
        The file cannot be written.
    """
    engine = make_engine(url).execution_options(isolation_level="REPEATABLE READ")
    with translated(engine.url), engine.begin() as connection, dump_file.written(path) as file:
        connection.execute(text("SET TRANSACTION READ ONLY"))
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise StoreError("the database holds nothing of Quintet's: run `quintet db migrate`")
        tables = tuple(_copy_out(connection, table, file) for table in _tables(connection))
        dump_file.add_manifest(file, Manifest(revision, datetime.now(UTC).isoformat(), tables))
    return {table.name: table.rows for table in tables}


def restore(url: str, path: Path, *, replace: bool = False) -> dict[str, int]:
    """Put a dump in the place of all tables, in one transaction, and migrate it to this Quintet.

    Parameters
    ----------
    url : str
        SQLAlchemy address of PostgreSQL.
    path : Path
        Written by `dump`, by this or an earlier Quintet.
    replace : bool
        Whether what the database holds may go.

    Returns
    -------
    dict of str to int
        Rows by table.

    Raises
    ------
    DumpError
        The dump is damaged, of a newer Quintet, or would replace rows; nothing is changed.
    StoreError
        PostgreSQL does not answer or refuses a row; nothing is changed.
    """
    engine = make_engine(url)
    with dump_file.checked(path) as (file, manifest), translated(engine.url), engine.begin() as connection:
        lock_migrations(connection)
        if not replace and _has_rows(connection):
            raise DumpError("the database holds rows already; `--replace` puts the dump in their place")
        _make_tables(connection, manifest.revision)
        for table in manifest.tables:
            _copy_in(connection, table, file)
        for name, column in connection.execute(text(_COUNTERS)).all():
            _count_on(connection, name, column)
        command.upgrade(alembic_config(connection), "head")
    return {table.name: table.rows for table in manifest.tables}


def _tables(connection: Connection) -> list[Table]:
    """Return the tables, each after those it refers to."""
    waiting = {name: tuple(columns) for name, columns in connection.execute(text(_COLUMNS)).all()}
    references = [tuple(row) for row in connection.execute(text(_REFERENCES)).all()]
    ordered: list[Table] = []
    while waiting:
        blocked = {name for name, needed in references if needed in waiting}
        free = [name for name in waiting if name not in blocked]
        if not free:
            raise StoreError(f"tables refer to each other in a circle: {', '.join(sorted(waiting))}")
        ordered += [Table(name, waiting.pop(name)) for name in free]
    return ordered


def _has_rows(connection: Connection) -> bool:
    found = [table.name for table in _tables(connection)]
    return any(connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in found)  # noqa: S608 (names of our own tables)


def _make_tables(connection: Connection, revision: str) -> None:
    """Make empty tables as they were when the dump was made; an earlier Quintet's are migrated afterwards."""
    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision not in known:
        raise DumpError(f"the dump is of a newer Quintet (migration {revision}): upgrade this one first")
    if MigrationContext.configure(connection).get_current_revision() in known | {None}:
        command.downgrade(config, "base")
    else:  # a newer Quintet's tables, whose migrations we do not know: the way back after an upgrade
        _drop_tables(connection)
    command.upgrade(config, revision)


def _drop_tables(connection: Connection) -> None:
    names = [table.name for table in _tables(connection)]
    for name in [*names, "alembic_version"]:
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def _copy_out(connection: Connection, table: Table, file: ZipFile) -> Table:
    with file.open(table.member, "w", force_zip64=True) as member:
        target = HashingWriter(member)
        rows = _copy(connection, f"COPY {_described(table)} TO STDOUT", target)
    return Table(table.name, table.columns, rows, target.hexdigest())


def _copy_in(connection: Connection, table: Table, file: ZipFile) -> None:
    with file.open(table.member) as member:
        rows = _copy(connection, f"COPY {_described(table)} FROM STDIN", member)
    if rows != table.rows:
        raise DumpError(f"{table.name} holds {rows} rows after the restore instead of {table.rows}")


def _described(table: Table) -> str:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    return f'"{table.name}" ({columns})'


def _copy(connection: Connection, sql: str, stream: HashingWriter | IO[bytes]) -> int:
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor:
        cursor.copy_expert(sql, stream)
        return int(cursor.rowcount)


def _count_on(connection: Connection, table: str, column: str) -> None:
    """Let a counter go on after the highest number that was loaded."""
    connection.execute(
        text(
            f'SELECT setval(pg_get_serial_sequence(:table, :column), max("{column}")) FROM "{table}"'  # noqa: S608
            f' HAVING max("{column}") IS NOT NULL'
        ),
        {"table": f'public."{table}"', "column": column},
    )
