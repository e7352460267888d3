"""The API's own copies of model versions: fetched beside, checked, put in place with one rename, pruned.

::

    models/
      v12-3f9a…/            one folder a version, complete or absent
        version.json        what the registry said of it
        artifact/           what `quintet.model` opens
      champion.json         the version last served, for a start without MLflow
      .incoming-…/          a download under way

Several API processes may share the folder: a name never changes its content, and a served copy that another
process prunes stays readable, since its files are mapped. What is served is decided in `model_holder`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import shutil
import time
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from quintet.errors import ArtifactError, RegistryError
from quintet.ports import ModelRegistry, ModelVersion

KEPT_VERSIONS = 3
STALE_AFTER_S = 3600.0
logger = logging.getLogger("quintet.api.models")


class ModelFiles:
    """The folder of local copies.

    Parameters
    ----------
    folder : Path
        Made when it is first needed.
    verify : callable
        Raises ArtifactError when an artifact's folder is damaged or of another format.
    """

    def __init__(self, folder: Path, verify: Callable[[Path], object]) -> None:
        self._folder = folder
        self._verify = verify

    def fetch(self, version: ModelVersion, registry: ModelRegistry) -> Path:
        """Return the checked artifact of a version, downloading it where there is no good copy.

        Raises
        ------
        RegistryError
            The download failed.
        ArtifactError
            What was downloaded is damaged.
        """
        home = self._home(version)
        if home.exists():
            try:
                self._verify(home / "artifact")
            except ArtifactError as error:
                logger.warning(
                    "local copy damaged", extra={"data": {"folder": home.name, "reason": str(error)}}
                )
                self._discard(home)
            else:
                return home / "artifact"
        self._download(version, registry, home)
        return home / "artifact"

    def remember(self, version: ModelVersion) -> None:
        """Note which version serves, so that the next start has it without MLflow."""
        _write_atomically(self._folder / "champion.json", _as_json(version))

    def last_good(self) -> list[ModelVersion]:
        """Return the versions with a local copy: the one last served first, then from the newest down."""
        found = [_read(path) for path in self._folder.glob("v*/version.json")]
        copies = sorted((v for v in found if v is not None), key=lambda v: int(v.version), reverse=True)
        served = _read(self._folder / "champion.json")
        return sorted(copies, key=lambda v: served is None or self._home(v) != self._home(served))

    def artifact(self, version: ModelVersion) -> Path:
        """Return the checked artifact of a version that has a local copy; raise ArtifactError on damage."""
        path = self._home(version) / "artifact"
        self._verify(path)
        return path

    def prune(self) -> None:
        """Delete all but the last few versions, and what interrupted downloads left behind."""
        for version in self.last_good()[KEPT_VERSIONS:]:
            self._discard(self._home(version))
        for leftover in self._folder.glob(".*-*"):
            if time.time() - leftover.stat().st_mtime > STALE_AFTER_S:
                shutil.rmtree(leftover, ignore_errors=True)

    def _home(self, version: ModelVersion) -> Path:
        # A registry begun anew counts from 1 again; the run tells its versions from the old ones.
        run = hashlib.sha256(version.run_id.encode()).hexdigest()[:12]
        return self._folder / f"v{int(version.version)}-{run}"

    def _download(self, version: ModelVersion, registry: ModelRegistry, home: Path) -> None:
        incoming = self._beside("incoming")
        try:
            (incoming / "download").mkdir(parents=True)
            artifact = registry.download(version.version, incoming / "download")
            self._verify(artifact)
            (incoming / "home").mkdir()
            artifact.rename(incoming / "home" / "artifact")
            _write_atomically(incoming / "home" / "version.json", _as_json(version))
            _put_in_place(incoming / "home", home)
        except OSError as error:
            raise RegistryError(
                f"cannot keep version {version.version} under {self._folder}: {error}"
            ) from error
        finally:
            shutil.rmtree(incoming, ignore_errors=True)

    def _discard(self, home: Path) -> None:
        # Renamed first, so that nobody meets half a folder.
        trash = self._beside("trash")
        try:
            home.rename(trash)
        except FileNotFoundError:  # another process was quicker
            return
        shutil.rmtree(trash, ignore_errors=True)

    def _beside(self, purpose: str) -> Path:
        return self._folder / f".{purpose}-{uuid.uuid4().hex}"


def _put_in_place(made: Path, home: Path) -> None:
    try:
        made.rename(home)
    except OSError:
        if not (home / "version.json").exists():  # else another process put the same version there
            raise


def _write_atomically(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}-{uuid.uuid4().hex}")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def _as_json(version: ModelVersion) -> str:
    return json.dumps(asdict(version) | {"created_at": version.created_at.isoformat()})


def _read(path: Path) -> ModelVersion | None:
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        fields["created_at"] = datetime.fromisoformat(fields["created_at"])
        fields["aliases"] = tuple(fields["aliases"])
        version = ModelVersion(**fields)
        int(version.version)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return version
