"""What the recommender answers: a list, and what is to be known of it. Values only; made in `recommender`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from quintet.model.list_metrics import ListMetrics
from quintet.model.reasons import Reasons
from quintet.model.tastes import Taste


class RecommendedTrack(NamedTuple):
    """One entry of a list.

    Parameters
    ----------
    row : int
        Its row in `Recommender.tracks`.
    track_id : str
        Its id.
    rank : int
        From 1.
    score : float
        Higher is better, 1 at most; falls with rank.
    reasons : Reasons
        Why it is here; the contributions add up to the score.
    taste : int
        Its place among the recommendation's tastes.
    """

    row: int
    track_id: str
    rank: int
    score: float
    reasons: Reasons
    taste: int = 0


@dataclass(frozen=True, slots=True)
class Recommendation:
    """A list, and what its reader should know about it.

    Parameters
    ----------
    items : tuple of RecommendedTrack
        Best first.
    tastes : tuple of Taste
        What the seeds were parted into; one where they belong together.
    metrics : ListMetrics
        What the list is like as a whole.
    warnings : tuple of str
        What could not be done as asked.
    """

    items: tuple[RecommendedTrack, ...]
    tastes: tuple[Taste, ...]
    metrics: ListMetrics
    warnings: tuple[str, ...] = ()
