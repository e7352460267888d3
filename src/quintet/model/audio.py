"""Audio features as vectors: how each feature is bent, scaled and laid out.

numpy only, so that serving can place a track. The scale is learnt in `features`; scores are made in `terms`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quintet.data.schema import FEATURE_NAMES

Floats = NDArray[np.float64]
CLIP = 3.0  # scaled values: about three standard deviations; one odd feature must not decide a distance
KEY_RADIUS = 0.5  # of the circle of fifths: harmony counts for less than one full feature
MODE_WEIGHT = 0.5
CLEARLY = (
    0.4  # standard deviations from the middle at which a feature is worth a word; less than a mode's 0.5
)
# Shares whose word is true only from some value on, however rare it is in the catalogue.
_LEAST = {"instrumentalness": 0.5, "speechiness": 0.2, "acousticness": 0.4, "liveness": 0.5}


def _log_share(offset: float) -> Callable[[Floats], Floats]:
    """Spread a share that piles up near 0: log10(share + offset)."""
    return lambda share: np.log10(np.clip(share, 0, 1) + offset)


# Bends before scaling. Time signature is left out: nearly always 4, and several sources lack it.
_BENDS: dict[str, Callable[[Floats], Floats]] = {
    "danceability": lambda share: share,
    "energy": lambda share: share,
    "loudness": lambda db: np.clip(db, -40.0, 0.0),
    "speechiness": _log_share(0.01),
    "acousticness": np.sqrt,
    "instrumentalness": _log_share(0.001),
    "liveness": _log_share(0.03),
    "valence": lambda share: share,
    "tempo": lambda bpm: np.log2(np.clip(bpm, 20.0, 300.0)),
}
SCALED = tuple(_BENDS)
DIMENSIONS = (*SCALED, "mode", "key", "key")
"""The feature each of the 12 dimensions belongs to; key takes two."""


def bend(features: NDArray[np.floating]) -> Floats:
    """Straighten the skewed features.

    Parameters
    ----------
    features : float array, shape (n, 12)
        Columns as `data.schema.FEATURE_NAMES`; NaN where missing.

    Returns
    -------
    float64 array, shape (n, 9)
        Columns as `SCALED`; log tempo, clipped dB, log shares; NaN where missing.
    """
    columns = [_BENDS[name](features[:, FEATURE_NAMES.index(name)].astype(np.float64)) for name in SCALED]
    return np.stack(columns, axis=1)


def harmony(features: NDArray[np.floating]) -> Floats:
    """Return mode and place on the circle of fifths, shape (n, 3); NaN where missing.

    A minor key stands where its relative major stands, three semitones up: they share their notes. A fifth,
    seven semitones, is one step of twelve around the circle.
    """
    key = features[:, FEATURE_NAMES.index("key")].astype(np.float64)
    mode = features[:, FEATURE_NAMES.index("mode")].astype(np.float64)
    key = np.where(key < 0, np.nan, key)
    tonic = key + np.where(mode == 0, 3, 0)
    angle = 2 * np.pi * ((tonic * 7) % 12) / 12
    sides = MODE_WEIGHT * (2 * mode - 1)
    return np.stack([sides, KEY_RADIUS * np.cos(angle), KEY_RADIUS * np.sin(angle)], axis=1)


@dataclass(frozen=True, slots=True)
class AudioScale:
    """Where each bent feature is centred and what its unit is.

    Parameters
    ----------
    centre, unit : tuple of 9 floats
        Median and robust spread of the columns `SCALED`.
    length : float
        The typical (median) length of a scaled vector, so that lengths are about 1.
    """

    centre: tuple[float, ...]
    unit: tuple[float, ...]
    length: float = 1.0

    def scale(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """Place tracks in the audio space.

        Parameters
        ----------
        features : float array, shape (n, 12)
            Columns as `data.schema.FEATURE_NAMES`; NaN where missing.

        Returns
        -------
        float32 array, shape (n, 12)
            Columns as `DIMENSIONS`. A missing value becomes 0, the middle of the catalogue, so that it speaks
            neither for nor against a track.
        """
        scaled = (bend(features) - self.centre) / self.unit
        vectors = np.hstack([np.clip(scaled, -CLIP, CLIP), harmony(features)]) / self.length
        return np.nan_to_num(vectors, nan=0.0).astype(np.float32)


@dataclass(frozen=True, eq=False)
class AudioBlock:
    """The audio side of the space.

    Parameters
    ----------
    scale : AudioScale
        How a track's features are scaled.
    axes : float32 array, shape (12, d)
        What the scaled features are multiplied by: the identity, or a metric learnt from artists.
    features : float32 array, shape (n, 12)
        Every track's features, columns as `data.schema.FEATURE_NAMES`.
    unit_vectors : float32 array, shape (n, d)
        Scaled features on the axes, L2-normalised; zeros for a track without audio features.
    lengths : float32 array, shape (n,)
        What they were divided by; 0 for a track without audio features.
    """

    scale: AudioScale
    axes: NDArray[np.float32]
    features: NDArray[np.float32]
    unit_vectors: NDArray[np.float32]
    lengths: NDArray[np.float32]

    @cached_property
    def without_audio(self) -> NDArray[np.intp]:
        """The rows of tracks without audio features."""
        return np.flatnonzero(self.lengths == 0)

    def directions(self, features: NDArray[np.float32], scaled: NDArray[np.float32]) -> NDArray[np.int8]:
        """Return, shape (rows, 12), 1 where a track is clearly above the middle, -1 below, else 0.

        `scaled` is the features of these tracks scaled: making it costs more than all the rest.
        """
        least = CLEARLY / self.scale.length
        above, below = scaled >= least, scaled <= -least
        for name, least in _LEAST.items():  # above the others, and yet plainly sung, is not instrumental
            above[:, DIMENSIONS.index(name)] &= features[:, FEATURE_NAMES.index(name)] >= least
        return above.astype(np.int8) - below.astype(np.int8)

    def scaled(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """Return the scaled features of a few tracks, shape (rows, 12), columns as `DIMENSIONS`."""
        return self._all_scaled[rows]

    @cached_property
    def _all_scaled(self) -> NDArray[np.float32]:
        """Scaling a few tracks costs a list as much as scoring it: all are scaled once, 48 bytes a track."""
        return self.scale.scale(self.features)

    def mean(self, rows: NDArray[np.integer[Any]], unit: bool) -> NDArray[np.float32]:
        """Return the mean vector, shape (d,), of tracks that have audio: at least one.

        `unit` says whether each track's vector counts with length 1 or with its own.
        """
        vectors = self.unit_vectors[rows]
        mean = (vectors if unit else vectors * self.lengths[rows, None]).mean(axis=0)
        return np.asarray(mean, dtype=np.float32)


def normalise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Split vectors, shape (n, d), into unit vectors and lengths, shape (n,); zero vectors stay zero."""
    lengths = np.linalg.norm(vectors, axis=1).astype(np.float32)
    unit = vectors / np.where(lengths > 0, lengths, np.float32(1))[:, None]
    return unit.astype(np.float32), lengths
