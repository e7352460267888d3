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
    BEST,
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
BEST_GRADE = 4
"""What belongs to a playlist counts as a track rated with five points."""
RATED = -1
"""The fold of rated lists: none of the playlists', so that all may learn from them."""
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


@dataclass(frozen=True, slots=True)
class RatedList:
    """What a listener said of a served list.

    Parameters
    ----------
    seeds : tuple of str
        Track ids it was made for.
    grades : mapping of str to int
        By track id, 0 to `BEST_GRADE`.
    weight : float
        How much the listener counts, in (0, 1].
    """

    seeds: tuple[str, ...]
    grades: Mapping[str, int]
    weight: float


@dataclass(frozen=True, eq=False)
class _Example:
    """One playlist with one draw of seeds: candidates, what content says of them, and which belong to it.

    Or a rated list: what was rated, and how.
    """

    fold: int
    seeds: Rows
    pool: Rows
    found: Mapping[str, Scores]
    grades: NDArray[np.int8]
    wanted: int = 0
    weight: float = 1.0

    def rows(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the features as columns, playlists seen with these places of tracks."""
        found = dict(self.found) | list_features(vectors, self.pool, self.seeds)
        return table(found, FEATURES, len(self.pool))

    def ndcg(self, scores: Scores) -> float:
        """Return the nDCG@10 of the candidates, best score first."""
        belongs = self.grades[np.argsort(-scores, kind="stable")] > 0
        hits = np.where(belongs, np.cumsum(belongs) - 1, -1)
        return float(judge(hits.tolist(), frozenset(range(self.wanted)))[0])


def learn(
    fitted: FittedModel,
    draws: Sequence[Protocol],
    told: Told = lambda done, total: None,
    rated: Sequence[RatedList] = (),
) -> Learnt:
    """Learn to re-rank from playlists, and from ratings.

    Parameters
    ----------
    fitted : FittedModel
        The content model, fitted to the protocols' snapshot.
    draws : sequence of Protocol
        The same playlists, at least `LEAST_LISTS`, with seeds drawn again; not the draw to be judged by.
    told : callable, optional
        Called with how many steps are done, and of how many.
    rated : sequence of RatedList, optional
        Learnt from beside the playlists; whether it helps is judged by the playlists alone.

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
    more = [example for one in rated if (example := _rated_example(recommender, one)) is not None]
    axes = ListAxes(content_vectors(content), _members(content, lists), [one.fold for one in lists])
    by_fold, folds = {}, sorted({one.fold for one in lists})
    for done, fold in enumerate(folds):
        told(done, len(folds) + 1)
        others = [example for example in (*examples, *more) if example.fold != fold]
        booster = _grown(others, [axes.without({fold, example.fold}) for example in others])
        by_fold[fold] = Reranker(forest_of(booster, FEATURES), axes.without({fold}))
    told(len(folds), len(folds) + 1)
    everything = [*examples, *more]
    booster = _grown(everything, [axes.without({example.fold}) for example in everything])
    reranker = Reranker(forest_of(booster, FEATURES), axes.without())
    return Learnt(reranker, by_fold, _gain(examples, by_fold, len(lists)), importance(booster))


def _example(recommender: Recommender, one: HeldOutList) -> _Example:
    tracks = recommender.tracks
    seeds = np.sort(np.array(tracks.rows(one.seeds), dtype=np.intp))
    scores, matches = recommender.content(Seeds(seeds))
    pool = rank(scores, Rules(tracks, seeds), POOL)
    found = content_features(scores, pool, matches, Seeds(seeds))
    grades = BEST_GRADE * np.isin(tracks.recording[pool], list(one.truth)).astype(np.int8)
    return _Example(one.fold, seeds, pool, found, grades, len(one.truth))


def _rated_example(recommender: Recommender, one: RatedList) -> _Example | None:
    """Return the rated tracks beside the best they stood among; None where they tell nothing."""
    tracks = recommender.tracks
    seeds = np.array(
        sorted(row for seed in one.seeds if (row := tracks.row(seed)) is not None), dtype=np.intp
    )
    grades = {row: grade for name, grade in one.grades.items() if (row := tracks.row(name)) is not None}
    if not len(seeds) or len(set(grades.values())) < 2:
        return None
    scores, matches = recommender.content(Seeds(seeds))
    best = rank(scores, Rules(tracks, seeds), BEST)
    rows = np.array(sorted(grades), dtype=np.intp)
    found = content_features(scores, np.concatenate([best, rows]), matches, Seeds(seeds))
    own = {name: values[len(best) :] for name, values in found.items()}
    given = np.array([grades[row] for row in rows.tolist()], dtype=np.int8)
    return _Example(RATED, seeds, rows, own, given, weight=one.weight)


def _members(content: FittedModel, lists: Sequence[HeldOutList]) -> list[Rows]:
    """Return the rows of each playlist's tracks, one a recording."""
    tracks = content.tracks
    recordings, rows = np.unique(tracks.recording, return_index=True)
    listed = [[*one.truth, *tracks.recording[tracks.rows(one.seeds)].tolist()] for one in lists]
    return [rows[np.searchsorted(recordings, sorted(found))] for found in listed]


def _grown(examples: Sequence[_Example], vectors: Sequence[NDArray[np.float32]]) -> Booster:
    tables = [example.rows(places) for example, places in zip(examples, vectors, strict=True)]
    grades = np.concatenate([example.grades for example in examples])
    weights = np.concatenate([np.full(len(example.pool), example.weight) for example in examples])
    rows = np.vstack(tables)
    start = SCALE * rows[:, FEATURES.index(LEAD)].astype(np.float64)
    return grow(rows, grades, [len(each) for each in tables], start, weights)


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
