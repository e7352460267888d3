"""Runs parts in the order of their needs, watches them, starts again what dies, and stops all in reverse.

One thread, one loop. It names no service: `plan` does.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

from quintet.errors import StackError
from quintet.stack import journal, logs, processes
from quintet.stack.running import DONE, FAILED, READY, STARTING, Running
from quintet.stack.service import Part, Service

POLL_S = 0.2
ASK_AGAIN_S = 5.0
BOUND_LOGS_S = 60.0
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Say = Callable[[str], None]


class Supervisor:
    """Everything that runs for one state folder.

    Parameters
    ----------
    parts : sequence of Part
        In any order that names needs of the same sequence.
    home : Path
        The state folder, absolute.
    notes : Journal
        Where states are written for `status`.
    addresses : tuple of (str, str)
        What the table will show; handed on to the journal.
    say : callable
        Takes one line for the person watching.
    """

    def __init__(
        self,
        parts: Sequence[Part],
        home: Path,
        notes: journal.Journal,
        addresses: tuple[tuple[str, str], ...],
        say: Say,
    ) -> None:
        log_dir = home / "logs"
        self._running = {part.name: Running(part, log_dir / f"{part.name}.log", home) for part in parts}
        self._home, self._notes, self._addresses, self._say = home, notes, addresses, say
        self._wake = threading.Event()
        self._signals = 0
        self._phase = journal.STARTING
        self._written: object = None
        self._due = {self._ask_again: 0.0, self._bound_logs: 0.0}

    def run(self, on_ready: Callable[[], None]) -> bool:
        """Start everything and keep it running until a signal asks to stop.

        Parameters
        ----------
        on_ready : callable
            Called once, when every part is ready or done.

        Returns
        -------
        bool
            Whether everything had been ready before it was asked to stop.

        Raises
        ------
        StackError
            When a part fails before everything was ready; what was started is stopped first.
        """
        before = {number: signal.signal(number, self._on_signal) for number in STOP_SIGNALS}
        try:
            self._keep_running(on_ready)
        finally:
            self._stop()
            for number, handler in before.items():
                signal.signal(number, handler)
        return self._was_ready

    @property
    def _was_ready(self) -> bool:
        return self._phase == journal.READY

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self._signals += 1
        self._wake.set()

    def _keep_running(self, on_ready: Callable[[], None]) -> None:
        for running in self._running.values():
            logs.begin(running.log)
        while not self._signals:
            self._turn()
            if not self._was_ready and all(running.is_settled for running in self._running.values()):
                self._phase = journal.READY
                on_ready()
            self._write()
            self._wake.wait(POLL_S)

    def _turn(self) -> None:
        """Look at every part once, and start what can start."""
        for running in self._running.values():
            if self._signals:
                return
            if running.may_begin() and all(self._running[name].is_settled for name in running.part.needs):
                running.begin()
                self._say_if_settled(running)
            elif running.process is not None:
                self._look(running)
        if self._was_ready:
            self._do_what_is_due()

    def _look(self, running: Running) -> None:
        before = running.state
        running.look()
        for line in running.new_lines():
            self._say(f"  {running.part.name:<18} | {line}")
        if running.state == FAILED:
            self._failed(running)
        elif before == STARTING:
            self._say_if_settled(running)

    def _say_if_settled(self, running: Running) -> None:
        if running.state in (READY, DONE):
            time_taken = running.detail or f"{running.took_s:.1f} s"
            self._say(f"  {running.part.name:<18} {running.state:<6} {time_taken}")

    def _failed(self, running: Running) -> None:
        text = f"{running.part.name} {running.detail}; the end of {running.log}:\n{logs.tail(running.log)}"
        if not self._was_ready:
            raise StackError(text)
        self._say(f"{text}\n  {running.part.name} starts again in {running.retry_later():.0f} s")

    def _do_what_is_due(self) -> None:
        now = time.monotonic()
        for task, due in self._due.items():
            if now >= due:
                task()
                self._due[task] = now + (ASK_AGAIN_S if task == self._ask_again else BOUND_LOGS_S)

    def _ask_again(self) -> None:
        for running in self._running.values():
            running.ask_again()

    def _bound_logs(self) -> None:
        for running in self._running.values():
            logs.bound(running.log)

    def _write(self, phase: str | None = None) -> None:
        states = {name: running.snapshot() for name, running in self._running.items()}
        if (phase, states) != self._written:
            self._notes.write(phase or self._phase, states, self._addresses)
            self._written = (phase, states)

    def _stop(self) -> None:
        """Stop every part after all that need it; a second signal, or patience's end, kills."""
        alive = {name: running for name, running in self._running.items() if running.process is not None}
        if alive:
            self._say("Stopping ...")
        self._write(journal.STOPPING)
        self._signals = 0
        asked: dict[str, float] = {}
        while alive:
            for name, running in list(alive.items()):
                if any(name in other.part.needs for other in alive.values()):
                    continue
                if name not in asked:
                    running.ask_to_stop()
                    asked[name] = time.monotonic()
                if self._is_gone(running, asked[name]):
                    del alive[name]
            time.sleep(POLL_S / 4)
        processes.stop_marked(self._home, timeout_s=3)

    def _is_gone(self, running: Running, asked: float) -> bool:
        process = running.process
        if process is None or process.poll() is not None:
            running.kill()
            return True
        patience_s = running.part.stop_timeout_s if isinstance(running.part, Service) else 5.0
        if self._signals or time.monotonic() - asked > patience_s:
            running.kill()
        return False
