"""What is measured of ranked lists, and how sure one can be of it. No list is made here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MEASURES = ("ndcg_at_10", "ndcg_at_100", "r_precision", "recall_at_100", "hit_rate_at_10")
SHORT, LONG = 10, 100
DRAWS = 2_000
_DISCOUNTS = 1 / np.log2(np.arange(2, LONG + 2))


def judge(listed: Sequence[int], truth: frozenset[int]) -> Floats:
    """Return the `MEASURES` of one list.

    Parameters
    ----------
    listed : sequence of int
        Recordings, best first; as many as there are in `truth`, and at least `LONG`, if there are so many.
    truth : frozenset of int
        What should be found; not empty.

    Returns
    -------
    float64 array, shape (5,)
        Each 0–1. nDCG with gain 1 a hit and log2 discount, over the best one could reach at that length.
    """
    hits = np.array([recording in truth for recording in listed], dtype=np.float64)
    return np.array(
        [
            _ndcg(hits, len(truth), SHORT),
            _ndcg(hits, len(truth), LONG),
            hits[: len(truth)].sum() / len(truth),
            hits[:LONG].sum() / len(truth),
            float(hits[:SHORT].any()),
        ]
    )


def _ndcg(hits: Floats, wanted: int, length: int) -> float:
    found = hits[:length]
    return float(found @ _DISCOUNTS[: len(found)] / _DISCOUNTS[: min(wanted, length)].sum())


@dataclass(frozen=True, slots=True)
class Interval:
    """A value and the 95 % interval of a bootstrap over lists."""

    value: float
    low: float
    high: float

    @property
    def is_finite(self) -> bool:
        """Whether the value is a number."""
        return bool(np.isfinite(self.value))

    def __str__(self) -> str:
        return f"{self.value:.4f} [{self.low:.4f} {self.high:.4f}]"


def mean(values: Floats) -> Interval:
    """Return the mean of values, shape (lists,), and its interval."""
    means = _weights(len(values)) @ values
    return Interval(float(values.mean()), *_ends(means))


def difference(values: Floats, others: Floats) -> Interval:
    """Return the mean of `values - others`, paired by list, and its interval."""
    return mean(values - others)


def ratio(values: Floats, others: Floats) -> Interval:
    """Return the mean of `values` over the mean of `others`, paired by list, and its interval.

    Infinite where the others' mean is 0.
    """
    weights = _weights(len(values))
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = (weights @ values) / (weights @ others)
        whole = float(np.divide(values.mean(), others.mean()))
    return Interval(whole, *_ends(drawn))


def _weights(count: int) -> Floats:
    """Return how often each list is drawn, as a share, shape (DRAWS, lists); the same for the same count."""
    random = np.random.default_rng(count)
    return random.multinomial(count, np.full(count, 1 / count), DRAWS) / count


def _ends(drawn: Floats) -> tuple[float, float]:
    low, high = np.percentile(drawn, [2.5, 97.5])
    return float(low), float(high)
