"""What is popular today: the first chart that answers, each place named by a track of a catalogue."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial

from quintet.errors import NotFoundAtSourceError, QuotaExceededError
from quintet.jobs.crawl.morning import Morning, TaskReport
from quintet.ports import ChartSource, FoundTrack, TrackSource

log = logging.getLogger(__name__)
TASK = "chart"
LOOK_UP = "recordings by ISRC"  # a source without a chart may still know recordings


def crawl_chart(
    morning: Morning, charts: Sequence[ChartSource], catalogue: TrackSource | None, size: int
) -> TaskReport:
    """Read the day's chart once, and ask the catalogue for the recordings nobody here knows.

    Parameters
    ----------
    charts : sequence of ChartSource
        Tried in order; the first that answers is the day's.
    catalogue : TrackSource or None
        Where recordings are looked up by ISRC.
    size : int
        Places wanted.

    Raises
    ------
    SourceUnavailableError
        A source did not answer; a later try goes on from here.
    """
    left = None if morning.store.has_chart(morning.day) else _read(morning, charts, size)
    asked, found = 0, 0
    if catalogue is not None and morning.is_on(catalogue.name, LOOK_UP):
        try:
            for isrc in (waiting := morning.store.unnamed_chart(morning.day)):
                morning.progress("naming the chart", asked, len(waiting))
                track = _look_up(morning, catalogue, isrc)
                if not morning.is_on(catalogue.name, LOOK_UP):
                    break
                morning.store.name_chart(morning.day, catalogue.name, isrc, track)
                asked, found = asked + 1, found + (track is not None)
        except QuotaExceededError as error:
            waiting = morning.store.unnamed_chart(morning.day)
            left = f"{len(waiting)} places of the chart are not named: {error}"
    return morning.report(TASK, {"asked": asked, "found": found}, left)


def _read(morning: Morning, charts: Sequence[ChartSource], size: int) -> str | None:
    """Keep the first chart that answers; return why there is none, where waiting may help."""
    left = None
    for source in charts:
        if not morning.is_on(source.name, TASK):
            continue
        try:
            entries = morning.ask(source.name, TASK, partial(source.chart, size))
        except NotFoundAtSourceError as error:
            morning.switch_off(f"{source.name}: {TASK}", str(error))
            continue
        except QuotaExceededError as error:
            left = f"no chart yet: {error}"
            continue
        if entries:
            morning.store.save_chart(morning.day, source.name, entries)
            return None
    return left


def _look_up(morning: Morning, catalogue: TrackSource, isrc: str) -> FoundTrack | None:
    page = morning.ask(catalogue.name, LOOK_UP, partial(catalogue.search, f"isrc:{isrc}"))
    tracks = page.tracks if page else ()
    return next((track for track in tracks if track.isrc == isrc), tracks[0] if tracks else None)
