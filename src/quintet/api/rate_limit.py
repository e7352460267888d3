"""How often somebody may do something: token buckets in bounded memory. Whose they are, `listeners` tells."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

MAX_BUCKETS = 10_000


class RateLimit:
    """A token bucket for each key: a minute's worth at once, then one as each becomes due.

    Parameters
    ----------
    per_minute : int
        Tokens a minute.
    clock : callable
        Monotonic seconds.
    max_buckets : int
        How many keys are remembered; the one not seen for longest is forgotten first.
    """

    def __init__(
        self, per_minute: int, clock: Callable[[], float] = time.monotonic, max_buckets: int = MAX_BUCKETS
    ) -> None:
        self._per_minute, self._clock, self._max_buckets = per_minute, clock, max_buckets
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()  # tokens left, and when that was
        self._lock = threading.Lock()

    def take(self, key: str) -> float:
        """Take a token: return 0, or the seconds until there is one again."""
        per_s = self._per_minute / 60
        with self._lock:
            now = self._clock()
            left, then = self._buckets.pop(key, (float(self._per_minute), now))
            left = min(float(self._per_minute), left + (now - then) * per_s)
            wait_s = 0.0 if left >= 1 else (1 - left) / per_s
            self._buckets[key] = (left if wait_s else left - 1, now)
            if len(self._buckets) > self._max_buckets:
                self._buckets.popitem(last=False)
        return wait_s
