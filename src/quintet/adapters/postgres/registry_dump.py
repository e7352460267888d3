"""MLflow's part of a dump: the tables of its database as they are, and the artifacts its server hands out.

Tables are copied whole, so that numbers, ids, times and aliases are the very same afterwards. Which tables
there are is MLflow's business: a dump goes back only into tables of the same revision.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from quintet.adapters.postgres import dump_file, table_copy
from quintet.adapters.postgres.connection import make_engine, reading, translated
from quintet.adapters.postgres.dump_file import Database, Manifest, StoredFile
from quintet.errors import DumpError, StoreError
from quintet.ports import ArtifactPlaces

# What an MLflow nobody has used yet holds by itself is not worth a question.
_USED = "SELECT 1 FROM runs UNION ALL SELECT 1 FROM registered_models LIMIT 1"
# MLflow's requests are short: whoever holds a table longer is not one of them.
_LOCK_TIMEOUT = "SET LOCAL lock_timeout = '30s'"


@dataclass(frozen=True, slots=True)
class Registry:
    """MLflow's database, and the artifacts behind its server.

    Parameters
    ----------
    url : str
        SQLAlchemy address of the database.
    artifacts : ArtifactPlaces
        Where files of versions and runs come from and go to.
    """

    url: str
    artifacts: ArtifactPlaces

    def add_to(self, file: ZipFile, manifest: Manifest, all_versions: bool) -> Manifest:
        """Write MLflow's tables and artifacts to the file; return the manifest with them."""
        engine = make_engine(self.url, setting="MLFLOW_BACKEND_STORE_URI")
        with translated(engine.url), reading(engine) as connection:
            tables = table_copy.copy_out(connection, _revision(connection), "registry", file)
        places = self.artifacts.places(all_versions=all_versions)
        stored = tuple(found for place in places for found in self._fetched(place, file))
        return replace(manifest, registry=tables, artifacts=stored)

    def _fetched(self, place: str, file: ZipFile) -> Iterator[StoredFile]:
        with TemporaryDirectory() as folder:
            self.artifacts.fetch(place, Path(folder))
            yield from dump_file.add_folder(file, place, Path(folder))

    @contextmanager
    def taken_from(
        self, file: ZipFile, tables: Database, artifacts: tuple[StoredFile, ...], *, replace: bool
    ) -> Iterator[None]:
        """Put the file's tables and artifacts in MLflow's; tables change when the block ends well."""
        engine = make_engine(self.url, setting="MLFLOW_BACKEND_STORE_URI")
        with translated(engine.url), engine.begin() as connection:
            _check(connection, tables.revision, replace)
            # Before the tables: an artifact nobody names harms nobody, a version without one does.
            self._put(file, artifacts)
            connection.execute(text(_LOCK_TIMEOUT))
            table_copy.empty(connection)
            table_copy.copy_in(connection, tables, file)
            yield

    def _put(self, file: ZipFile, stored: tuple[StoredFile, ...]) -> None:
        for place, files in groupby(stored, key=lambda found: found.place):
            with TemporaryDirectory() as folder:
                dump_file.take_folder(file, tuple(files), Path(folder))
                self.artifacts.put(place, Path(folder))


def _revision(connection: Connection) -> str:
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision is None:
        raise StoreError("MLflow's database has no tables yet: start MLflow, which makes them")
    return revision


def _check(connection: Connection, dumped: str, replace: bool) -> None:
    if (present := _revision(connection)) != dumped:
        raise DumpError(
            f"the dump is of another release of MLflow (tables {dumped}, here {present}): restore it with "
            "the release that made it, or say `--tracks-only`"
        )
    if not replace and connection.execute(text(_USED)).first():
        raise DumpError("MLflow holds trainings already; `--replace` puts the dump in their place")
