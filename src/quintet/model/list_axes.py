"""Axes on which tracks of one playlist lie together, learnt from playlists and what tracks say of themselves.

The batch side's. A track that is in no playlist has a place like any other. Trees are `list_learning`'s.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from quintet.model.fitted import FittedModel
from quintet.model.learning import normal_ranks, sums, word_space
from quintet.model.terms import Rows

Floats = NDArray[np.float64]
SHRINKAGE, AXES, DOUBT = 0.1, 32, 0.3
GENRE_DIMENSIONS, WORD_DIMENSIONS, SEED = 64, 50, 0


def content_vectors(fitted: FittedModel) -> Floats:
    """Return everything a track says about itself as one centred vector, shape (n, d): a row a track."""
    tracks, artists = fitted.tracks, fitted.artists.of_row
    years = np.where(fitted.years.known, fitted.years.values, np.nan)[fitted.years.of_row]
    year, fame = normal_ranks(years), normal_ranks(tracks.popularity.astype(np.float64))
    sound = fitted.audio.unit_vectors
    counts = np.bincount(artists, minlength=len(fitted.artists.scenes))
    of_artist = normalize(sums(sound, artists) / (counts[: int(artists.max()) + 1, None] + 1))[artists]
    texts = list(zip(tracks.track_name, tracks.album_name, tracks.first_artists, strict=True))
    parts = [
        np.column_stack([year, fame, year * year, year * fame, fitted.genres.set_of_row > 0]),
        fitted.audio.scaled(np.arange(len(tracks))),
        2 * sound,
        2 * of_artist,
        3 * fitted.artists.scenes[artists],
        4 * _genre_places(fitted)[fitted.genres.set_of_row],
        2 * word_space(texts)[:, :WORD_DIMENSIONS],
    ]
    vectors = np.hstack(parts).astype(np.float64)
    return np.asarray(vectors - vectors.mean(axis=0))


def _genre_places(fitted: FittedModel) -> Floats:
    """Place the distinct genre sets, shape (s, d); d is 0 where there are too few."""
    vectors = fitted.genres.vectors.matrix
    size = min(GENRE_DIMENSIONS, min(vectors.shape) - 1)
    if size < 1:
        return np.zeros((vectors.shape[0], 0))
    return np.asarray(TruncatedSVD(size, random_state=SEED).fit_transform(vectors))


@dataclass(frozen=True, eq=False)
class Moments:
    """What some playlists say of how content varies within and between playlists; moments add up.

    Parameters
    ----------
    within, between : float64 array, shape (d, d)
        Sums of squares, each playlist weighted by the root of its length.
    weight : float
        The sum of those weights.
    """

    within: Floats
    between: Floats
    weight: float

    @classmethod
    def of(cls, vectors: Floats, lists: Sequence[Rows]) -> Moments:
        """Count playlists, given by the rows of their tracks."""
        within, between = np.zeros((2, vectors.shape[1], vectors.shape[1]))
        for rows in lists:
            middle = vectors[rows].mean(axis=0)
            apart = vectors[rows] - middle
            within += apart.T @ apart / np.sqrt(len(rows))
            between += np.outer(middle, middle) * np.sqrt(len(rows))
        return cls(within, between, float(sum(np.sqrt(len(rows)) for rows in lists)))


class ListAxes:
    """Linear discriminant analysis with playlists as classes, over any of several folds of them.

    Parameters
    ----------
    vectors : float64 array, shape (n, d)
        See `content_vectors`.
    lists : sequence of int arrays
        The rows of each playlist's tracks.
    folds : sequence of int
        The fold of each playlist.
    """

    def __init__(self, vectors: Floats, lists: Sequence[Rows], folds: Sequence[int]) -> None:
        self._vectors = vectors
        self._moments = {
            fold: Moments.of(vectors, [rows for rows, of in zip(lists, folds, strict=True) if of == fold])
            for fold in sorted(set(folds))
        }
        self._found: dict[frozenset[int], NDArray[np.float32]] = {}

    def without(self, folds: Collection[int] = ()) -> NDArray[np.float32]:
        """Return every track's place, float32, shape (n, AXES), L2-normalised: the other folds' teaching."""
        left_out = frozenset(folds) & frozenset(self._moments)
        if left_out not in self._found:
            kept = [moments for fold, moments in self._moments.items() if fold not in left_out]
            self._found[left_out] = normalize(self._vectors @ _axes(kept)).astype(np.float32)
        return self._found[left_out]


def _axes(moments: Sequence[Moments]) -> Floats:
    """Whiten what varies within playlists; keep the axes that tell them apart, the surest at most weight."""
    weight = sum(each.weight for each in moments)
    within = np.sum([each.within for each in moments], axis=0) / weight
    between = np.sum([each.between for each in moments], axis=0) / weight
    size = len(within)
    ball = np.eye(size) * max(np.trace(within) / size, 1e-9)
    variances, directions = np.linalg.eigh((1 - SHRINKAGE) * within + SHRINKAGE * ball)
    whitening = directions / np.sqrt(variances) @ directions.T
    ratios, axes = np.linalg.eigh(whitening @ between @ whitening)
    ratios, axes = np.maximum(ratios[::-1][:AXES], 0), axes[:, ::-1][:, :AXES]
    return np.asarray(whitening @ axes * np.sqrt(ratios / (ratios + DOUBT)))
