"""Evaluation: the numbers of a catalogue whose answers are known, and what every number promises."""

from __future__ import annotations

import numpy as np
import pytest

from quintet.data.dataset import Dataset
from quintet.model import features
from quintet.model.config import COSINE, EUCLIDEAN, PLAIN, ModelConfig
from quintet.model.evaluation import lone_tracks as evaluation
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender


@pytest.fixture(scope="module")
def fitted(small_dataset: Dataset) -> FittedModel:
    return features.fit(small_dataset, ModelConfig(recipe=PLAIN))


def test_every_metric_and_length_is_evaluated_once(fitted: FittedModel) -> None:
    results = evaluation.evaluate(fitted)
    assert [(result.metric, result.k) for result in results] == [
        (metric, k) for metric in (COSINE, EUCLIDEAN) for k in (3, 5, 7)
    ]
    assert all("avg_test_similarity" in result.values for result in results[:3])
    assert all("avg_test_distance" in result.values for result in results[3:])


def test_the_same_evaluation_gives_the_same_numbers(fitted: FittedModel) -> None:
    assert evaluation.evaluate(fitted) == evaluation.evaluate(fitted)


def test_genre_precision_counts_tracks_that_share_a_genre(fitted: FittedModel) -> None:
    recommender = Recommender(fitted)
    rows = fitted.tracks.rows(["a1", "a2", "a3", "b1", "a5"])
    lists = [(rows[0], np.array(rows[1:]), [0.9, 0.8, 0.7, 0.6])]
    measured = evaluation.measure(recommender, lists, 4)
    assert measured["genre_precision"] == pytest.approx(0.5)  # a2 and a3 share folk, b1 does not, a5 has none
    assert measured["avg_test_similarity"] == pytest.approx(0.75)
    assert measured["catalogue_coverage"] == pytest.approx(4 / 13)


def test_a_list_of_twins_has_no_diversity(fitted: FittedModel) -> None:
    rows = fitted.tracks.rows(["b1", "b4", "b5"])
    lists = [(rows[0], np.array(rows[1:]), [1.0, 1.0])]
    assert evaluation.measure(Recommender(fitted), lists, 2)["intra_list_diversity"] == pytest.approx(
        0, abs=1e-6
    )


def test_distance_is_measured_in_the_space_that_ranks(fitted: FittedModel) -> None:
    recommender = Recommender(fitted.with_metric(EUCLIDEAN))
    seed, other = fitted.tracks.rows(["a1", "a2"])
    score = float(recommender.scores(np.array([seed]))[other])
    measured = evaluation.measure(recommender, [(seed, np.array([other]), [score])], 1)
    audio, genres = fitted.audio, fitted.genres
    sounds = audio.unit_vectors * audio.lengths[:, None]
    kinds = genres.vectors.matrix[genres.set_of_row].toarray()
    squared = (
        0.5 * ((sounds[seed] - sounds[other]) ** 2).sum() + 0.5 * ((kinds[seed] - kinds[other]) ** 2).sum()
    )
    assert measured["avg_test_distance"] == pytest.approx(np.sqrt(squared), abs=1e-3)


def test_held_out_tracks_are_not_recommended(fitted: FittedModel) -> None:
    held_out = np.array(fitted.tracks.rows(["a1", "a2"]))
    lists = evaluation.make_lists(Recommender(fitted), held_out, 20)
    assert not any(set(held_out.tolist()) & set(rows.tolist()) for _, rows, _ in lists)
