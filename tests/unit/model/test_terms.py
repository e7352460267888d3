"""The parts of a score, against the plain formula they are a fast form of."""

from __future__ import annotations

import numpy as np
import pytest

from quintet.data.dataset import Dataset
from quintet.model import features
from quintet.model.config import COSINE, EUCLIDEAN, PLAIN, ModelConfig
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender


def dense(fitted: FittedModel, unit: bool) -> tuple[np.ndarray, np.ndarray]:
    kinds = fitted.genres.vectors.matrix.toarray()[fitted.genres.set_of_row].astype(np.float64)
    sounds = fitted.audio.unit_vectors.astype(np.float64)
    return kinds, sounds if unit else sounds * fitted.audio.lengths[:, None]


@pytest.mark.parametrize("weights", [(0.5, 0.5), (0.2, 0.8)])
def test_a_score_is_the_weighted_mean_of_two_cosines(
    small_dataset: Dataset, weights: tuple[float, float]
) -> None:
    fitted = features.fit(small_dataset, ModelConfig(*weights, recipe=PLAIN))
    seeds = np.array(fitted.tracks.rows(["a1", "b1"]))
    expected = 0.0
    for weight, block in zip(weights, dense(fitted, unit=True), strict=True):
        profile = block[seeds].mean(axis=0)
        expected = expected + weight * block @ profile / np.linalg.norm(profile)
    known = fitted.genres.set_of_row > 0
    assert Recommender(fitted).scores(seeds)[known] == pytest.approx(expected[known], abs=1e-6)


def test_a_dot_product_of_root_weighted_vectors_is_the_score_of_one_seed(small_dataset: Dataset) -> None:
    fitted = features.fit(small_dataset, ModelConfig(0.3, 0.7, COSINE, recipe=PLAIN))
    kinds, sounds = dense(fitted, unit=True)
    vectors = np.hstack([np.sqrt(0.3) * kinds, np.sqrt(0.7) * sounds])
    known = fitted.genres.set_of_row > 0
    scores = Recommender(fitted).scores(np.array([0]))
    assert scores[known] == pytest.approx((vectors @ vectors[0])[known], abs=1e-6)


def test_the_euclidean_score_is_one_minus_half_the_squared_distance(small_dataset: Dataset) -> None:
    fitted = features.fit(small_dataset, ModelConfig(0.3, 0.7, EUCLIDEAN, recipe=PLAIN))
    seeds = np.array(fitted.tracks.rows(["a1", "b1"]))
    squared = 0.0
    for weight, block in zip((0.3, 0.7), dense(fitted, unit=False), strict=True):
        squared = squared + weight * ((block - block[seeds].mean(axis=0)) ** 2).sum(axis=1)
    known = fitted.genres.set_of_row > 0
    assert Recommender(fitted).scores(seeds)[known] == pytest.approx((1 - squared / 2)[known], abs=1e-5)


def test_a_track_without_genres_gets_a_middling_genre_score(small_dataset: Dataset) -> None:
    fitted = features.fit(small_dataset, ModelConfig(1, 0, unknown_quantile=0.5, recipe=PLAIN))
    scores = Recommender(fitted).scores(np.array(fitted.tracks.rows(["a1"])))
    unknown = fitted.tracks.row("a5")
    assert scores.min() < scores[unknown] + 1e-9
    assert scores[unknown] < scores.max()
