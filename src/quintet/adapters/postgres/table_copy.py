"""Every table of a database, whatever tables it has, into a dump's file and back. When and why is in `dump`.

Nothing here names a table: one that a later migration adds is found in PostgreSQL's own catalogue.
"""

from __future__ import annotations

from dataclasses import replace
from typing import IO, Any
from zipfile import ZipFile

from sqlalchemy import Connection, text

from quintet.adapters.postgres.dump_file import Database, HashingWriter, Table
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


def copy_out(connection: Connection, revision: str, folder: str, file: ZipFile) -> Database:
    """Write every table's rows to a file under `folder/`, and return what the manifest says of them."""
    return Database(
        revision, tuple(_copy_out(connection, table, folder, file) for table in tables(connection))
    )


def copy_in(connection: Connection, database: Database, file: ZipFile) -> None:
    """Load every table's rows into tables that are empty, and let counters go on after them.

    Raises
    ------
    DumpError
        A table did not take as many rows as the dump says it has.
    """
    for table in database.tables:
        with file.open(table.member) as member:
            rows = _copy(connection, f"COPY {_described(table)} FROM STDIN", member)
        if rows != table.rows:
            raise DumpError(f"{table.name} holds {rows} rows after the restore instead of {table.rows}")
    for name, column in connection.execute(text(_COUNTERS)).all():
        _count_on(connection, name, column)


def tables(connection: Connection) -> list[Table]:
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


def has_rows(connection: Connection) -> bool:
    """Tell whether any table holds a row."""
    names = [table.name for table in tables(connection)]
    return any(connection.execute(text(f'SELECT 1 FROM "{name}" LIMIT 1')).first() for name in names)  # noqa: S608 (names of existing tables)


def empty(connection: Connection) -> None:
    """Delete every row."""
    names = ", ".join(f'"{table.name}"' for table in tables(connection))
    connection.execute(text(f"TRUNCATE {names}"))


def drop(connection: Connection) -> None:
    """Drop every table, and what Alembic noted of them."""
    for name in [*(table.name for table in tables(connection)), "alembic_version"]:
        connection.execute(text(f'DROP TABLE "{name}" CASCADE'))


def _copy_out(connection: Connection, table: Table, folder: str, file: ZipFile) -> Table:
    member = f"{folder}/{table.name}.copy"
    with file.open(member, "w", force_zip64=True) as stream:
        target = HashingWriter(stream)
        rows = _copy(connection, f"COPY {_described(table)} TO STDOUT", target)
    return replace(table, member=member, rows=rows, sha256=target.hexdigest())


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
