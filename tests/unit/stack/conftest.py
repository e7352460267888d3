"""Small real processes under a supervisor, and a state folder that must be empty of processes afterwards."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from tests.fakes.parts import Run

from quintet.stack import processes
from quintet.stack.journal import Journal
from quintet.stack.service import Part
from quintet.stack.supervisor import Supervisor


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    for name in ("logs", "run"):
        (tmp_path / name).mkdir()
    yield tmp_path
    left = processes.marked(tmp_path)
    processes.stop(left, signal.SIGKILL, timeout_s=5)
    assert left == []


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def run(home: Path, said: list[str]) -> Run:
    """Run parts until all are ready and then stop, or do at ready whatever the test wants."""

    def stop_at_once() -> None:
        os.kill(os.getpid(), signal.SIGTERM)

    def run(parts: Sequence[Part], on_ready: Callable[[], None] = stop_at_once) -> bool:
        return Supervisor(parts, home, Journal(home / "run"), (), said.append).run(on_ready)

    return run
