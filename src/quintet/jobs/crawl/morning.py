"""What the tasks of one morning share: the day, the call budget, what was learned, sources switched off.

No source is named here, and none is asked.
"""

from __future__ import annotations

import logging
from collections import UserDict
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any, TypeVar

from quintet.errors import QuotaExceededError, SourceRefusedError
from quintet.ports import Progress
from quintet.ports.crawl import CrawlStore

log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class TaskReport:
    """What one task of a crawl came to; plain values, fit for JSON.

    Parameters
    ----------
    task : str
        Its name.
    date : str
        The crawl's day, YYYY-MM-DD.
    counts : mapping of str to int
        What it did.
    left : str or None
        What waits for the next morning, and why.
    switched_off : mapping of str to str
        Sources the whole crawl does without today, and why.
    details : mapping
        More, where there is more to tell.
    """

    task: str
    date: str
    counts: Mapping[str, int]
    left: str | None = None
    switched_off: Mapping[str, str] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return the report by name."""
        return asdict(self)


class Learned(UserDict[str, int]):
    """What was found out today about what an app may do; kept the moment it is learned.

    Parameters
    ----------
    store : CrawlStore
        Where it is kept.
    day : date
        The crawl's; it must have begun.
    """

    def __init__(self, store: CrawlStore, day: date) -> None:
        self._keep: Callable[[str, int], None] = lambda what, value: None
        super().__init__(store.learned(day))
        self._keep = lambda what, value: store.learn(day, what, value)

    def __setitem__(self, what: str, value: int) -> None:
        """Remember a finding; one known already is not written again."""
        if self.data.get(what) != value:
            self._keep(what, value)
        self.data[what] = value


class StoredBudget:
    """The calls a day may make, shared by its tasks and kept between them.

    Parameters
    ----------
    store : CrawlStore
        Where calls are counted.
    day : date
        The crawl's.
    keep : int
        Calls this task must leave to those after it.
    """

    def __init__(self, store: CrawlStore, day: date, keep: int = 0) -> None:
        self._store, self._day, self._keep = store, day, keep

    def spend(self) -> None:
        """Count one call; raise QuotaExceededError where none is left."""
        if not self._store.spend(self._day, self._keep):
            share = "this task's share of the day's" if self._keep else "the day's"
            raise QuotaExceededError(f"{share} call budget is used up (QUINTET_CRAWL_CALL_BUDGET)")


class Morning:
    """One day's crawl, as a task sees it.

    Parameters
    ----------
    store : CrawlStore
        Where everything is kept.
    day : date
        The crawl's; it must have begun.
    progress : Progress
        Told how far a task is.
    """

    def __init__(self, store: CrawlStore, day: date, progress: Progress) -> None:
        self.store, self.day, self.progress = store, day, progress
        self._refused = dict(store.refused(day))

    def is_on(self, source: str, what: str) -> bool:
        """Tell whether a source may still be asked for something today."""
        return source not in self._refused and f"{source}: {what}" not in self._refused

    def ask(self, source: str, what: str, question: Callable[[], Answer]) -> Answer | None:
        """Return a source's answer, or None where it says "not for you": it is then off for the day."""
        try:
            return question()
        except SourceRefusedError as error:
            self.switch_off(source if error.whole_source else f"{source}: {what}", str(error))
            return None

    def switch_off(self, what: str, why: str) -> None:
        """Do without a source for the day, and say so once."""
        if what not in self._refused:
            log.warning("switched off for today, %s: %s", what, why)
            self.store.refuse(self.day, what, why)
            self._refused[what] = why

    def report(self, task: str, counts: Mapping[str, int], left: str | None = None) -> TaskReport:
        """Return a task's report, and keep what it left."""
        self.store.leave(self.day, task, left)
        if left:
            log.warning("%s: %s", task, left)
        return TaskReport(task, self.day.isoformat(), counts, left, dict(self._refused))
