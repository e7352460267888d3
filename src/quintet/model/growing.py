"""Growing trees with LightGBM, and putting them down as plain arrays; LightGBM is not needed to use them.

The batch side's. What the trees learn from is `list_learning`'s matter, how they are used `forest`'s.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from quintet.errors import RerankerError
from quintet.model.forest import MAX_LEAVES, Forest
from quintet.model.reranking import FEATURES, LEAD, LISTS, MOST

if TYPE_CHECKING:
    from lightgbm import Booster, Dataset

MONOTONE = frozenset({LEAD, LISTS, LISTS + MOST})
"""Features that can only speak for a candidate: what playlists taught is never read backwards."""
ROUNDS = 60
PARAMETERS: Mapping[str, Any] = {
    "objective": "lambdarank",
    "lambdarank_truncation_level": 20,
    "metric": "ndcg",
    "eval_at": 10,
    "learning_rate": 0.1,
    "num_leaves": MAX_LEAVES - 1,
    "min_data_in_leaf": 200,
    "feature_fraction": 0.6,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10,
    "max_bin": 63,
    "seed": 0,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,  # more wait for each other, and on a busy machine that is all they do
    "verbose": -1,
    "monotone_constraints": [int(name in MONOTONE) for name in FEATURES],
}
_EVERY_LEAF = (1 << MAX_LEAVES) - 1


@dataclass(frozen=True, eq=False)
class Candidates:
    """Candidates of one list after another.

    Parameters
    ----------
    rows : float32 array, shape (n, f)
        Columns as `reranking.FEATURES`.
    grades : int8 array, shape (n,)
        Which of them should come first, 0 and up.
    sizes : sequence of int
        How many candidates each list has.
    start : float64 array, shape (n,)
        The scores the trees are added to.
    weights : float64 array, shape (n,)
        How much each counts.
    """

    rows: NDArray[np.float32]
    grades: NDArray[np.int8]
    sizes: Sequence[int]
    start: NDArray[np.float64]
    weights: NDArray[np.float64]

    def dataset(self, reference: Dataset | None = None) -> Dataset:
        """Return them as LightGBM's own, cut into the same bins as `reference` where there is one."""
        from lightgbm import Dataset

        return Dataset(
            self.rows,
            self.grades,
            reference,
            weight=self.weights,
            group=list(self.sizes),
            init_score=self.start,
            feature_name=_plain_names(self.rows.shape[1]),
            params=dict(PARAMETERS),
        )


def check_library() -> None:
    """Raise RerankerError where LightGBM cannot be loaded."""
    try:
        import lightgbm  # noqa: F401
    except (ImportError, OSError) as error:
        raise RerankerError(f"LightGBM cannot be loaded (on Debian: install libgomp1): {error}") from error


def grow(candidates: Candidates, unseen: Mapping[str, Candidates] = MappingProxyType({})) -> Booster:
    """Grow trees that put what has a higher grade first: LambdaMART (Burges, 2010).

    Parameters
    ----------
    candidates : Candidates
        What is learnt from.
    unseen : mapping of str to Candidates, optional
        What is only looked at after every round, by a name for whoever watches LightGBM.
    """
    import lightgbm

    data = candidates.dataset()
    return lightgbm.train(
        dict(PARAMETERS),
        data,
        ROUNDS,
        valid_sets=[each.dataset(data) for each in unseen.values()],
        valid_names=list(unseen),
    )


def _plain_names(count: int) -> list[str]:
    """Return names of the columns in the characters LightGBM allows."""
    return [name.replace(":", "_").replace(" ", "_") for name in FEATURES[:count]]


def importance(booster: Booster) -> dict[str, float]:
    """Return how much each feature's splits lowered the loss, as shares of 1, the largest first."""
    gains = booster.feature_importance("gain")
    shares = gains / max(float(gains.sum()), 1e-12)
    named = zip(FEATURES, shares.tolist(), strict=True)
    return dict(sorted(named, key=lambda one: -one[1]))


def forest_of(booster: Booster, features: tuple[str, ...]) -> Forest:
    """Return a booster's trees as arrays; its columns are named `features`."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    shape = (len(trees), MAX_LEAVES - 1)
    columns, remaining = np.zeros(shape, np.int16), np.full(shape, _EVERY_LEAF, np.uint16)
    thresholds = np.full(shape, np.inf, np.float32)
    parts = np.zeros((len(trees), MAX_LEAVES, len(features)), np.float32)
    for number, tree in enumerate(trees):
        unrolled = _Unrolled(tree, len(features))
        for place, (column, threshold, left) in enumerate(unrolled.tests):
            columns[number, place], remaining[number, place] = column, _EVERY_LEAF & ~left
            thresholds[number, place] = _rounded_down(threshold)
        parts[number, : len(unrolled.leaves)] = unrolled.leaves
    return Forest(features, columns, thresholds, remaining, parts)


class _Unrolled:
    """One tree as tests (column, threshold, bits of the leaves on its left) and leaves from left to right."""

    def __init__(self, tree: Mapping[str, Any], features: int) -> None:
        self.tests: list[tuple[int, float, int]] = []
        self.leaves: list[NDArray[np.float64]] = []
        self._walk(tree, np.zeros(features))

    def _walk(self, node: Mapping[str, Any], parts: NDArray[np.float64]) -> None:
        if "split_feature" not in node:
            self.leaves.append(parts)
            return
        column, first = int(node["split_feature"]), len(self.leaves)
        here = _mean(node)
        for child in (node["left_child"], node["right_child"]):
            moved = parts.copy()
            moved[column] += _mean(child) - here
            self._walk(child, moved)
            if child is node["left_child"]:
                left = (1 << len(self.leaves)) - (1 << first)
                self.tests.append((column, float(node["threshold"]), left))


def _mean(node: Mapping[str, Any]) -> float:
    """Return the mean value of the training rows below a node."""
    return _sum(node) / max(1, _count(node))


def _sum(node: Mapping[str, Any]) -> float:
    if "split_feature" not in node:
        return float(node["leaf_value"]) * _count(node)
    return _sum(node["left_child"]) + _sum(node["right_child"])


def _count(node: Mapping[str, Any]) -> int:
    return int(node["internal_count"] if "split_feature" in node else node.get("leaf_count", 1))


def _rounded_down(threshold: float) -> np.float32:
    """Return the largest float32 that is not above: float32 values then pass the test as float64 ones do."""
    rounded = np.float32(threshold)
    return rounded if rounded <= threshold else np.nextafter(rounded, np.float32(-np.inf))
