"""The best rows, against a full sort."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.model.ranking import best_rows


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=300), st.integers(1, 310))
def test_the_best_rows_are_those_of_a_full_sort(values: list[int], count: int) -> None:
    scores = np.array(values, dtype=np.float32)
    popularity = np.array([value % 3 for value in range(len(values))], dtype=np.float32)
    expected = sorted(range(len(values)), key=lambda row: (-scores[row], -popularity[row], row))
    assert best_rows(scores, count, popularity)[:count].tolist() == expected[:count]


@pytest.mark.parametrize("count", [1, 10, 500, 40_000])
def test_a_guess_that_is_too_high_is_mended(count: int) -> None:
    scores = np.full(40_000, 0.5, dtype=np.float32)
    scores[::4] = 1.0  # the sample is spaced evenly and sees only these
    scores[1::4] = np.linspace(0, 0.4, 10_000, dtype=np.float32)
    rows = best_rows(scores, count, np.zeros(40_000, dtype=np.float32))
    assert scores[rows[:count]].tolist() == sorted(scores, reverse=True)[:count]
