"""The order tests are handed out in names files that are there, and keeps together what shares a service."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.schedule import ORDER, TOGETHER, unit_of

ROOT = Path(__file__).resolve().parents[2]


def test_every_place_of_the_schedule_is_there_and_named_once() -> None:
    assert [place for place in ORDER if not (ROOT / place).exists()] == []
    assert len(ORDER) == len(set(ORDER))


@pytest.mark.parametrize("fixture", TOGETHER)
def test_what_asks_for_a_slow_service_shares_it(request: pytest.FixtureRequest, fixture: str) -> None:
    asking = {
        item.nodeid.split("::", 1)[0]
        for item in request.session.items
        if fixture in getattr(item, "fixturenames", ())
    }
    assert {file for file in asking if unit_of(file) not in TOGETHER} == set()
