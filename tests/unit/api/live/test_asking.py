"""Asking a source that may hang, fail or ask to be left alone."""

from __future__ import annotations

import threading
import time

import pytest
from tests.unit.api.conftest import Clock

from quintet.api.live.asking import AT_ONCE, FIRST_REST_S, Asker
from quintet.errors import QuotaExceededError, SourceError, SourceRefusedError, SourceUnavailableError


def failing(error: Exception):
    def question() -> None:
        raise error

    return question


@pytest.fixture
def asker(clock: Clock) -> Asker:
    return Asker("somebody", clock)


def test_an_answer_comes_back(asker: Asker) -> None:
    assert asker.ask(lambda: 7, 1.0) == 7


def test_nobody_waits_longer_than_the_timeout_and_the_source_is_then_left_alone(
    asker: Asker, clock: Clock
) -> None:
    over = threading.Event()
    began = time.monotonic()
    with pytest.raises(SourceUnavailableError, match="within"):
        asker.ask(lambda: over.wait(20), 0.05)
    assert time.monotonic() - began < 1.0
    with pytest.raises(SourceUnavailableError, match="left alone"):
        asker.ask(lambda: 7, 1.0)
    over.set()
    clock.now_s += FIRST_REST_S
    assert asker.ask(lambda: 7, 1.0) == 7


def test_every_failure_in_a_row_doubles_the_rest_and_an_answer_ends_the_row(
    asker: Asker, clock: Clock
) -> None:
    for rest_s in (FIRST_REST_S, 2 * FIRST_REST_S, 4 * FIRST_REST_S):
        with pytest.raises(SourceUnavailableError, match="down"):
            asker.ask(failing(SourceUnavailableError("down")), 1.0)
        clock.now_s += rest_s - 0.1
        with pytest.raises(SourceUnavailableError, match="left alone"):
            asker.ask(lambda: 7, 1.0)
        clock.now_s += 0.1
    assert asker.ask(lambda: 7, 1.0) == 7
    with pytest.raises(SourceUnavailableError, match="down"):
        asker.ask(failing(SourceUnavailableError("down")), 1.0)
    clock.now_s += FIRST_REST_S
    assert asker.ask(lambda: 7, 1.0) == 7


@pytest.mark.parametrize(
    ("error", "rest_s"),
    [
        (QuotaExceededError("enough", 86_236.0), 86_236.0),
        (SourceRefusedError("no premium", whole_source=True), 900.0),
        (SourceRefusedError("not this call"), 0.0),
    ],
)
def test_a_rest_is_as_long_as_the_error_says(
    asker: Asker, clock: Clock, error: SourceError, rest_s: float
) -> None:
    with pytest.raises(type(error)):
        asker.ask(failing(error), 1.0)
    if rest_s:
        clock.now_s = rest_s - 0.1
        with pytest.raises(SourceUnavailableError):
            asker.ask(lambda: 7, 1.0)
    clock.now_s = rest_s
    assert asker.ask(lambda: 7, 1.0) == 7


def test_a_fault_of_an_answer_nobody_expected_is_a_source_error(asker: Asker) -> None:
    with pytest.raises(SourceUnavailableError, match="do not know"):
        asker.ask(failing(KeyError("tracks")), 1.0)


def test_a_source_that_hangs_holds_a_bounded_number_of_threads(clock: Clock) -> None:
    asker, over, began = Asker("somebody", clock), threading.Event(), threading.Semaphore(0)

    def question() -> None:
        began.release()
        over.wait(20)

    waiting = [threading.Thread(target=asker.ask, args=(question, 20)) for _ in range(AT_ONCE)]
    for thread in waiting:
        thread.start()
    for _ in waiting:
        assert began.acquire(timeout=5)
    with pytest.raises(SourceUnavailableError, match="busy"):
        asker.ask(lambda: 7, 1.0)
    over.set()
    for thread in waiting:
        thread.join(5)
    assert asker.ask(lambda: 7, 1.0) == 7
