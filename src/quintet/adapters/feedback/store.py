"""The FeedbackStore on PostgreSQL. The SQL is in `statements`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, fields
from datetime import datetime
from typing import Any

from quintet.adapters.feedback import statements as sql
from quintet.adapters.feedback.connection import Database
from quintet.data.ratings import Tally
from quintet.errors import NotServedError
from quintet.ports.feedback import PICK_WINDOW, RatedTrack, Rating, ServedRequest


class PostgresFeedback:
    """Served lists and ratings in PostgreSQL: see `ports.feedback.FeedbackStore`.

    Parameters
    ----------
    database : Database
        Used by one thread at a time; others wait for their turn.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, requests: Sequence[ServedRequest]) -> None:
        """Keep served lists, all or none."""
        # One statement may not meet a row twice: of the lists of one id and listener, the last counts.
        distinct: dict[str, ServedRequest] = {}
        for request in requests:
            first = distinct.setdefault(request.request_id, request)
            if first.rater == request.rater:
                distinct[request.request_id] = request
        self._database.run(
            sql.RECORD, {"requests": json.dumps([_as_json(request) for request in distinct.values()])}
        )

    def rate(self, rating: Rating) -> None:
        """Keep a rating; raise NotServedError where there is no such list, or no such track in it."""
        if not self._database.run(sql.RATE, asdict(rating)):
            raise NotServedError(
                f"no list {rating.request_id} with the track {rating.track_id} was served here"
            )

    def withdraw(self, request_id: str, track_id: str) -> None:
        """Forget a rating, where there is one."""
        self._database.run(sql.WITHDRAW, {"request_id": request_id, "track_id": track_id})

    def rating_tallies(self) -> Sequence[Tally]:
        """Return the ratings by model version and rater."""
        return [Tally(*row) for row in self._database.run(sql.RATING_TALLIES)]

    def trial_tallies(self, champion: str, challenger: str) -> Sequence[Tally]:
        """Return what was shown, picked and rated while both versions were online."""
        values = {"pair": [champion, challenger], "window": PICK_WINDOW}
        return [Tally(*row) for row in self._database.run(sql.TRIAL_TALLIES, values)]

    def rated_tracks(self) -> Sequence[RatedTrack]:
        """Return every rating, ordered by request and track."""
        return [_rated(*row) for row in self._database.run(sql.RATED_TRACKS)]

    def most_chosen(self, since: datetime, limit: int) -> Sequence[str]:
        """Return the seeds that most listeners chose, best first."""
        return [row[0] for row in self._database.run(sql.MOST_CHOSEN, {"since": since, "limit": limit})]

    def forget(self, before: datetime) -> int:
        """Delete lists served before a time, and return how many."""
        ((count,),) = self._database.run(sql.FORGET, {"before": before})
        return int(count)


def _rated(*row: Any) -> RatedTrack:
    values = dict(zip((field.name for field in fields(RatedTrack)), row, strict=True))
    return RatedTrack(**values | {"seeds": tuple(values["seeds"])})


def _as_json(request: ServedRequest) -> dict[str, Any]:
    return asdict(request) | {"served_at": request.served_at.isoformat()}
