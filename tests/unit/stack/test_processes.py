"""Processes are found again by their mark, and do not outlive a killed supervisor."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from tests.fakes.parts import ENV

from quintet.stack import processes


def _wait_until_gone(pid: int) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.05)
    return False


def test_a_marked_process_is_found_for_its_own_state_folder_only(home: Path, tmp_path: Path) -> None:
    child = processes.spawn(("sleep", "60"), ENV, home / "log", home, signal.SIGTERM)
    try:
        assert [process.pid for process in processes.marked(home)] == [child.pid]
        assert processes.marked(tmp_path / "other") == []
    finally:
        processes.signal_group(child, signal.SIGKILL)
        child.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent died")
def test_a_killed_supervisor_takes_its_processes_along(home: Path) -> None:
    script = (
        "import signal, time; from pathlib import Path; from quintet.stack import processes\n"
        f"home, env = Path('{home}'), {ENV!r}\n"
        "child = processes.spawn(('sleep', '60'), env, home / 'log', home, signal.SIGTERM)\n"
        "print(child.pid, flush=True); time.sleep(60)"
    )
    supervisor = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert supervisor.stdout is not None
    pid = int(supervisor.stdout.readline())
    supervisor.kill()
    supervisor.wait()
    supervisor.stdout.close()
    assert _wait_until_gone(pid)


def test_a_younger_process_with_the_same_id_is_not_taken_for_the_old_one() -> None:
    ours = psutil.Process()
    assert processes.same_process(ours.pid, ours.create_time()) == ours
    assert processes.same_process(ours.pid, ours.create_time() - 100) is None


def test_stopping_kills_what_does_not_want_to_stop(home: Path) -> None:
    script = f"trap '' TERM; touch {home}/up; while :; do sleep 0.1; done"
    child = processes.spawn(("sh", "-c", script), ENV, home / "log", home, signal.SIGTERM)
    while not (home / "up").exists():
        time.sleep(0.01)
    assert processes.stop_marked(home, timeout_s=0.3) >= 1
    assert child.poll() is not None
    assert processes.marked(home) == []
