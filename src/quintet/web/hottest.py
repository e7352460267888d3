"""The day's chart as the API answers it. No HTTP and no markup."""

from __future__ import annotations

from typing import Literal

from quintet.web.tracks import Answer, Track

POPULAR = "popular"


class ChartTrack(Track):
    """A place of the chart: rank from 1; `change` is places won since yesterday, None for a newcomer."""

    rank: int
    change: int | None = None
    is_in_catalogue: bool = True


class Hottest(Answer):
    """What is popular today, best first; without a chart, the catalogue's most popular songs."""

    date: str | None = None
    source: str | None = None
    items: tuple[ChartTrack, ...] = ()

    @property
    def is_chart(self) -> bool:
        """Whether these are places of a chart."""
        return bool(self.items) and self.source not in (None, POPULAR)


Trend = Literal["up", "down", "same", "new", "none"]


def trend(place: ChartTrack, *, is_chart: bool) -> Trend:
    """Tell which way a song goes; without a chart nothing moves."""
    if not is_chart:
        return "none"
    if place.change is None:
        return "new"
    return "up" if place.change > 0 else "down" if place.change < 0 else "same"
