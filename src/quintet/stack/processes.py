"""Starting processes so that none is ever left behind, and finding those that were. Knows no service.

Every process carries a mark in its environment, inherited by what it starts, and leads a group of its own.
On Linux the kernel also asks it to stop when the supervisor dies, even by SIGKILL.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import psutil

MARK = "QUINTET_STACK"
_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(
    command: Sequence[str], env: Mapping[str, str], log: Path, home: Path, death_signal: signal.Signals
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, its output appended to `log`.

    Parameters
    ----------
    home : Path
        The state folder, written into the mark.
    death_signal : signal.Signals
        What the process gets when the caller dies (Linux only).

    Raises
    ------
    OSError
        When the program cannot be started.
    """

    # Runs between fork and exec, which is safe because the supervisor has one thread.
    def ask_for_death_signal() -> None:
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal))

    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            env={**env, MARK: str(home)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=ask_for_death_signal,
        )


def signal_group(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    """Send a signal to a process and to whatever shares its group; gone is fine."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)


def marked(home: Path) -> list[psutil.Process]:
    """Return every living process with the mark of this state folder, but neither us nor our parents."""
    ours = {os.getpid(), *(parent.pid for parent in psutil.Process().parents())}
    return [
        process for process in psutil.process_iter() if process.pid not in ours and _carries(process, home)
    ]


def _carries(process: psutil.Process, home: Path) -> bool:
    try:
        is_ours = process.environ().get(MARK) == str(home)
        return is_ours and process.status() != psutil.STATUS_ZOMBIE
    except (psutil.Error, OSError):
        return False


def same_process(pid: int, created: float) -> psutil.Process | None:
    """Return the living process of this id, unless the id now belongs to a younger one.

    Parameters
    ----------
    created : float
        Seconds since the epoch, as `psutil.Process.create_time` gave them.
    """
    try:
        process = psutil.Process(pid)
        if abs(process.create_time() - created) < 1 and process.status() != psutil.STATUS_ZOMBIE:
            return process
    except psutil.Error:
        pass
    return None


def stop(processes: Iterable[psutil.Process], number: signal.Signals, timeout_s: float) -> int:
    """Ask processes to stop, kill those that do not, and return how many there were."""
    processes = list(processes)
    for process in processes:
        with suppress(psutil.Error):
            process.send_signal(number)
    _, alive = psutil.wait_procs(processes, timeout=timeout_s)
    for process in alive:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(alive, timeout=5)
    return len(processes)


def stop_marked(home: Path, timeout_s: float) -> int:
    """Stop every process with the mark of this state folder, and return how many there were.

    A process may start another while it is being stopped: it takes a second look, and rarely a third.
    """
    count = 0
    for _ in range(5):
        found = marked(home)
        if not found:
            break
        count += stop(found, signal.SIGTERM, timeout_s)
    return count
