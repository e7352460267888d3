"""What a running supervisor leaves on disk for `status`, `down` and the next `up`: one lock, one JSON file.

The lock tells whether a supervisor lives: the kernel drops it with the process, so no stale file can lie.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import psutil

from quintet.stack import processes

STARTING, READY, STOPPING = "starting", "ready", "stopping"


@dataclass(frozen=True, slots=True)
class PartState:
    """What is known of one part: its state in a word, its process (0: none), and why, where that helps."""

    state: str
    pid: int = 0
    restarts: int = 0
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """What the supervisor last wrote: itself, its phase, its parts, and the rows of its table."""

    pid: int
    created: float
    phase: str
    parts: Mapping[str, PartState] = field(default_factory=dict)
    addresses: tuple[tuple[str, str], ...] = ()

    def supervisor(self) -> psutil.Process | None:
        """Return the supervisor's process while it lives."""
        return processes.same_process(self.pid, self.created)


class Journal:
    """The lock and the record of one state folder.

    Parameters
    ----------
    run_dir : Path
        Where both are kept; must exist.
    """

    def __init__(self, run_dir: Path) -> None:
        self._lock = run_dir / "up.lock"
        self._record = run_dir / "up.json"

    @contextmanager
    def hold(self) -> Iterator[bool]:
        """Hold the lock; give False, and hold nothing, when another process has it."""
        with self._lock.open("a") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            try:
                yield True
            finally:
                self._record.unlink(missing_ok=True)

    def write(
        self, phase: str, parts: Mapping[str, PartState], addresses: tuple[tuple[str, str], ...]
    ) -> None:
        """Replace the record by this process's."""
        record = Record(os.getpid(), psutil.Process().create_time(), phase, parts, addresses)
        draft = self._record.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(record)))
        draft.replace(self._record)

    def read(self) -> Record | None:
        """Return the record of a living supervisor, or None."""
        try:
            raw = json.loads(self._record.read_text())
            parts = {name: PartState(**state) for name, state in raw.pop("parts").items()}
            addresses = tuple((name, text) for name, text in raw.pop("addresses"))
            record = Record(**raw, parts=parts, addresses=addresses)
        except (OSError, ValueError, TypeError, KeyError):
            return None
        return record if record.supervisor() else None
