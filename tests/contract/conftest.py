"""The world outside as the sources' tests share it: one server a file, forgetful before every test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.fakes.outside import Outside, running_outside
from tests.fakes.sources import Sources

from quintet.fakes.world import World


@pytest.fixture(scope="module")
def server() -> Iterator[Outside]:
    with running_outside(World(400, date(2026, 11, 20))) as outside:
        yield outside


@pytest.fixture
def outside(server: Outside) -> Sources:
    made = Sources(server.url, server.world)
    made.control(reset=True, regime="dev_2026")
    return made
