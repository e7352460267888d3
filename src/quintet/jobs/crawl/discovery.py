"""New music: every search, playlist and shelf the settings name, a page of each in turn, as calls allow.

How far each was read is kept with the tracks of the page, so that no page is asked for twice.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import replace

from quintet.errors import QuotaExceededError, SourceError, SourceUnavailableError
from quintet.jobs.crawl.morning import Morning, TaskReport
from quintet.ports import TrackPage, TrackSource

TASK = "discovery"
PLAYLIST, LIBRARY = "playlist:", "library:"


def crawl_discovery(
    morning: Morning, source: TrackSource | None, questions: Sequence[str], depth: int
) -> TaskReport:
    """Read on where the last morning stopped.

    Parameters
    ----------
    source : TrackSource or None
        Whom to ask.
    questions : sequence of str
        Searches in the source's own language, `playlist:` with an id, and `library:` with `top` or `saved`.
    depth : int
        Results of a question that are read before it counts as read to its end.

    Raises
    ------
    SourceUnavailableError
        The source did not answer; a later try goes on from here.
    """
    if source is None or not morning.is_on(source.name, TASK):
        return morning.report(TASK, {"pages": 0, "tracks": 0})
    reading = _Reading(morning, source, questions, depth)
    try:
        reading.run()
    except QuotaExceededError as error:
        left = f"{len(reading.waiting)} questions go on tomorrow: {error}"
        return morning.report(TASK, reading.counts, left)
    return morning.report(TASK, reading.counts)


class _Reading:
    """The questions still to be read, the one least read first."""

    def __init__(self, morning: Morning, source: TrackSource, questions: Sequence[str], depth: int) -> None:
        self._morning, self._source, self._depth = morning, source, depth
        opened = morning.store.open_questions(morning.day, questions)
        self.waiting = [(offset, place, text) for place, (text, offset) in enumerate(opened.items())]
        heapq.heapify(self.waiting)
        self.counts = {"pages": 0, "tracks": 0}

    def run(self) -> None:
        while self.waiting and self._morning.is_on(self._source.name, TASK):
            offset, place, question = self.waiting[0]
            page = self._page(question, offset)
            if page is not None:
                self._keep(question, page)
                following = page.next_offset
            elif not self._morning.is_on(self._source.name, TASK):
                return
            else:
                following = None
            heapq.heappop(self.waiting)
            if following is not None:
                heapq.heappush(self.waiting, (following, place, question))

    def _page(self, question: str, offset: int) -> TrackPage | None:
        """Return a page; None where this question is refused, which ends it for today."""
        what = f"{TASK} of {question}"
        if not self._morning.is_on(self._source.name, what):
            return None
        try:
            page = self._morning.ask(self._source.name, what, lambda: self._ask(question, offset))
        except (QuotaExceededError, SourceUnavailableError):
            raise
        except SourceError as error:
            self._morning.switch_off(f"{self._source.name}: {what}", str(error))
            return None
        if page is not None and page.next_offset is not None and page.next_offset >= self._depth:
            return replace(page, next_offset=None)
        return page

    def _ask(self, question: str, offset: int) -> TrackPage:
        if question.startswith(PLAYLIST):
            return self._source.playlist(question.removeprefix(PLAYLIST), offset)
        if question.startswith(LIBRARY):
            return self._source.library(question.removeprefix(LIBRARY), offset)
        return self._source.search(question, offset)

    def _keep(self, question: str, page: TrackPage) -> None:
        self._morning.store.save_page(self._morning.day, self._source.name, question, page)
        self.counts["pages"] += 1
        self.counts["tracks"] += len(page.tracks)
        self._morning.progress("discovering tracks", self.counts["tracks"], None)
