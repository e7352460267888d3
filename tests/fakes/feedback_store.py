"""FeedbackStore and ChartBoard in memory: small, real, held to the contract suite."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from quintet.data.ratings import Tally
from quintet.errors import NotServedError, StoreUnavailableError
from quintet.ports.crawl import Chart
from quintet.ports.feedback import PICK_WINDOW, RatedTrack, Rating, ServedRequest


class MemoryFeedback:
    """Everything in dicts; `is_away` makes every call fail, as a dead server."""

    def __init__(self) -> None:
        self.is_away = False
        self.lists: dict[str, ServedRequest] = {}
        self._ratings: dict[tuple[str, str], tuple[RatedTrack, ServedRequest]] = {}

    def record(self, requests: Sequence[ServedRequest]) -> None:
        self._answer()
        for request in requests:
            if self.lists.setdefault(request.request_id, request).rater == request.rater:
                self.lists[request.request_id] = request

    def rate(self, rating: Rating) -> None:
        self._answer()
        served = self.lists.get(rating.request_id)
        if served is None or rating.track_id not in served.track_ids:
            raise NotServedError("no such list, or no such track in it")
        at = served.track_ids.index(rating.track_id)
        rated = RatedTrack(
            rating.request_id,
            rating.track_id,
            rating.rating,
            rating.already_known,
            rating.is_bad,
            rating.rater,
            served.seeds,
            at + 1,
            served.placed_by[at],
        )
        self._ratings[rating.request_id, rating.track_id] = rated, served

    def withdraw(self, request_id: str, track_id: str) -> None:
        self._answer()
        self._ratings.pop((request_id, track_id), None)

    def rating_tallies(self) -> Sequence[Tally]:
        self._answer()
        return _added_up([_of_rating(rated) for rated, _ in self._ratings.values()])

    def trial_tallies(self, champion: str, challenger: str) -> Sequence[Tally]:
        self._answer()
        pair = (champion, challenger)
        lists = [served for served in self.lists.values() if served.model_versions == pair]
        shown = [Tally(by, served.rater, shown=1) for served in lists for by in served.placed_by]
        rated = [_of_rating(rated) for rated, of in self._ratings.values() if of.model_versions == pair]
        return _added_up([*shown, *rated, *self._picks(pair)])

    def rated_tracks(self) -> Sequence[RatedTrack]:
        self._answer()
        return [self._ratings[key][0] for key in sorted(self._ratings)]

    def most_chosen(self, since: datetime, limit: int) -> Sequence[str]:
        self._answer()
        lists = [served for served in self.lists.values() if served.served_at >= since]
        times = Counter(seed for served in lists for seed in served.seeds)
        raters = Counter(
            seed for seed, _ in {(seed, served.rater) for served in lists for seed in served.seeds}
        )
        return sorted(times, key=lambda seed: (-raters[seed], -times[seed], seed))[:limit]

    def forget(self, before: datetime) -> int:
        self._answer()
        gone = [served.request_id for served in self.lists.values() if served.served_at < before]
        for request_id in gone:
            del self.lists[request_id]
        return len(gone)

    def _picks(self, pair: tuple[str, str]) -> list[Tally]:
        credited = {}
        for later in self.lists.values():
            for seed in later.seeds:
                before = [
                    served
                    for served in self.lists.values()
                    if served.rater == later.rater
                    and later.served_at - PICK_WINDOW <= served.served_at < later.served_at
                    and seed in served.track_ids
                ]
                newest = max(before, key=lambda served: served.served_at, default=None)
                if newest is not None and newest.model_versions == pair:
                    by = newest.placed_by[newest.track_ids.index(seed)]
                    credited[newest.request_id, seed] = Tally(by, newest.rater, picked=1)
        return list(credited.values())

    def _answer(self) -> None:
        if self.is_away:
            raise StoreUnavailableError("the database does not answer")


class MemoryBoard:
    """The charts in a dict by day."""

    def __init__(self) -> None:
        self.is_away = False
        self._charts: dict[str, Chart] = {}

    def hang(self, chart: Chart) -> None:
        self._charts[chart.date] = chart

    def read(self) -> Chart | None:
        if self.is_away:
            raise StoreUnavailableError("the database does not answer")
        return self._charts[max(self._charts)] if self._charts else None


def _of_rating(rated: RatedTrack) -> Tally:
    return Tally(
        rated.model_version,
        rated.rater,
        ratings=int(rated.rating is not None),
        total=rated.rating or 0,
        already_known=int(rated.already_known),
        bad=int(rated.is_bad),
    )


def _added_up(tallies: Sequence[Tally]) -> list[Tally]:
    names = ("ratings", "total", "already_known", "bad", "shown", "picked")
    sums: dict[tuple[str, str], Tally] = defaultdict(lambda: Tally("", ""))
    for one in tallies:
        key = one.model_version, one.rater
        so_far = sums[key]
        added = {name: getattr(so_far, name) + getattr(one, name) for name in names}
        sums[key] = replace(so_far, model_version=one.model_version, rater=one.rater, **added)
    return [sums[key] for key in sorted(sums)]
