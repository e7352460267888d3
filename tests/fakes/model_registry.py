"""ModelRegistry and RunTracker in memory and one folder: small, real, held to the contract suite."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from quintet.errors import RegistryError
from quintet.ports import CHAMPION, ModelVersion, Training, Watch


class InMemoryRegistry:
    """Versions in a list, artifacts below one folder; `broken` makes every call fail, as a dead server."""

    def __init__(self, folder: Path) -> None:
        self.broken = False
        self.trainings: list[Training] = []
        self._folder = folder
        self._versions: list[ModelVersion] = []
        self._aliases: dict[str, str] = {}

    def check(self) -> None:
        self._answer()

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        yield nullcontext

    def record(self, training: Training) -> ModelVersion:
        self._answer()
        number = str(len(self._versions) + 1)
        shutil.copytree(training.artifact, self._folder / number / "model")
        version = ModelVersion(
            version=number,
            run_id=f"run-{number}",
            created_at=datetime.now(UTC),
            tags=dict(training.tags),
            metrics=dict(training.headline),
        )
        self.trainings.append(training)
        self._versions.append(version)
        return version

    def champion(self) -> ModelVersion | None:
        return self.aliased(CHAMPION)

    def aliased(self, alias: str) -> ModelVersion | None:
        self._answer()
        number = self._aliases.get(alias)
        return None if number is None else self._named(number)

    def versions(self) -> Sequence[ModelVersion]:
        self._answer()
        return [self._named(version.version) for version in reversed(self._versions)]

    def download(self, version: str, folder: Path) -> Path:
        self._answer()
        return Path(shutil.copytree(self._folder / self._named(version).version / "model", folder / "model"))

    def set_alias(self, alias: str, version: str) -> None:
        self._answer()
        self._aliases[alias] = self._named(version).version

    def unset_alias(self, alias: str) -> None:
        self._answer()
        self._aliases.pop(alias, None)

    def _named(self, number: str) -> ModelVersion:
        for version in self._versions:
            if version.version == number:
                aliases = tuple(sorted(name for name, of in self._aliases.items() if of == number))
                return replace(version, aliases=aliases)
        raise RegistryError(f"there is no version {number}")

    def _answer(self) -> None:
        if self.broken:
            raise RegistryError("the registry does not answer")
