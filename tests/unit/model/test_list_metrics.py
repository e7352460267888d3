"""What is said of a list is what an evaluation says of it."""

from __future__ import annotations

import numpy as np
import pytest

from quintet.data.dataset import Dataset
from quintet.model import features
from quintet.model.evaluation.baselines import plain
from quintet.model.list_metrics import ListMeter
from quintet.model.recommender import Recommender


@pytest.mark.parametrize("rows", [[0, 1, 2], [0, 4, 7, 11], [3, 4]])
def test_diversity_is_one_minus_the_mean_cosine_of_pairs_in_the_plain_space(
    small_dataset: Dataset, rows: list[int]
) -> None:
    fitted = features.fit(small_dataset)
    cosines = Recommender(plain(fitted)).cosines(np.array(rows), np.array(rows))
    expected = 1 - cosines[~np.eye(len(rows), dtype=bool)].mean()
    measured = ListMeter(fitted).measure(np.array(rows))
    assert measured.intra_list_diversity == pytest.approx(expected, abs=1e-6)


def test_popularity_artists_and_novelty_of_a_list(small_dataset: Dataset) -> None:
    measured = ListMeter(features.fit(small_dataset)).measure(np.array([0, 1, 2]))
    assert measured.mean_popularity == pytest.approx((70 + 50 + 50) / 3)
    assert measured.artists == 2
    assert measured.novelty == pytest.approx(-np.log2([12 / 13, 11 / 13, 11 / 13]).mean())


@pytest.mark.parametrize("rows", [[], [5]])
def test_a_list_of_one_or_none_is_not_diverse(small_dataset: Dataset, rows: list[int]) -> None:
    measured = ListMeter(features.fit(small_dataset)).measure(np.array(rows, dtype=np.intp))
    assert measured.intra_list_diversity == 0
    assert measured.artists == len(rows)
