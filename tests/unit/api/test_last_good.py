"""A value kept while its store is away: asked seldom, told always."""

from __future__ import annotations

import threading

from quintet.api.last_good import LastGood
from quintet.errors import StoreUnavailableError


class Store:
    def __init__(self) -> None:
        self.value, self.is_away, self.asked, self.now_s = 0, False, 0, 0.0

    def read(self) -> int:
        self.asked += 1
        if self.is_away:
            raise StoreUnavailableError("away")
        return self.value

    def clock(self) -> float:
        return self.now_s


def test_the_store_is_asked_at_most_once_in_a_while() -> None:
    store = Store()
    kept = LastGood(store.read, -1, 10, store.clock)
    assert [kept.get() for _ in range(5)] == [0] * 5
    store.value, store.now_s = 7, 9.9
    assert (kept.get(), store.asked) == (0, 1)
    store.now_s = 10
    assert (kept.get(), store.asked, kept.store_answers) == (7, 2, True)


def test_while_the_store_is_away_the_last_good_value_stays() -> None:
    store = Store()
    kept = LastGood(store.read, -1, 10, store.clock)
    store.is_away = True
    assert (kept.get(), kept.store_answers) == (-1, False)
    store.is_away, store.value, store.now_s = False, 3, 10
    assert kept.get() == 3
    store.is_away, store.now_s = True, 20
    assert (kept.get(), kept.store_answers) == (3, False)
    assert (kept.get(), store.asked) == (3, 3), "an outage is not asked about at every request"


def test_nobody_waits_for_a_slow_store_who_can_be_told_the_last_good_value() -> None:
    store, entered, leave = Store(), threading.Event(), threading.Event()
    kept = LastGood(store.read, -1, 10, store.clock)
    assert kept.get() == 0
    store.now_s = 10

    def slow() -> int:
        entered.set()
        leave.wait(10)
        return 5

    kept._read = slow
    reader = threading.Thread(target=kept.get)
    reader.start()
    assert entered.wait(10)
    assert kept.get() == 0
    leave.set()
    reader.join(10)
    assert kept.get() == 5


def test_what_expired_is_read_anew_also_when_it_expired_while_being_read() -> None:
    store = Store()
    kept = LastGood(store.read, -1, 10, store.clock)
    assert kept.get() == 0
    store.value = 1
    kept.expire()
    assert kept.get() == 1

    def late() -> int:
        value = store.value
        store.value = 2
        kept.expire()  # somebody wrote just now
        kept._read = store.read
        return value

    kept._read = late
    kept.expire()
    kept.get()
    assert kept.get() == 2


def test_a_caller_waits_only_so_long_and_the_answer_is_there_for_a_later_one() -> None:
    leave = threading.Event()

    def slow() -> int:
        leave.wait(10)
        return 5

    kept = LastGood(slow, -1, 10, wait_s=0.05)
    assert kept.get() == kept.get() == -1
    leave.set()
    assert kept._reading.acquire(timeout=10)
    kept._reading.release()
    assert kept.get() == 5
