"""Playlists and rated lists as examples to learn from: candidates, their features, and which come first.

The batch side's. What is learnt from them is `list_learning`'s matter.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quintet.errors import RerankerError
from quintet.model.evaluation.measures import judge
from quintet.model.evaluation.protocol import HeldOutList
from quintet.model.growing import Candidates
from quintet.model.ranking import Rules, rank
from quintet.model.recommender import Recommender
from quintet.model.reranking import BEST, FEATURES, LEAD, POOL, SCALE, content_features, list_features, table
from quintet.model.seeds import Seeds
from quintet.model.terms import Rows, Scores

BEST_GRADE = 4
"""What belongs to a playlist counts as a track rated with five points."""
RATED = -1
"""The fold of rated lists: none of the playlists', so that all may learn from them."""


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
class Example:
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


def playlist_example(recommender: Recommender, one: HeldOutList) -> Example:
    """Return a playlist's candidates, the best of all tracks for its seeds."""
    tracks = recommender.tracks
    seeds = np.sort(np.array(tracks.rows(one.seeds), dtype=np.intp))
    scores, matches = recommender.content(Seeds(seeds))
    if not np.isfinite(scores).all():
        raise RerankerError("the model's scores are not finite numbers")
    pool = rank(scores, Rules(tracks, seeds), POOL)
    found = content_features(scores, pool, matches, Seeds(seeds))
    grades = BEST_GRADE * np.isin(tracks.recording[pool], list(one.truth)).astype(np.int8)
    return Example(one.fold, seeds, pool, found, grades, len(one.truth))


def rated_example(recommender: Recommender, one: RatedList) -> Example | None:
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
    return Example(RATED, seeds, rows, own, given, weight=one.weight)


def candidates(examples: Sequence[Example], vectors: Sequence[NDArray[np.float32]]) -> Candidates:
    """Return the candidates of many examples, playlists seen with these places of tracks for each."""
    tables = [example.rows(places) for example, places in zip(examples, vectors, strict=True)]
    grades = np.concatenate([example.grades for example in examples])
    weights = np.concatenate([np.full(len(example.pool), example.weight) for example in examples])
    rows = np.vstack(tables)
    start = SCALE * rows[:, FEATURES.index(LEAD)].astype(np.float64)
    return Candidates(rows, grades, [len(each) for each in tables], start, weights)
