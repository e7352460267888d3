"""Learning from playlists within a training: when it is tried, when it is kept, and what is said of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

import pandas as pd

from quintet.data.dataset import Dataset
from quintet.errors import RerankerError
from quintet.jobs.ratings import rating_labels
from quintet.model.config import CONTENT, COSINE
from quintet.model.evaluation.protocol import held_out
from quintet.model.fitted import FittedModel
from quintet.model.list_examples import RatedList
from quintet.model.list_learning import Learnt, learn
from quintet.ports import Watch
from quintet.ports.feedback import FeedbackStore

LEAST_RATINGS = 200
WATCHED = "re-ranker, LightGBM"
"""The run in which a training's trees are grown."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Lessons:
    """What came of learning from playlists.

    Parameters
    ----------
    learnt : Learnt or None
        None where nothing could be learnt.
    said : str
        Whether a re-ranker is part of the model, and why.
    """

    learnt: Learnt | None
    said: str

    @property
    def importance(self) -> Mapping[str, float]:
        """How much each feature of the re-ranker tells, as shares of 1; nothing where nothing was learnt."""
        return {} if self.learnt is None else self.learnt.importance

    def metrics(self) -> dict[str, float]:
        """Return what the re-ranker adds, over lists none of which it has learnt from."""
        if self.learnt is None:
            return {}
        gain = self.learnt.gain
        return {"reranker_gain": gain.value, "reranker_gain_low": gain.low, "reranker_gain_high": gain.high}

    def taught(self, fitted: FittedModel) -> FittedModel:
        """Return the model with its re-ranker if that is sure to help, else without."""
        kept = self.learnt is not None and self.learnt.is_worth_it
        return replace(fitted, reranker=self.learnt.reranker if self.learnt and kept else None)


def take(
    fitted: FittedModel,
    dataset: Dataset,
    playlists: pd.DataFrame,
    draw: int,
    told: Callable[[int, int], None],
    feedback: FeedbackStore | None = None,
    watch: Watch = nullcontext,
) -> Lessons:
    """Learn from the playlists, by seeds drawn apart from those of the evaluation.

    Parameters
    ----------
    fitted : FittedModel
        The content model.
    dataset : Dataset
        The snapshot it was fitted to.
    playlists : DataFrame
        `playlist_id`, `playlist_name`, `track_id`.
    draw : int
        The draw of the evaluation.
    told : callable
        Called with how many steps are done, and of how many.
    feedback : FeedbackStore, optional
        Where ratings are kept: learnt from as well, once there are `LEAST_RATINGS`.
    watch : Watch, optional
        Watches the growing of the trees.
    """
    if fitted.config.recipe != CONTENT or fitted.config.metric != COSINE:
        return Lessons(None, "left out: it is learnt on top of the content recipe and cosines only")
    lists, watched = held_out(dataset.tracks, playlists, draw + 1), partial(watch, WATCHED)
    try:
        learnt = learn(fitted, [lists], told, rated_lists(feedback), watched)
    except RerankerError as error:
        logger.warning("no re-ranker: %s", error)
        return Lessons(None, f"left out: {error}")
    gain = f"nDCG@10 {learnt.gain.value:+.4f} ({learnt.gain.low:+.4f} to {learnt.gain.high:+.4f})"
    return Lessons(learnt, f"kept: {gain}" if learnt.is_worth_it else f"left out: not sure to help, {gain}")


def rated_lists(feedback: FeedbackStore | None) -> Sequence[RatedList]:
    """Return the rated lists once there are enough ratings; no rater counts for more than the cap."""
    labels = [] if feedback is None else rating_labels(feedback)
    if len(labels) < LEAST_RATINGS:
        return ()
    logger.info("learning from %d ratings as well", len(labels))
    by_request = groupby(labels, key=lambda label: (label.request_id, label.seeds, label.weight))
    return [
        RatedList(seeds, {label.track_id: label.grade for label in rated}, weight)
        for (_, seeds, weight), rated in by_request
    ]
