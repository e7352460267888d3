"""A value read from a store, kept for a while, and kept on while the store is away."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from quintet.errors import StoreError

Value = TypeVar("Value")
MAX_AGE_S = 15.0
RETRY_S = 2.0
WAIT_S = 3.0
logger = logging.getLogger("quintet.api.last_good")


class LastGood(Generic[Value]):
    """Reads at most every few seconds, one caller at a time; the others are given what there is.

    Parameters
    ----------
    read : callable
        Asks the store; may raise StoreError.
    nothing : Value
        What is told before the first good answer.
    max_age_s : float
        Seconds after which the store is asked again; sooner where it did not answer.
    clock : callable
        Monotonic seconds.
    wait_s : float
        The longest a caller waits for the store.
    """

    def __init__(
        self,
        read: Callable[[], Value],
        nothing: Value,
        max_age_s: float = MAX_AGE_S,
        clock: Callable[[], float] = time.monotonic,
        wait_s: float = WAIT_S,
    ) -> None:
        self.store_answers = True
        self._read, self._value = read, nothing
        self._max_age_s, self._clock, self._wait_s = max_age_s, clock, wait_s
        self._was_asked, self._again_at, self._expired = False, 0.0, 0
        self._reading = threading.Lock()

    def get(self) -> Value:
        """Return the newest good value there is; what takes longer to read is there for a later caller."""
        if self._is_due() and self._reading.acquire(timeout=0 if self._was_asked else self._wait_s):
            reader = threading.Thread(target=self._read_once, name="last-good", daemon=True)
            reader.start()
            reader.join(self._wait_s)
        return self._value

    def _read_once(self) -> None:
        try:
            if self._is_due():
                self._refresh()
        finally:
            self._reading.release()

    def expire(self) -> None:
        """Have the next caller ask the store, and wait for what it says."""
        self._was_asked, self._expired = False, self._expired + 1

    def _is_due(self) -> bool:
        return not self._was_asked or self._clock() >= self._again_at

    def _refresh(self) -> None:
        expired = self._expired
        try:
            self._value, answers = self._read(), True
        except StoreError as error:
            answers = False
            if self.store_answers:  # once an outage
                logger.warning("the last good copy serves", extra={"data": {"reason": str(error)}})
        # What expired while it was being read is old already.
        self.store_answers, self._was_asked = answers, self._expired == expired
        self._again_at = self._clock() + (self._max_age_s if answers else min(self._max_age_s, RETRY_S))
