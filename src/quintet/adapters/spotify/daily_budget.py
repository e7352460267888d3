"""A number of calls a day, in memory: what listeners may spend of an app's quota."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from quintet.errors import QuotaExceededError

DAY_S = 86_400.0


class DailyCalls:
    """A CallBudget that begins anew every day (UTC), safe to share by threads.

    Parameters
    ----------
    calls : int
        Calls allowed a day.
    clock : callable
        Seconds since 1970.
    """

    def __init__(self, calls: int, clock: Callable[[], float] = time.time) -> None:
        self._calls, self._clock = calls, clock
        self._day, self._spent = -1, 0
        self._lock = threading.Lock()

    def spend(self) -> None:
        """Count one call; raise QuotaExceededError, good until midnight, where none is left."""
        now_s = self._clock()
        with self._lock:
            day = int(now_s // DAY_S)
            if day != self._day:
                self._day, self._spent = day, 0
            if self._spent >= self._calls:
                raise QuotaExceededError(
                    "the listeners' calls of today are used up (QUINTET_LIVE_CALL_BUDGET)",
                    (day + 1) * DAY_S - now_s,
                )
            self._spent += 1
