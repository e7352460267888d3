"""Measures of lists, against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from quintet.model.evaluation.measures import difference, judge, mean, ratio


def test_a_perfect_list_reaches_one_in_everything() -> None:
    assert judge(range(150), frozenset(range(20))) == pytest.approx(1)


def test_a_list_without_a_hit_reaches_nothing() -> None:
    assert judge(range(100, 250), frozenset(range(20))) == pytest.approx(0)


def test_hits_count_less_the_lower_they_stand() -> None:
    ndcg10, _, precision, recall, hit = judge([9, 1, 8, 2, *range(100, 200)], frozenset({1, 2, 3, 4}))
    best = 1 + 1 / np.log2(3) + 1 / 2 + 1 / np.log2(5)
    assert ndcg10 == pytest.approx((1 / np.log2(3) + 1 / np.log2(5)) / best)
    assert (precision, recall, hit) == (0.5, 0.5, 1.0)  # two of four in the first four


def test_an_interval_holds_the_mean_and_narrows_with_more_lists() -> None:
    values = np.random.default_rng(1).random(50)
    few, many = mean(values), mean(np.tile(values, 20))
    assert few.low < few.value < few.high
    assert many.high - many.low < few.high - few.low


def test_comparisons_are_paired_by_list() -> None:
    values = np.random.default_rng(1).random(50)
    found = difference(values + 0.1, values)
    assert (found.low, found.value, found.high) == pytest.approx((0.1, 0.1, 0.1))
    doubled = ratio(2 * values, values)
    assert (doubled.low, doubled.value, doubled.high) == pytest.approx((2, 2, 2))
