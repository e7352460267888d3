"""Recording served lists: in the background, bounded, and going on after an outage."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest
from tests.fakes.feedback_store import MemoryFeedback

from quintet.api.recorder import Recorder
from quintet.errors import StoreError
from quintet.ports.feedback import ServedRequest


def served(name: str) -> ServedRequest:
    return ServedRequest(name, datetime.now(UTC), "ann", 1, ("s",), ("a",), ("7",), ("7",))


class Picky(MemoryFeedback):
    """Refuses lists called "bad", as a database does a value it cannot hold."""

    def record(self, requests: Sequence[ServedRequest]) -> None:
        if any(request.request_id == "bad" for request in requests):
            raise StoreError("refused")
        super().record(requests)


@pytest.fixture
def store() -> MemoryFeedback:
    return Picky()


@pytest.fixture
def recorder(store: MemoryFeedback) -> Iterator[Recorder]:
    recorder = Recorder(store, max_waiting=5, retry_s=0.01)
    yield recorder
    recorder.stop()


def await_that(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.005)


def test_what_is_offered_is_kept(recorder: Recorder, store: MemoryFeedback) -> None:
    recorder.start()
    for number in range(3):
        recorder.offer(served(str(number)))
    assert recorder.settle(10)
    assert list(store.lists) == ["0", "1", "2"]
    assert (recorder.recorded, recorder.dropped) == (3, 0)


def test_while_the_store_is_away_the_first_wait_the_rest_is_dropped_and_counted(
    recorder: Recorder, store: MemoryFeedback
) -> None:
    store.is_away = True
    recorder.start()
    recorder.offer(served("0"))
    await_that(lambda: not recorder.store_answers)
    for number in range(1, 9):
        recorder.offer(served(str(number)))
    assert recorder.dropped == 4
    started = time.monotonic()
    assert recorder.settle(5) is False
    assert time.monotonic() - started < 1, "nobody waits for a store that is away"
    store.is_away = False
    await_that(lambda: recorder.recorded == 5)
    assert list(store.lists) == ["0", "1", "2", "3", "4"]
    assert recorder.store_answers


def test_a_list_the_store_refuses_does_not_hold_up_the_others(
    recorder: Recorder, store: MemoryFeedback
) -> None:
    recorder.start()
    recorder.offer(served("bad"))
    await_that(lambda: recorder.dropped == 1)
    recorder.offer(served("good"))
    await_that(lambda: "good" in store.lists)


def test_what_waits_is_kept_at_the_end(recorder: Recorder, store: MemoryFeedback) -> None:
    for number in range(5):
        recorder.offer(served(str(number)))
    recorder.start()
    recorder.stop(10)
    assert len(store.lists) == 5


def test_the_end_does_not_wait_for_a_store_that_is_away(recorder: Recorder, store: MemoryFeedback) -> None:
    store.is_away = True
    recorder.offer(served("0"))
    recorder.start()
    started = time.monotonic()
    recorder.stop(10)
    assert time.monotonic() - started < 5
