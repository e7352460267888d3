"""Keeps served lists in the store, behind the listener's back: an answer never waits for PostgreSQL.

A bounded queue and one thread. While the store is away the queue fills, and what does not fit is dropped and
counted; when it is back, recording goes on by itself.
"""

from __future__ import annotations

import logging
import threading
from collections import deque

from quintet.errors import StoreError, StoreUnavailableError
from quintet.ports.feedback import FeedbackStore, ServedRequest

MAX_WAITING = 1000
BATCH = 100
RETRY_S = 1.0
logger = logging.getLogger("quintet.api.recorder")


class Recorder:
    """Writes what it is given, in order, as soon as it can.

    Parameters
    ----------
    store : FeedbackStore
        Used by the recorder's own thread only.
    max_waiting : int
        How many lists may wait.
    retry_s : float
        Seconds between two tries while the store is away.
    """

    def __init__(
        self, store: FeedbackStore, max_waiting: int = MAX_WAITING, retry_s: float = RETRY_S
    ) -> None:
        self.recorded = 0
        self.dropped = 0
        self.store_answers = True
        self._store, self._max_waiting, self._retry_s = store, max_waiting, retry_s
        self._waiting: deque[ServedRequest] = deque()
        self._taken = 0
        self._changed = threading.Condition()
        self._is_stopping = False
        self._thread: threading.Thread | None = None

    def offer(self, request: ServedRequest) -> None:
        """Take a list to be kept; drop it where too many wait. Returns at once."""
        with self._changed:
            if len(self._waiting) >= self._max_waiting:
                self.dropped += 1
                return
            self._waiting.append(request)
            self._taken += 1
            self._changed.notify_all()

    def settle(self, timeout_s: float) -> bool:
        """Wait until what was offered before is kept; return at once, False, where the store is away."""
        with self._changed:
            wanted = self._taken
            self._changed.wait_for(lambda: self._done >= wanted or not self.store_answers, timeout_s)
            return self._done >= wanted

    def start(self) -> None:
        """Begin writing, in a thread of its own."""
        self._thread = threading.Thread(target=self._write, name="recorder", daemon=True)
        self._thread.start()

    def stop(self, timeout_s: float = 2.0) -> None:
        """Write what waits, if that can be done in time, and end."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
        if self._thread is not None:
            self._thread.join(timeout_s)

    @property
    def _done(self) -> int:
        return self._taken - len(self._waiting)

    def _write(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._is_stopping)
                batch = [self._waiting[at] for at in range(min(BATCH, len(self._waiting)))]
                if not batch:
                    return
            self._keep(batch)
            if not self.store_answers:
                if self._is_stopping:
                    return
                self._rest()

    def _rest(self) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_stopping, self._retry_s)

    def _keep(self, batch: list[ServedRequest]) -> None:
        try:
            self._store.record(batch)
        except StoreUnavailableError as error:
            self._note(False, str(error))
        except StoreError as error:  # refused: it would be refused again, and hold up the others for ever
            self._note(False, str(error))
            self._forget(len(batch), kept=False)
        else:
            self._note(True, "")
            self._forget(len(batch), kept=True)

    def _forget(self, count: int, *, kept: bool) -> None:
        with self._changed:
            for _ in range(count):
                self._waiting.popleft()
            self.recorded += count if kept else 0
            self.dropped += 0 if kept else count
            self._changed.notify_all()

    def _note(self, answers: bool, reason: str) -> None:
        with self._changed:
            before, self.store_answers = self.store_answers, answers
            self._changed.notify_all()
        if before and not answers:  # once an outage, not once a try
            logger.warning("lists are not recorded", extra={"data": {"reason": reason}})
        elif answers and not before:
            logger.info("lists are recorded again", extra={"data": {"dropped": self.dropped}})
