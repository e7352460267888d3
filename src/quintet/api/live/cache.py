"""A bounded memory with an end: the least used goes first, and nothing is kept beyond its time."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Memory(Generic[Value]):
    """Values by key, safe to share by threads.

    Parameters
    ----------
    size : int
        Values kept, at most.
    life_s : float
        Seconds a value is kept.
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, size: int, life_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size, self._life_s, self._clock = size, life_s, clock
        self._kept: OrderedDict[str, tuple[float, Value]] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: str) -> Value | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            end_s, value = self._kept.get(key, (0.0, None))
            if value is None or self._clock() >= end_s:
                self._kept.pop(key, None)
                return None
            self._kept.move_to_end(key)
            return value

    def put(self, key: str, value: Value) -> None:
        """Keep a value, from now on."""
        with self._lock:
            self._kept[key] = self._clock() + self._life_s, value
            self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
