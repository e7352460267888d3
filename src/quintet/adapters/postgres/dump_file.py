"""The file of `quintet db dump`: a zip of one COPY text per table, the artifacts' files, and a manifest.

The manifest holds every checksum. Reading and writing such a file lives here; what PostgreSQL says and hears
is in `table_copy`.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import IO, Any

from quintet.errors import DumpError

FORMAT = 2
MANIFEST = "manifest.json"
_CHUNK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a dump.

    Parameters
    ----------
    name : str
        The table's name in the schema `public`.
    columns : tuple of str
        The columns its text holds, in this order.
    member : str
        The name of its text inside the file.
    rows : int
        How many rows the text holds.
    sha256 : str
        Of the text, in hexadecimal digits.
    """

    name: str
    columns: tuple[str, ...]
    member: str = ""
    rows: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Database:
    """All tables of one database.

    Parameters
    ----------
    revision : str
        The migration they are of.
    tables : tuple of Table
        In an order in which they can be loaded: a table comes after those it refers to.
    """

    revision: str
    tables: tuple[Table, ...]

    @property
    def rows(self) -> dict[str, int]:
        """Rows by table."""
        return {table.name: table.rows for table in self.tables}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of an artifact.

    Parameters
    ----------
    place : str
        The artifact it is of, as the registry names places.
    path : str
        Its path below that place, with `/`.
    member : str
        The name of its content inside the dump.
    sha256 : str
        Of the content, in hexadecimal digits.
    """

    place: str
    path: str
    member: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dump says of itself.

    Parameters
    ----------
    made_at : str
        ISO 8601, UTC.
    tracks : Database
        Quintet's own tables.
    registry : Database or None
        MLflow's tables, unless they were left out.
    artifacts : tuple of StoredFile
        The files of model versions and of the runs that made them.
    """

    made_at: str
    tracks: Database
    registry: Database | None = None
    artifacts: tuple[StoredFile, ...] = ()


class HashingWriter:
    """Passes bytes on and keeps their SHA-256: what COPY writes to."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self._hash = target, hashlib.sha256()

    def write(self, data: bytes) -> int:
        """Write bytes; return how many."""
        self._hash.update(data)
        return self._target.write(data)

    def hexdigest(self) -> str:
        """Return the SHA-256 of all that was written."""
        return self._hash.hexdigest()


@contextmanager
def written(path: Path) -> Iterator[zipfile.ZipFile]:
    """Give a zip to fill; `path` appears whole and readable by its owner only, or not at all."""
    draft = path.with_name(f".{path.name}.draft")
    try:
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as dump:
                yield dump
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise DumpError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        draft.unlink(missing_ok=True)


def add_manifest(dump: zipfile.ZipFile, manifest: Manifest) -> None:
    """Write the manifest: the last thing in the file."""
    dump.writestr(MANIFEST, json.dumps({"format": FORMAT, **asdict(manifest)}, indent=1))


def add_folder(dump: zipfile.ZipFile, place: str, folder: Path) -> Iterator[StoredFile]:
    """Write every file below a folder, and yield what the manifest says of each."""
    for source in sorted(path for path in folder.rglob("*") if path.is_file()):
        member = f"artifacts/{len(dump.infolist()):06d}"
        with source.open("rb") as content, dump.open(member, "w", force_zip64=True) as target:
            writer = HashingWriter(target)
            shutil.copyfileobj(content, writer, _CHUNK_BYTES)
        yield StoredFile(place, source.relative_to(folder).as_posix(), member, writer.hexdigest())


def take_folder(dump: zipfile.ZipFile, files: tuple[StoredFile, ...], folder: Path) -> None:
    """Write the files of one artifact below a folder."""
    for file in files:
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        with dump.open(file.member) as content, target.open("wb") as made:
            shutil.copyfileobj(content, made, _CHUNK_BYTES)


@contextmanager
def checked(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a dump of which every byte is what was written.

    Raises
    ------
    DumpError
        When it cannot be read, is not a dump, is of another format, or is damaged.
    """
    dump, manifest = _opened(path)
    with dump:
        yield dump, manifest


def _opened(path: Path) -> tuple[zipfile.ZipFile, Manifest]:
    try:
        dump = zipfile.ZipFile(path)
        manifest = _manifest(path, json.loads(dump.read(MANIFEST)))
        registered = manifest.registry.tables if manifest.registry else ()
        contents: list[Table | StoredFile] = [*manifest.tracks.tables, *registered, *manifest.artifacts]
        for content in contents:
            _check(dump, content)
    except OSError as error:
        raise DumpError(f"cannot read {path}: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError, RuntimeError) as error:
        raise DumpError(f"{path} is not a whole dump of `quintet db dump`: {error}") from error
    return dump, manifest


def _manifest(path: Path, found: dict[str, Any]) -> Manifest:
    if found["format"] == 1:  # tracks alone
        for table in found["tables"]:
            table["member"] = f"{table['name']}.copy"
        return Manifest(found["made_at"], _database(found))
    if found["format"] != FORMAT:
        raise DumpError(f"{path} is a dump of format {found['format']}; this Quintet reads up to {FORMAT}")
    registry = _database(found["registry"]) if found["registry"] else None
    artifacts = tuple(StoredFile(**file) for file in found["artifacts"])
    for file in artifacts:
        if PurePosixPath(file.path).is_absolute() or ".." in PurePosixPath(file.path).parts:
            raise ValueError(f"{file.path} leads out of its folder")
    return Manifest(found["made_at"], _database(found["tracks"]), registry, artifacts)


def _database(found: dict[str, Any]) -> Database:
    tables = tuple(Table(**{**table, "columns": tuple(table["columns"])}) for table in found["tables"])
    return Database(found["revision"], tables)


def _check(dump: zipfile.ZipFile, content: Table | StoredFile) -> None:
    digest = hashlib.sha256()
    with dump.open(content.member) as stream:
        while chunk := stream.read(_CHUNK_BYTES):
            digest.update(chunk)
    if digest.hexdigest() != content.sha256:
        raise ValueError(f"the checksum of {content.member} is wrong")
