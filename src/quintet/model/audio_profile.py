"""Where tracks stand in the catalogue by each audio feature, as percentiles: the picture of a taste.

numpy only; nothing is scored here.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from quintet.data.schema import FEATURE_NAMES
from quintet.model.audio import SCALED
from quintet.model.seeds import Guest

SAMPLE = 20_000  # tracks that stand for the catalogue: percentiles are off by half a percent at most

PROFILED = SCALED
"""The features with a more and a less: not key, mode and time signature."""
_COLUMNS = [FEATURE_NAMES.index(name) for name in PROFILED]


class AudioProfiles:
    """Percentiles of audio features within a catalogue.

    Parameters
    ----------
    features : float32 array, shape (n, 12)
        Every track's features, columns as `data.schema.FEATURE_NAMES`; NaN where missing.
    """

    def __init__(self, features: NDArray[np.float32]) -> None:
        self._features = features
        step = max(1, -(-len(features) // SAMPLE))
        ordered = np.sort(features[::step, _COLUMNS].T, axis=1)  # NaN go to the end
        self._ordered = [values[: np.count_nonzero(~np.isnan(values))] for values in ordered]

    def profile(self, rows: NDArray[np.intp], guests: Sequence[Guest] = ()) -> dict[str, float]:
        """Return the tracks' mean percentile by each feature.

        Parameters
        ----------
        rows : intp array
            Rows of the catalogue.
        guests : sequence of Guest
            Songs from outside that count as well.

        Returns
        -------
        dict of str to float
            0 (least of the catalogue) to 1 (most), rounded to 3 places; equal tracks share their middle. A
            feature that none of the tracks has is left out.
        """
        features = [self._features[rows], *(guest.features[None] for guest in guests)]
        wanted = np.concatenate(features)[:, _COLUMNS]
        found = {}
        for name, values, ordered in zip(PROFILED, wanted.T, self._ordered, strict=True):
            known = values[~np.isnan(values)]
            if len(known) and len(ordered):
                found[name] = round(float(_percentiles(known, ordered).mean()), 3)
        return found


def _percentiles(values: NDArray[np.float32], ordered: NDArray[np.float32]) -> NDArray[np.float64]:
    below, not_above = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return (below + not_above) / (2 * len(ordered))
