"""The bounded memory."""

from __future__ import annotations

from tests.unit.api.conftest import Clock

from quintet.api.live.cache import Memory


def test_what_is_kept_is_forgotten_when_its_time_is_over(clock: Clock) -> None:
    memory: Memory[int] = Memory(10, 60, clock)
    memory.put("a", 1)
    clock.now_s = 59.9
    assert memory.get("a") == 1
    clock.now_s = 60.0
    assert memory.get("a") is None
    assert len(memory) == 0


def test_it_never_grows_and_what_was_not_asked_for_longest_goes_first(clock: Clock) -> None:
    memory: Memory[int] = Memory(2, 60, clock)
    memory.put("a", 1)
    memory.put("b", 2)
    memory.get("a")
    memory.put("c", 3)
    assert [memory.get(key) for key in "abc"] == [1, None, 3]
