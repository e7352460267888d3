"""The chart of last resort: what listeners of this installation chose most in the last days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta

from quintet.ports import ChartEntry
from quintet.ports.feedback import FeedbackStore

DAYS = 7


class MostChosen:
    """A `ChartSource` over the seeds of the lists that were served here; one listener counts once a track.

    Parameters
    ----------
    store : FeedbackStore
        Where served lists are kept.
    day : date
        The chart's; it looks back a week from its beginning.
    """

    name = "listeners"

    def __init__(self, store: FeedbackStore, day: date) -> None:
        self._store = store
        self._since = datetime.combine(day, time(), UTC) - timedelta(days=DAYS)

    def chart(self, size: int) -> Sequence[ChartEntry]:
        """Return the tracks most listeners chose, best first; empty where nobody chose any."""
        chosen = self._store.most_chosen(self._since, size)
        return [ChartEntry(rank, track_id, None) for rank, track_id in enumerate(chosen, start=1)]
