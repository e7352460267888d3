"""How far new audio features are from those that stood before: the population stability index. Pure."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from quintet.data.schema import AUDIO_FEATURES

BINS = 10
FEWEST = 30  # below this many values on either side the index says more of chance than of drift
_LEAST_SHARE = 1e-4  # an empty bin must not make the index infinite


def feature_drift(before: pd.DataFrame, came: pd.DataFrame) -> dict[str, float]:
    """Return the population stability index of each feature both frames have enough of.

    Below 0.1 the two are alike; above 0.25 the sound of what came is another.

    Parameters
    ----------
    before, came : DataFrame
        Columns of `data.schema.FEATURE_NAMES`, missing values NaN; row order is of no matter.
    """
    found = {}
    for feature in AUDIO_FEATURES:
        old, new = (frame[feature.name].dropna().to_numpy(dtype=np.float64) for frame in (before, came))
        if min(len(old), len(new)) >= FEWEST:
            found[feature.name] = round(stability_index(old, new), 4)
    return found


def stability_index(before: npt.NDArray[np.float64], came: npt.NDArray[np.float64]) -> float:
    """Return the index over the deciles of `before`: the sum of (q - p) ln(q / p) over the bins."""
    inner = np.unique(np.quantile(before, np.linspace(0, 1, BINS + 1)[1:-1]))
    shares = []
    for values in (before, came):
        counts = np.bincount(np.searchsorted(inner, values, side="left"), minlength=len(inner) + 1)
        shares.append(np.maximum(counts / len(values), _LEAST_SHARE))
    old, new = shares
    return float(np.sum((new - old) * np.log(new / old)))
