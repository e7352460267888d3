"""Takes a listener's ratings to the API and keeps, for the visit, what was thought of which song."""

from __future__ import annotations

import logging

from quintet.web.errors import PageError
from quintet.web.ratings import Rating
from quintet.web.visit import Visit

log = logging.getLogger(__name__)


def rate(visit: Visit, request_id: str, track_id: str, rating: Rating) -> bool:
    """Send a rating and keep it; where the API does not take it, say so and keep nothing."""
    try:
        visit.client.rate(rating.to_request(request_id, track_id), visit.memory.listener)
    except PageError as error:
        log.warning("no rating: %s", error)
        visit.memory.history.tell(visit.texts.cards.not_rated)
        return False
    visit.memory.ratings[track_id] = rating
    return True


def restore(visit: Visit, request_id: str, track_id: str, rating: Rating) -> bool:
    """Take a song back to what was thought of it before; False where the API does not take it."""
    if rating != Rating():
        return rate(visit, request_id, track_id, rating)
    try:
        visit.client.withdraw(request_id, track_id, visit.memory.listener)
    except PageError as error:
        log.warning("no rating taken back: %s", error)
        return False
    visit.memory.ratings.pop(track_id, None)
    return True
