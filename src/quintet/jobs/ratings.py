"""Ratings for training: as metrics beside the offline ones, and as labels. How they are kept is elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from quintet.data.ratings import summarise
from quintet.ports.feedback import FeedbackStore, RatedTrack

MAX_PER_RATER = 50.0
BAD_GRADE = 0


@dataclass(frozen=True, slots=True)
class RatedLabel:
    """A rating as a ranker learns from it.

    Parameters
    ----------
    request_id : str
        The list: labels of one list belong to one query.
    seeds : tuple of str
        Track ids the list was made for.
    track_id : str
        The track.
    grade : int
        0 (bad) to 4 (five points).
    weight : float
        In (0, 1]: those of one rater add up to `MAX_PER_RATER` at most.
    rank : int
        Where the list had it, from 1.
    model_version : str
        The version that placed it.
    """

    request_id: str
    seeds: tuple[str, ...]
    track_id: str
    grade: int
    weight: float
    rank: int
    model_version: str


def rating_metrics(store: FeedbackStore) -> dict[str, float]:
    """Return each version's ratings by the name of a metric: `ratings/vN/count`, and `mean`, `low`, `high`.

    Versions without a rating are left out.
    """
    metrics: dict[str, float] = {}
    for version in summarise(store.rating_tallies()):
        values = {"mean": version.mean, "low": version.low, "high": version.high}
        found = {name: value for name, value in values.items() if value is not None}
        if found:
            found["count"] = float(version.ratings)
            metrics |= {f"ratings/v{version.model_version}/{name}": value for name, value in found.items()}
    return metrics


def rating_labels(store: FeedbackStore, max_per_rater: float = MAX_PER_RATER) -> list[RatedLabel]:
    """Return the ratings as graded labels, ordered by list and track.

    "Bad recommendation" is the lowest grade whatever the stars say. "I know it already" alone says nothing of
    the match, so it is no label. No rater weighs more than `max_per_rater` ratings, however many they gave:
    with more, each of theirs counts for less.

    Parameters
    ----------
    store : FeedbackStore
        Where ratings are kept.
    max_per_rater : float
        The most all ratings of one rater may weigh together, greater than 0.
    """
    rated = [found for found in store.rated_tracks() if found.rating is not None or found.is_bad]
    weights = _weights(rated, max_per_rater)
    return [
        RatedLabel(
            request_id=found.request_id,
            seeds=found.seeds,
            track_id=found.track_id,
            grade=BAD_GRADE if found.is_bad or found.rating is None else found.rating - 1,
            weight=weights[found.rater],
            rank=found.rank,
            model_version=found.model_version,
        )
        for found in rated
    ]


def _weights(rated: Sequence[RatedTrack], max_per_rater: float) -> dict[str, float]:
    counts = Counter(found.rater for found in rated)
    return {rater: min(1.0, max_per_rater / count) for rater, count in counts.items()}
