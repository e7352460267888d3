"""Learning from playlists: trees that re-rank the best candidates, cross-fitted: none sees its own list.

The batch side's. Axes are `list_axes`'; what is learnt is used in `reranking`. No feature says in which
playlists a track is: where the catalogue is the union of its playlists, that a track is in none of the
training ones would already give it away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from quintet.errors import RerankerError
from quintet.model.evaluation.measures import Interval, judge, mean
from quintet.model.evaluation.protocol import LEAST_RECORDINGS, PLAYLISTS, HeldOutList, Protocol
from quintet.model.fitted import FittedModel
from quintet.model.growing import forest_of, grow, importance
from quintet.model.list_axes import ListAxes, content_vectors
from quintet.model.ranking import Rules, rank
from quintet.model.recommender import Recommender
from quintet.model.reranking import (
    FEATURES,
    LEAD,
    POOL,
    SCALE,
    Reranker,
    SecondLook,
    content_features,
    list_features,
    table,
)
from quintet.model.seeds import Seeds
from quintet.model.terms import Rows, Scores

if TYPE_CHECKING:
    from lightgbm import Booster

LEAST_LISTS = 100
Told = Callable[[int, int], None]


@dataclass(frozen=True, eq=False)
class Learnt:
    """What playlists taught.

    Parameters
    ----------
    reranker : Reranker
        Learnt from all playlists.
    by_fold : mapping of int to Reranker
        By fold of the playlists, learnt from those of the other folds: what may be judged by them.
    gain : Interval
        What the latter add to nDCG@10, over seeds drawn from all playlists.
    importance : mapping of str to float
        By feature: how much its splits lowered the loss, as shares of 1.
    """

    reranker: Reranker
    by_fold: Mapping[int, Reranker]
    gain: Interval
    importance: Mapping[str, float]

    @property
    def is_worth_it(self) -> bool:
        """Whether it is sure that the second look helps."""
        return self.gain.low > 0


@dataclass(frozen=True, eq=False)
class _Example:
    """One playlist with one draw of seeds: candidates, what content says of them, and which belong to it."""

    fold: int
    seeds: Rows
    pool: Rows
    found: Mapping[str, Scores]
    belongs: NDArray[np.bool_]
    wanted: int

    def rows(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the features as columns, playlists seen with these places of tracks."""
        found = dict(self.found) | list_features(vectors, self.pool, self.seeds)
        return table(found, FEATURES, len(self.pool))

    def ndcg(self, scores: Scores) -> float:
        """Return the nDCG@10 of the candidates, best score first."""
        belongs = self.belongs[np.argsort(-scores, kind="stable")]
        hits = np.where(belongs, np.cumsum(belongs) - 1, -1)
        return float(judge(hits.tolist(), frozenset(range(self.wanted)))[0])


def learn(fitted: FittedModel, draws: Sequence[Protocol], told: Told = lambda done, total: None) -> Learnt:
    """Learn to re-rank from playlists.

    Parameters
    ----------
    fitted : FittedModel
        The content model, fitted to the protocols' snapshot.
    draws : sequence of Protocol
        The same playlists, at least `LEAST_LISTS`, with seeds drawn again; not the draw to be judged by.
    told : callable, optional
        Called with how many steps are done, and of how many.

    Raises
    ------
    RerankerError
        There are too few playlists, or LightGBM cannot be loaded.
    """
    lists = draws[0].lists
    if draws[0].source != PLAYLISTS or len(lists) < LEAST_LISTS:
        raise RerankerError(f"there are fewer than {LEAST_LISTS} playlists of {LEAST_RECORDINGS} recordings")
    content = fitted.without_playlists()
    recommender = Recommender(content)
    examples = [_example(recommender, one) for protocol in draws for one in protocol.lists]
    axes = ListAxes(content_vectors(content), _members(content, lists), [one.fold for one in lists])
    by_fold, folds = {}, sorted({one.fold for one in lists})
    for done, fold in enumerate(folds):
        told(done, len(folds) + 1)
        others = [example for example in examples if example.fold != fold]
        booster = _grown(others, [axes.without({fold, example.fold}) for example in others])
        by_fold[fold] = Reranker(forest_of(booster, FEATURES), axes.without({fold}))
    told(len(folds), len(folds) + 1)
    booster = _grown(examples, [axes.without({example.fold}) for example in examples])
    reranker = Reranker(forest_of(booster, FEATURES), axes.without())
    return Learnt(reranker, by_fold, _gain(examples, by_fold, len(lists)), importance(booster))


def _example(recommender: Recommender, one: HeldOutList) -> _Example:
    tracks = recommender.tracks
    seeds = np.sort(np.array(tracks.rows(one.seeds), dtype=np.intp))
    scores, matches = recommender.content(Seeds(seeds))
    pool = rank(scores, Rules(tracks, seeds), POOL)
    found = content_features(scores, pool, matches, Seeds(seeds))
    belongs = np.isin(tracks.recording[pool], list(one.truth))
    return _Example(one.fold, seeds, pool, found, belongs, len(one.truth))


def _members(content: FittedModel, lists: Sequence[HeldOutList]) -> list[Rows]:
    """Return the rows of each playlist's tracks, one a recording."""
    tracks = content.tracks
    recordings, rows = np.unique(tracks.recording, return_index=True)
    listed = [[*one.truth, *tracks.recording[tracks.rows(one.seeds)].tolist()] for one in lists]
    return [rows[np.searchsorted(recordings, sorted(found))] for found in listed]


def _grown(examples: Sequence[_Example], vectors: Sequence[NDArray[np.float32]]) -> Booster:
    tables = [example.rows(places) for example, places in zip(examples, vectors, strict=True)]
    belongs = np.concatenate([example.belongs for example in examples])
    rows = np.vstack(tables)
    start = SCALE * rows[:, FEATURES.index(LEAD)].astype(np.float64)
    return grow(rows, belongs, [len(each) for each in tables], start)


def _gain(examples: Sequence[_Example], by_fold: Mapping[int, Reranker], lists: int) -> Interval:
    """Return what the second look adds to nDCG@10, each playlist judged by what the other folds taught.

    Examples of one playlist, `lists` apart, count as one.
    """
    gains = []
    for example in examples:
        reranker = by_fold[example.fold]
        rows = example.rows(reranker.vectors)
        look = SecondLook(reranker.forest, np.arange(len(rows)), reranker.forest.leaves(rows))
        before = rows[:, FEATURES.index(LEAD)]
        gains.append(example.ndcg(look.moved(before)) - example.ndcg(before))
    return mean(np.array(gains).reshape(-1, lists).mean(axis=0))
