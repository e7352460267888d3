"""Log files of the stack: begun anew at each start, bounded in size, followed, quoted. Writes no line."""

from __future__ import annotations

import shutil
from pathlib import Path

MAX_BYTES = 10_000_000
TAIL_LINES = 15


def begin(log: Path) -> None:
    """Put the last run's log aside as `.1` and begin an empty one."""
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    log.touch(mode=0o600)


def bound(log: Path, max_bytes: int = MAX_BYTES) -> None:
    """Copy a log that has grown too large to `.1` and empty it; its writer appends, and so goes on."""
    if log.exists() and log.stat().st_size > max_bytes:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        with log.open("r+b") as file:
            file.truncate(0)


def tail(log: Path, lines: int = TAIL_LINES) -> str:
    """Return the last lines of a log, indented, or a word that there are none."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 65_536))
            text = file.read().decode(errors="replace")
    except OSError:
        text = ""
    last = text.rstrip().splitlines()[-lines:]
    return "\n".join(f"    {line}" for line in last) or "    (it wrote nothing)"


class Follower:
    """Gives the lines written to a log since it was last asked; those already there are not given."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._offset = log.stat().st_size if log.exists() else 0
        self._rest = b""

    def new_lines(self) -> list[str]:
        """Return the whole lines that are new; a line still being written waits for its end."""
        try:
            with self._log.open("rb") as file:
                file.seek(self._offset)
                data = file.read()
        except OSError:
            return []
        self._offset += len(data)
        *lines, self._rest = (self._rest + data).split(b"\n")
        return [line.decode(errors="replace").rstrip() for line in lines]
