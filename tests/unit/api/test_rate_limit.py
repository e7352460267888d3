"""Token buckets: a minute's worth at once, then one as each becomes due, in bounded memory."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.api.rate_limit import RateLimit


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def test_a_minutes_worth_is_taken_at_once_then_one_as_it_becomes_due() -> None:
    clock = Clock()
    limit = RateLimit(6, clock)
    assert [limit.take("ann") for _ in range(6)] == [0] * 6
    assert limit.take("ann") == pytest.approx(10)
    clock.now_s = 4
    assert limit.take("ann") == pytest.approx(6)
    clock.now_s = 10
    assert limit.take("ann") == 0
    assert limit.take("ann") > 0
    assert limit.take("bob") == 0


@given(pauses=st.lists(st.floats(0, 30), min_size=1, max_size=100))
def test_no_minute_ever_sees_more_than_two_minutes_worth(pauses: list[float]) -> None:
    clock, taken = Clock(), []
    limit = RateLimit(5, clock)
    for pause_s in pauses:
        clock.now_s += pause_s
        if limit.take("ann") == 0:
            taken.append(clock.now_s)
    for first in taken:
        assert sum(first <= moment < first + 60 for moment in taken) <= 10


def test_memory_is_bounded_and_the_one_not_seen_for_longest_is_forgotten() -> None:
    limit = RateLimit(1, Clock(), max_buckets=3)
    for name in ("ann", "bob", "cat"):
        limit.take(name)
    assert limit.take("ann") > 0
    limit.take("dan")
    assert len(limit._buckets) == 3
    assert limit.take("ann") > 0
    assert limit.take("bob") == 0, "bob was forgotten"
