"""One part on its way: waiting, starting, ready or done, and again after it died. Knows no other part."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

from quintet.errors import StackError
from quintet.stack import logs, processes
from quintet.stack.journal import PartState
from quintet.stack.service import Part, Service, Step

WAITING, STARTING, READY, DONE, FAILED = "waiting", "starting", "ready", "done", "failed"
FIRST_DELAY_S, LONGEST_DELAY_S = 1.0, 30.0
# A service that stayed this long is well again: its next death is its first.
WELL_AFTER_S = 60.0


class Running:
    """A part and its process.

    Parameters
    ----------
    part : Part
        What is run.
    log : Path
        Where its output goes.
    home : Path
        The state folder.
    """

    def __init__(self, part: Part, log: Path, home: Path) -> None:
        self.part, self.log = part, log
        self.state, self.detail = WAITING, ""
        self.restarts = 0
        self.process: subprocess.Popen[bytes] | None = None
        self.took_s = 0.0
        self._home = home
        self._since = 0.0
        self._failures = 0
        self._next_try = 0.0
        self._follower: logs.Follower | None = None

    @property
    def is_settled(self) -> bool:
        """Whether parts that need this one may start."""
        return self.state in (READY, DONE)

    def may_begin(self) -> bool:
        """Tell whether it waits, and long enough since it last died."""
        return self.state == WAITING and time.monotonic() >= self._next_try

    def begin(self) -> None:
        """Start its process; a step that has nothing to do is done at once."""
        if isinstance(self.part, Step) and self.part.is_done is not None and self.part.is_done():
            self.state, self.detail = DONE, "nothing to do"
            return
        self._since = time.monotonic()
        if self.part.prepare is not None:
            self.part.prepare()
        self._follower = logs.Follower(self.log)
        number = self.part.stop_signal if isinstance(self.part, Service) else signal.SIGTERM
        try:
            self.process = processes.spawn(
                self.part.command, self.part.env, self.log, self._home, death_signal=number
            )
        except OSError as error:
            raise StackError(f"{self.part.name} cannot be started: {error}") from error
        self.state = STARTING

    def look(self) -> None:
        """See whether it got ready, ended or died, and note so in `state`."""
        if self.process is None:
            return
        status = self.process.poll()
        if status is not None:
            self._ended(status)
        elif self.state == STARTING:
            self._ask()
        elif self._failures and time.monotonic() - self._since > WELL_AFTER_S:
            self._failures = 0

    def ask_again(self) -> None:
        """Ask a ready service whether it still answers; only `detail` tells, since it may be busy."""
        if self.state == READY and isinstance(self.part, Service):
            self.detail = self.part.ready() or ""

    def _ask(self) -> None:
        missing = self.part.ready() if isinstance(self.part, Service) else "it still runs"
        self.detail = missing or ""
        if missing is None:
            self.state = READY
            self.took_s = time.monotonic() - self._since
        elif time.monotonic() - self._since > self.part.start_timeout_s:
            self.detail = f"not ready after {self.part.start_timeout_s:.0f} s: {missing}"
            self.kill()

    def _ended(self, status: int) -> None:
        self.kill()
        self.process = None
        self.took_s = time.monotonic() - self._since
        if isinstance(self.part, Step) and status == 0:
            self.state, self.detail = DONE, ""
            if self.part.on_done is not None:
                self.part.on_done()
            return
        if not self.detail.startswith("not ready"):
            self.detail = f"ended with status {status}" if status >= 0 else f"ended by signal {-status}"
        self.state = FAILED

    def retry_later(self) -> float:
        """Make a part that died wait for its next try; return for how many seconds."""
        delay_s = float(min(FIRST_DELAY_S * 2**self._failures, LONGEST_DELAY_S))
        self._failures += 1
        self.restarts += 1
        self._next_try = time.monotonic() + delay_s
        self.state = WAITING
        return delay_s

    def new_lines(self) -> list[str]:
        """Return what a step whose output is shown wrote since last asked."""
        shown = isinstance(self.part, Step) and self.part.is_shown and self._follower is not None
        return self._follower.new_lines() if shown and self._follower else []

    def ask_to_stop(self) -> None:
        """Send the part the signal that stops it in good order."""
        if self.process is not None:
            number = self.part.stop_signal if isinstance(self.part, Service) else signal.SIGTERM
            processes.signal_group(self.process, number)

    def kill(self) -> None:
        """Kill whatever is left of its group."""
        if self.process is not None:
            processes.signal_group(self.process, signal.SIGKILL)

    def snapshot(self) -> PartState:
        """Return what `status` shows."""
        pid = self.process.pid if self.process is not None else 0
        return PartState(self.state, pid, self.restarts, self.detail)
