"""Trees as arrays: they say what LightGBM says, and every part of it has an owner."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from quintet.model.forest import Forest
from quintet.model.growing import Candidates, forest_of, grow
from quintet.model.reranking import FEATURES

LISTS, CANDIDATES = 60, 40


@pytest.fixture(scope="module")
def grown() -> tuple[Forest, NDArray[np.float32], NDArray[np.float64]]:
    """A forest, the rows it was grown from, and what LightGBM says of these."""
    random = np.random.default_rng(3)
    rows = random.integers(0, 9, (LISTS * CANDIDATES, len(FEATURES))).astype(np.float32) / 8
    belongs = rows[:, 2] * rows[:, 4] + random.normal(0, 0.1, len(rows)) > 0.5
    grades = belongs.astype(np.int8)
    nothing, one = np.zeros(len(rows)), np.ones(len(rows))
    booster = grow(Candidates(rows, grades, [CANDIDATES] * LISTS, nothing, one))
    return forest_of(booster, FEATURES), rows, booster.predict(rows)


def test_arrays_say_what_lightgbm_says(
    grown: tuple[Forest, NDArray[np.float32], NDArray[np.float64]],
) -> None:
    forest, rows, predicted = grown
    sums = forest.sums(forest.leaves(rows))
    apart = predicted - sums  # the same for all: the mean of the training, which orders nothing
    assert np.ptp(predicted) > 1
    assert np.ptp(apart) < 1e-4


def test_the_parts_of_the_features_add_up_and_go_to_those_that_matter(
    grown: tuple[Forest, NDArray[np.float32], NDArray[np.float64]],
) -> None:
    forest, rows, _ = grown
    leaves = forest.leaves(rows)
    shares = forest.shares(leaves)
    assert np.allclose(shares.sum(axis=1), forest.sums(leaves), atol=1e-5)
    by_feature = np.abs(shares).mean(axis=0)
    assert set(np.argsort(-by_feature)[:2]) == {2, 4}


def test_a_value_on_a_threshold_goes_left_as_in_lightgbm() -> None:
    columns = np.zeros((1, 15), np.int16)
    thresholds = np.full((1, 15), np.inf, np.float32)
    remaining = np.full((1, 15), 0xFFFF, np.uint16)
    thresholds[0, 0], remaining[0, 0] = 0.5, 0xFFFE
    parts = np.zeros((1, 16, 1), np.float32)
    parts[0, :2, 0] = [-1, 1]
    forest = Forest(("only",), columns, thresholds, remaining, parts)
    rows = np.array([[0.4], [0.5], [np.nextafter(np.float32(0.5), np.float32(1))]], np.float32)
    assert forest.sums(forest.leaves(rows)).tolist() == [-1, -1, 1]
