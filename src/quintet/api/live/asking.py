"""Asking a source that may hang: in a thread of its own, for a bounded time, and not at all after it failed.

Which questions are asked is `songs`' matter; what the errors mean is said in `errors`.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as LateError
from typing import TypeVar

from quintet.errors import QuotaExceededError, SourceError, SourceRefusedError, SourceUnavailableError

log = logging.getLogger("quintet.api.live")
Answer = TypeVar("Answer")

AT_ONCE = 4  # questions under way: a source that hangs holds no more threads than these
FIRST_REST_S, LONGEST_REST_S = 10.0, 300.0
REFUSED_REST_S = 900.0  # a setting has to be changed first


class Asker:
    """Asks one source; after a failure it rests, twice as long each time, or as long as the source asks.

    Parameters
    ----------
    name : str
        The source's, as logs and errors say it.
    clock : callable
        Monotonic seconds.
    """

    def __init__(self, name: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._name, self._clock = name, clock
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._failures, self._rests_until_s = 0, 0.0

    def ask(self, question: Callable[[], Answer], timeout_s: float) -> Answer:
        """Return the answer to a question.

        A late answer is not lost where the question itself keeps it: it goes on in its thread.

        Raises
        ------
        SourceError
            The source failed, is late, rests, or is busy with others.
        """
        if self._clock() < self._rests_until_s:
            raise SourceUnavailableError(f"{self._name} failed a moment ago and is left alone for now")
        if timeout_s <= 0 or not self._free.acquire(blocking=False):
            raise SourceUnavailableError(f"{self._name} is busy")
        future: Future[Answer] = Future()
        # A daemon, so that a source that hangs cannot hold up the end of the process.
        threading.Thread(target=self._carry_out, args=(question, future), daemon=True).start()
        try:
            answer = future.result(timeout_s)
        except LateError as late:
            error = SourceUnavailableError(f"{self._name} did not answer within {timeout_s:.1f} s")
            self._rest(error)
            raise error from late
        except SourceError as error:
            self._rest(error)
            raise
        self._failures = 0
        return answer

    def _carry_out(self, question: Callable[[], Answer], future: Future[Answer]) -> None:
        try:
            future.set_result(question())
        except SourceError as error:
            future.set_exception(error)
        except Exception:  # whatever an answer holds, a listener's search goes on
            log.exception("live source", extra={"data": {"source": self._name}})
            future.set_exception(SourceUnavailableError(f"{self._name} answered in a way we do not know"))
        finally:
            self._free.release()

    def _rest(self, error: SourceError) -> None:
        """Leave the source alone for a while, where asking again at once would fail again."""
        if isinstance(error, SourceRefusedError) and not error.whole_source:
            return
        with self._lock:
            self._failures += 1
            rest_s = min(FIRST_REST_S * 2 ** (self._failures - 1), LONGEST_REST_S)
            if isinstance(error, SourceRefusedError):
                rest_s = REFUSED_REST_S
            elif isinstance(error, QuotaExceededError):
                rest_s = error.retry_after_s or LONGEST_REST_S
            self._rests_until_s = max(self._rests_until_s, self._clock() + rest_s)
        line = {"source": self._name, "rest_s": round(rest_s), "reason": str(error)}
        log.warning("live source rests", extra={"data": line})
