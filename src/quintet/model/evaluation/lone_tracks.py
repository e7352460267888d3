"""How good the lists are, measured on held-out tracks; the batch side's.

Each held-out track is asked about alone, and lists are made by the code that serves. Nothing is fitted here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from quintet.model.config import COSINE, METRICS
from quintet.model.fitted import FittedModel
from quintet.model.ranking import Rules, rank
from quintet.model.recommender import Recommender
from quintet.model.terms import Rows
from quintet.model.tracks import TrackTable

KS = (3, 5, 7)
QUERIES = 500
SEED = 20_200_121
Lists = Sequence[tuple[int, Rows, Sequence[float]]]
"""Of each held-out track: its row, the rows recommended for it, best first, and their scores."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What one configuration reached.

    Parameters
    ----------
    metric : str
        One of `METRICS`.
    k : int
        Length of the lists.
    values : mapping of str to float
        By name:

        * ``avg_test_similarity`` (cosine; -1 to 1): mean score of the listed tracks.
        * ``avg_test_distance`` (Euclidean; 0 and up): mean distance between the held-out track and those
          listed.
        * ``genre_precision`` (0–1): share of the listed tracks that have a genre of the held-out track, over
          held-out tracks with genres; a listed track without genres counts as a miss. Genres are among the
          features, so this tells whether they come through, not whether listeners agree.
        * ``catalogue_coverage`` (0–1): share of all tracks that are in some list.
        * ``intra_list_diversity`` (0–2): one minus the mean cosine of the pairs of a list.
    """

    metric: str
    k: int
    values: Mapping[str, float]


def evaluate(
    fitted: FittedModel,
    ks: Sequence[int] = KS,
    metrics: Sequence[str] = METRICS,
    queries: int = QUERIES,
    seed: int = SEED,
) -> list[Evaluation]:
    """Evaluate a model for every metric and list length.

    Parameters
    ----------
    fitted : FittedModel
        The model; its own metric does not matter.
    ks : sequence of int
        List lengths, at least 1.
    metrics : sequence of str
        Of `METRICS`.
    queries : int
        How many tracks are held out, at most a fifth of the catalogue (but at least one).
    seed : int
        Of the sample.

    Returns
    -------
    list of Evaluation
        Metric by metric, in the order of `ks`; the same call gives the same numbers.
    """
    held_out = sample_rows(len(fitted.tracks), queries, seed)
    results = []
    for metric in metrics:
        recommender = Recommender(fitted.with_metric(metric))
        lists = make_lists(recommender, held_out, max(ks))
        results += [Evaluation(metric, k, measure(recommender, lists, k)) for k in ks]
    return results


def sample_rows(tracks: int, count: int, seed: int) -> Rows:
    """Return distinct rows, sorted: `count`, but at most a fifth of the catalogue and at least one."""
    count = max(1, min(count, tracks // 5))
    return np.sort(np.random.default_rng(seed).choice(tracks, size=count, replace=False))


def make_lists(recommender: Recommender, held_out: Rows, k: int) -> Lists:
    """Recommend for each held-out track from the tracks that are not held out."""
    lists, mask = [], np.ones(len(recommender.tracks), dtype=np.bool_)
    mask[held_out] = False
    for row in held_out:
        seeds = np.array([row], dtype=np.intp)
        scores = recommender.scores(seeds)
        rows = rank(scores, Rules(recommender.tracks, seeds, mask=mask), k)
        lists.append((int(row), rows, scores[rows].astype(np.float64).tolist()))
    return lists


def measure(recommender: Recommender, lists: Lists, k: int) -> dict[str, float]:
    """Return the metrics of the first `k` places of lists; names as in `Evaluation`."""
    tracks = recommender.tracks
    cut = [(row, rows[:k], scores[:k]) for row, rows, scores in lists]
    listed = np.unique(np.concatenate([rows for _, rows, _ in cut]))
    return {
        **_nearness(recommender.model.config.metric, [score for _, _, scores in cut for score in scores]),
        "genre_precision": _genre_precision(tracks, cut),
        "catalogue_coverage": len(listed) / len(tracks),
        "intra_list_diversity": _mean([_diversity(recommender, rows) for _, rows, _ in cut if len(rows) > 1]),
    }


def _nearness(metric: str, scores: Sequence[float]) -> dict[str, float]:
    """Return the mean score, or for the Euclidean metric, whose score is 1 - d²/2, the mean of d."""
    if metric == COSINE:
        return {"avg_test_similarity": _mean(scores)}
    return {"avg_test_distance": _mean(np.sqrt(np.maximum(0, 2 * (1 - np.array(scores)))))}


def _genre_precision(tracks: TrackTable, lists: Lists) -> float:
    hits: list[float] = []
    for row, rows, _ in lists:
        wanted = set(tracks.genres_of(row))
        if wanted:
            hits += [float(not wanted.isdisjoint(tracks.genres_of(int(listed)))) for listed in rows]
    return _mean(hits)


def _diversity(recommender: Recommender, rows: Rows) -> float:
    cosines = recommender.cosines(rows, rows)
    return 1 - float(cosines[~np.eye(len(rows), dtype=bool)].mean())


def _mean(values: Sequence[float] | np.ndarray[tuple[int], np.dtype[np.float64]]) -> float:
    return float(np.mean(values)) if len(values) else 0.0
