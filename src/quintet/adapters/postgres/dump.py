"""Every table of ours and, with a registry, of MLflow's to one file and back, over ordinary connections.

No program of PostgreSQL's is needed. The file is in `dump_file`, copying in `table_copy`, MLflow's part in
`registry_dump`. Each database is dumped as of one moment; a restore is one transaction in each.
"""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from alembic import command
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from quintet.adapters.postgres import dump_file, table_copy
from quintet.adapters.postgres.connection import make_engine, reading, translated
from quintet.adapters.postgres.dump_file import Manifest
from quintet.adapters.postgres.migrate import alembic_config, lock_migrations, upgrade
from quintet.adapters.postgres.registry_dump import Registry
from quintet.errors import DumpError, StoreError


def dump(
    url: str, path: Path, registry: Registry | None = None, *, all_versions: bool = False
) -> dict[str, int]:
    """Write every table to one file, each database as it was at one moment, while others read and write.

    Parameters
    ----------
    url : str
        SQLAlchemy address of PostgreSQL.
    path : Path
        Appears whole, or not at all; replaced where it exists.
    registry : Registry or None
        MLflow's database and artifacts, where they are to be in the file too.
    all_versions : bool
        Whether to keep the artifacts of every model version, not only of those with an alias.

    Returns
    -------
    dict of str to int
        Rows by table, then files of artifacts as `artifacts`.

    Raises
    ------
    StoreError
        PostgreSQL does not answer, or is not migrated.
    RegistryError
        MLflow does not give an artifact.
    DumpError
        The file cannot be written.
    """
    engine = make_engine(url)
    with translated(engine.url), reading(engine) as connection, dump_file.written(path) as file:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None:
            raise StoreError("the database holds nothing of Quintet's: run `quintet db migrate`")
        made_at = datetime.now(UTC).isoformat()
        manifest = Manifest(made_at, table_copy.copy_out(connection, revision, "tracks", file))
        if registry is not None:
            manifest = registry.add_to(file, manifest, all_versions)
        dump_file.add_manifest(file, manifest)
    return _counted(manifest)


def restore(
    url: str, path: Path, registry: Registry | None = None, *, replace: bool = False
) -> dict[str, int]:
    """Put a dump in the place of all tables, in one transaction a database, and migrate ours to this Quintet.

    Parameters
    ----------
    url : str
        SQLAlchemy address of PostgreSQL.
    path : Path
        Written by `dump`, by this or an earlier Quintet.
    registry : Registry or None
        Where the dump's MLflow tables and artifacts go; None: they stay in the file.
    replace : bool
        Whether what the databases hold may go.

    Returns
    -------
    dict of str to int
        Rows by table, then files of artifacts as `artifacts`.

    Raises
    ------
    DumpError
        The dump is damaged, of a newer Quintet or another MLflow, or would replace rows; nothing is changed.
    StoreError
        PostgreSQL does not answer or refuses a row; nothing is changed.
    RegistryError
        MLflow takes no artifact; no table is changed.
    """
    engine = make_engine(url)
    with ExitStack() as stack:
        file, manifest = stack.enter_context(dump_file.checked(path))
        stack.enter_context(translated(engine.url))
        connection = stack.enter_context(engine.begin())
        lock_migrations(connection)
        if not replace and table_copy.has_rows(connection):
            raise DumpError("the database holds rows already; `--replace` puts the dump in their place")
        if registry is not None and manifest.registry is not None:
            stack.enter_context(
                registry.taken_from(file, manifest.registry, manifest.artifacts, replace=replace)
            )
        _make_tables(connection, manifest.tracks.revision)
        table_copy.copy_in(connection, manifest.tracks, file)
        upgrade(connection)
    return _counted(manifest)


def _counted(manifest: Manifest) -> dict[str, int]:
    registered = manifest.registry.rows if manifest.registry else {}
    return {**manifest.tracks.rows, **registered, "artifacts": len(manifest.artifacts)}


def _make_tables(connection: Connection, revision: str) -> None:
    """Make empty tables as they were when the dump was made; an earlier Quintet's are migrated afterwards."""
    config = alembic_config(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if revision not in known:
        raise DumpError(f"the dump is of a newer Quintet (migration {revision}): upgrade this one first")
    if MigrationContext.configure(connection).get_current_revision() in known | {None}:
        command.downgrade(config, "base")
    else:  # a newer Quintet's tables, whose migrations we do not know: the way back after an upgrade
        table_copy.drop(connection)
    command.upgrade(config, revision)
