"""The file of `quintet db dump`: a zip of one COPY text per table, and a manifest with every checksum.

Reading and writing such a file lives here; what PostgreSQL says and hears is in `dump`.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from quintet.errors import DumpError

FORMAT = 1
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
    rows : int
        How many rows the text holds.
    sha256 : str
        Of the text, in hexadecimal digits.
    """

    name: str
    columns: tuple[str, ...]
    rows: int = 0
    sha256: str = ""

    @property
    def member(self) -> str:
        """The name of its text inside the file."""
        return f"{self.name}.copy"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a dump says of itself.

    Parameters
    ----------
    revision : str
        The migration its tables are of.
    made_at : str
        ISO 8601, UTC.
    tables : tuple of Table
        In an order in which they can be loaded: a table comes after those it refers to.
    """

    revision: str
    made_at: str
    tables: tuple[Table, ...]


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
        for table in manifest.tables:
            _check(dump, table)
    except OSError as error:
        raise DumpError(f"cannot read {path}: {error.strerror or error}") from error
    except (zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, EOFError) as error:
        raise DumpError(f"{path} is not a whole dump of `quintet db dump`: {error}") from error
    return dump, manifest


def _manifest(path: Path, found: dict[str, Any]) -> Manifest:
    if found["format"] != FORMAT:
        raise DumpError(f"{path} is a dump of format {found['format']}; this Quintet reads format {FORMAT}")
    tables = tuple(Table(**{**table, "columns": tuple(table["columns"])}) for table in found["tables"])
    return Manifest(found["revision"], found["made_at"], tables)


def _check(dump: zipfile.ZipFile, table: Table) -> None:
    digest = hashlib.sha256()
    with dump.open(table.member) as text:
        while chunk := text.read(_CHUNK_BYTES):
            digest.update(chunk)
    if digest.hexdigest() != table.sha256:
        raise ValueError(f"the checksum of {table.name} is wrong")
