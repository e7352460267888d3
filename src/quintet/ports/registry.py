"""Model versions, and the trainings that made them: the values and protocols of MLflow's side.

Nothing here is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

CHAMPION = "champion"
PREVIOUS = "previous"
CHALLENGER = "challenger"

Watch = Callable[[str], AbstractContextManager[object]]
"""Makes, by a name, what is put around a step that a library does, so that what it does is recorded."""


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One registered version of the model.

    Parameters
    ----------
    version : str
        The registry's number, a decimal integer as text.
    run_id : str
        The run that made it.
    created_at : datetime
        Timezone-aware.
    aliases : tuple of str
        Such as "champion".
    tags : mapping of str to str
        Verdict, fingerprint and the like.
    metrics : mapping of str to float
        Its headline metrics.
    """

    version: str
    run_id: str
    created_at: datetime
    aliases: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)


class ModelRegistry(Protocol):
    """Where model versions live; every method raises RegistryError when it cannot answer."""

    def champion(self) -> ModelVersion | None:
        """Return the version behind the alias `champion`, or None."""
        ...

    def aliased(self, alias: str) -> ModelVersion | None:
        """Return the version behind an alias, or None."""
        ...

    def versions(self) -> Sequence[ModelVersion]:
        """Return every version, newest first (by number, not by text)."""
        ...

    def download(self, version: str, folder: Path) -> Path:
        """Fetch a version's artifact into an empty folder and return the artifact's own folder."""
        ...

    def set_alias(self, alias: str, version: str) -> None:
        """Point an alias at a version; raise RegistryError where there is no such version."""
        ...

    def unset_alias(self, alias: str) -> None:
        """Take an alias away; nothing is done where nobody has it."""
        ...


@dataclass(frozen=True, slots=True)
class TrainedRun:
    """What is logged of one run: the training itself, or one configuration of it.

    Parameters
    ----------
    name : str
        Short, readable.
    params : mapping
        What was chosen.
    metrics : mapping of str to float
        What was measured; finite numbers only.
    """

    name: str
    params: Mapping[str, str | int | float]
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Training:
    """All that is kept of one training.

    Parameters
    ----------
    run : TrainedRun
        The parent run.
    headline : mapping of str to float
        The metrics that stand for the model: kept with the version.
    children : sequence of TrainedRun
        One a configuration.
    attachments : Path
        Folder of plots and reports, kept as it is.
    artifact : Path
        The model's folder (see `model.artifact`).
    example : sequence of str
        Track ids of the catalogue, kept as the example of an input.
    tags : mapping of str to str
        Kept with the version: fingerprint and the like.
    description : str
        What a reader should know of the version, as Markdown.
    tables : mapping of str to columns
        By name, to be shown with the run as tables: values of every column, all of one length.
    """

    run: TrainedRun
    headline: Mapping[str, float]
    children: Sequence[TrainedRun]
    attachments: Path
    artifact: Path
    example: Sequence[str]
    tags: Mapping[str, str] = field(default_factory=dict)
    description: str = ""
    tables: Mapping[str, Mapping[str, Sequence[Any]]] = field(default_factory=dict)


class RunTracker(Protocol):
    """Where trainings are recorded; every method raises RegistryError when it cannot answer."""

    def check(self) -> None:
        """Raise at once where nobody answers, before any work is done."""
        ...

    def watching(self) -> AbstractContextManager[Watch]:
        """Yield what watches the steps of one training; what was watched goes with what is recorded inside.

        A training that fails inside has what was watched of it marked as failed. Afterwards nothing is
        watched any more.
        """
        ...

    def record(self, training: Training) -> ModelVersion:
        """Log the runs and attachments, register the artifact, return the new version (without aliases)."""
        ...


class ArtifactPlaces(Protocol):
    """The files behind model versions and their runs; all methods raise RegistryError if they fail."""

    def places(self, *, all_versions: bool) -> Sequence[str]:
        """Return where the files are kept of versions with an alias, or of every version, and their runs."""
        ...

    def fetch(self, place: str, folder: Path) -> None:
        """Copy what a place holds into an empty folder; a place without files leaves it empty."""
        ...

    def put(self, place: str, folder: Path) -> None:
        """Copy a folder's files to a place; a file that is there already is replaced."""
        ...
