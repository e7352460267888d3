"""Learning from playlists: trees that re-rank the best candidates, cross-fitted: none sees its own list.

The batch side's. Axes are `list_axes`'; what is learnt is used in `reranking`. No feature says in which
playlists a track is: where the catalogue is the union of its playlists, that a track is in none of the
training ones would already give it away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from quintet.errors import RerankerError
from quintet.model.evaluation.measures import Interval, mean
from quintet.model.evaluation.protocol import LEAST_RECORDINGS, PLAYLISTS, HeldOutList, Protocol
from quintet.model.fitted import FittedModel
from quintet.model.growing import Candidates, check_library, forest_of, grow, importance
from quintet.model.list_axes import ListAxes, content_vectors
from quintet.model.list_examples import Example, RatedList, candidates, playlist_example, rated_example
from quintet.model.recommender import Recommender
from quintet.model.reranking import FEATURES, LEAD, Reranker, SecondLook
from quintet.model.terms import Rows

if TYPE_CHECKING:
    from lightgbm import Booster

LEAST_LISTS = 100
LEAST_FOLDS = 3
"""With one fold left out and another seen as if it were new, there must be one to learn from."""
Told = Callable[[int, int], None]
Around = Callable[[], AbstractContextManager[object]]


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


def learn(
    fitted: FittedModel,
    draws: Sequence[Protocol],
    told: Told = lambda done, total: None,
    rated: Sequence[RatedList] = (),
    around: Around = nullcontext,
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
    around : callable, optional
        Makes what is around the growing of the last trees, for whoever watches LightGBM.

    Raises
    ------
    RerankerError
        There are too few playlists, or too few that differ; LightGBM cannot be loaded; or the scores are no
        numbers.
    """
    lists = draws[0].lists
    if draws[0].source != PLAYLISTS or len(lists) < LEAST_LISTS:
        raise RerankerError(f"there are fewer than {LEAST_LISTS} playlists of {LEAST_RECORDINGS} recordings")
    if len({one.fold for one in lists}) < LEAST_FOLDS:
        raise RerankerError("the playlists share so many tracks that none can be kept apart from the others")
    check_library()
    content = fitted.without_playlists()
    recommender = Recommender(content)
    examples = [playlist_example(recommender, one) for protocol in draws for one in protocol.lists]
    more = [example for one in rated if (example := rated_example(recommender, one)) is not None]
    axes = ListAxes(content_vectors(content), _members(content, lists), [one.fold for one in lists])
    school = _School(axes, examples, more)
    *folds, last = sorted({one.fold for one in lists})
    by_fold = {}
    for done, fold in enumerate(folds):
        told(done, len(folds) + 2)
        by_fold[fold] = school.without(fold)
    with around():  # the last fold's and what is served: a plot takes autolog longer than trees take to grow
        told(len(folds), len(folds) + 2)
        by_fold[last] = school.without(last, tells_rounds=True)
        told(len(folds) + 1, len(folds) + 2)
        booster = school.booster()
    reranker = Reranker(forest_of(booster, FEATURES), axes.without())
    return Learnt(reranker, by_fold, _gain(examples, by_fold, len(lists)), importance(booster))


@dataclass(frozen=True, eq=False)
class _School:
    """What there is to learn from: playlists, rated lists, and the axes that playlists give tracks."""

    axes: ListAxes
    examples: Sequence[Example]
    rated: Sequence[Example]

    def without(self, fold: int, *, tells_rounds: bool = False) -> Reranker:
        """Learn from all but one fold; LightGBM may tell what every round reaches on that one."""
        vectors = self.axes.without({fold})
        mine = [example for example in self.examples if example.fold == fold]
        unseen = {f"fold_{fold}_unseen": candidates(mine, [vectors] * len(mine))} if tells_rounds else {}
        return Reranker(forest_of(self.booster({fold}, unseen), FEATURES), vectors)

    def booster(
        self, left_out: Set[int] = frozenset(), unseen: Mapping[str, Candidates] | None = None
    ) -> Booster:
        """Grow trees from all but some folds, each list seen with what the others' playlists say."""
        taught = [each for each in (*self.examples, *self.rated) if each.fold not in left_out]
        vectors = [self.axes.without({*left_out, each.fold}) for each in taught]
        return grow(candidates(taught, vectors), unseen or {})


def _members(content: FittedModel, lists: Sequence[HeldOutList]) -> list[Rows]:
    """Return the rows of each playlist's tracks, one a recording."""
    tracks = content.tracks
    recordings, rows = np.unique(tracks.recording, return_index=True)
    listed = [[*one.truth, *tracks.recording[tracks.rows(one.seeds)].tolist()] for one in lists]
    return [rows[np.searchsorted(recordings, sorted(found))] for found in listed]


def _gain(examples: Sequence[Example], by_fold: Mapping[int, Reranker], lists: int) -> Interval:
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
