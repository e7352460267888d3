"""The manifest of an artifact: what it was made from, and every file's SHA-256; no array is read here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from quintet.errors import ArtifactError

FORMAT = 3
READABLE = frozenset({2, FORMAT})
"""Format 3 may hold a re-ranker; what format 2 holds means the same."""
MANIFEST = "manifest.json"
_LOCKS = ".lock"  # files the search library makes when it opens an index; they hold nothing


@dataclass(frozen=True, slots=True)
class Manifest:
    """What `manifest.json` says.

    Parameters
    ----------
    format : int
        Number of the artifact's format; another number is refused.
    fingerprint : str
        Of the data set.
    trained_at : str
        ISO 8601, UTC.
    tracks : int
        Size of the catalogue.
    parameters : mapping
        Of `ModelConfig`, and the audio scale.
    metrics : mapping of str to float
        Of the evaluation.
    libraries : mapping of str to str
        Versions the artifact was made with.
    files : mapping of str to str
        SHA-256 by path relative to the folder.
    """

    format: int
    fingerprint: str
    trained_at: str
    tracks: int
    parameters: Mapping[str, Any]
    metrics: Mapping[str, float]
    libraries: Mapping[str, str]
    files: Mapping[str, str]

    def write(self, folder: Path) -> None:
        """Write `manifest.json`."""
        text = json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False, allow_nan=False)
        (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read and check `manifest.json`.

    Raises
    ------
    ArtifactError
        If it is missing, malformed, of another format, or names a file outside the folder.
    """
    try:
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise ArtifactError(f"no readable {MANIFEST} in {folder.name}: train the model again") from error
    if manifest.format not in READABLE:
        raise ArtifactError(f"artifact of format {manifest.format}, not {FORMAT}: train the model again")
    if not isinstance(manifest.files, dict):
        raise ArtifactError(f"{MANIFEST} lists no files")
    for name in manifest.files:
        _inside(folder, name)
    return manifest


def _inside(folder: Path, name: str) -> Path:
    """Return the path of a listed file; a name that leads out of the folder is refused."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\\" in name or "\x00" in name:
        raise ArtifactError(f"{MANIFEST} names a file outside the artifact: {name!r}")
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        raise ArtifactError(f"{MANIFEST} names a file outside the artifact: {name!r}")
    return folder / path


def checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file in the folder but the manifest, by relative path, sorted."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.suffix != _LOCKS)
    names = {path.relative_to(folder).as_posix(): path for path in files}
    return {name: _sha256(path) for name, path in sorted(names.items()) if name != MANIFEST}


def verify(folder: Path) -> Manifest:
    """Check every byte of an artifact.

    Returns
    -------
    Manifest
        What the artifact says of itself.

    Raises
    ------
    ArtifactError
        If a file is missing, changed, or not listed, or the manifest is not to be trusted.
    """
    manifest = read_manifest(folder)
    found = checksums(folder)
    if missing := sorted(set(manifest.files) - set(found)):
        raise ArtifactError(f"artifact lacks {missing[0]}")
    if extra := sorted(set(found) - set(manifest.files)):
        raise ArtifactError(f"artifact holds a file its manifest does not list: {extra[0]}")
    if damaged := [name for name, digest in manifest.files.items() if found[name] != digest]:
        raise ArtifactError(f"artifact is damaged: {damaged[0]} has another checksum")
    return manifest


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
