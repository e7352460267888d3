"""Means of ratings and their intervals: honest with few ratings, and with raters who give many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from quintet.data.ratings import Tally, mean_interval, summarise, t_quantile

RATED = st.lists(
    st.integers(1, 30).flatmap(lambda n: st.tuples(st.just(n), st.integers(n, 5 * n))),
    min_size=1,
    max_size=30,
)


@pytest.mark.parametrize("freedom", [2, 3, 5, 10, 30, 1000])
def test_the_quantile_is_students(freedom: int) -> None:
    assert t_quantile(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=0.01)


@given(rated=RATED)
def test_an_interval_holds_the_mean_and_stays_on_the_scale(rated: list[tuple[int, int]]) -> None:
    low, high = mean_interval(rated)
    mean = sum(total for _, total in rated) / sum(count for count, _ in rated)
    assert 1 <= low <= mean <= high <= 5
    assert low < high


def test_the_interval_holds_the_truth_as_often_as_it_says_although_raters_differ() -> None:
    rng = np.random.default_rng(0)
    truth, hits, trials = 3.0, 0, 400
    for _ in range(trials):
        tastes = rng.normal(truth, 0.8, 40)  # each rater has a level of their own
        rated = [
            (count, int(np.clip(np.rint(rng.normal(taste, 0.7, count)), 1, 5).sum()))
            for taste, count in zip(tastes, rng.integers(1, 15, 40), strict=True)
        ]
        low, high = mean_interval(rated)
        hits += low <= truth <= high
    assert 0.92 <= hits / trials <= 0.985


def test_few_and_equal_ratings_are_not_certain() -> None:
    assert mean_interval([(1, 5)]) == (1, 5)
    assert mean_interval([(1, 5)] * 3)[0] < 3
    assert mean_interval([(1, 5)] * 300)[0] > 4.9


def test_a_thousand_ratings_of_one_rater_say_less_than_those_of_a_thousand() -> None:
    one, many = mean_interval([(600, 2400), (400, 800)]), mean_interval([(1, 4)] * 600 + [(1, 2)] * 400)
    assert one[1] - one[0] > 5 * (many[1] - many[0])


def test_versions_are_summed_up_newest_first_by_number() -> None:
    tallies = [Tally("9", "ann", 2, 8), Tally("10", "ann", 1, 3, bad=1), Tally("9", "bob", 0, 0, 1)]
    newest, older = summarise(tallies)
    assert (newest.model_version, newest.ratings, newest.mean, newest.bad) == ("10", 1, 3.0, 1)
    assert (older.model_version, older.ratings, older.raters, older.mean) == ("9", 2, 1, 4.0)
    assert older.already_known == 1


def test_a_version_that_was_never_rated_has_no_mean() -> None:
    (version,) = summarise([Tally("9", "bob", already_known=1)])
    assert (version.ratings, version.mean, version.low, version.high) == (0, None, None, None)
