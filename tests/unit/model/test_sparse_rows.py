"""Sparse vectors by row give what dense ones give."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from quintet.model.sparse_rows import SparseRows


@st.composite
def matrices(draw: st.DrawFn) -> NDArray[np.float32]:
    """Draw small matrices, mostly zero, some rows and columns empty."""
    rows, columns = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    cells = draw(
        st.lists(st.sampled_from([0, 0, 0, 0.5, -1, 2]), min_size=rows * columns, max_size=rows * columns)
    )
    return np.array(cells, dtype=np.float32).reshape(rows, columns)


@given(matrices(), st.data())
def test_means_products_and_pairs_are_those_of_the_dense_rows(
    dense: NDArray[np.float32], data: st.DataObject
) -> None:
    sparse = SparseRows(csr_matrix(dense))
    numbers = st.lists(st.integers(0, len(dense) - 1), min_size=1, max_size=5)
    rows, others = np.array(data.draw(numbers)), np.array(data.draw(numbers))
    profile = sparse.mean(rows)
    assert profile == pytest.approx(dense[rows].mean(axis=0))
    assert sparse.product(profile) == pytest.approx(dense @ profile, abs=1e-6)
    assert sparse.pairs(rows, others) == pytest.approx(dense[rows] @ dense[others].T)


def test_rows_without_columns_have_empty_profiles_and_no_likeness() -> None:
    nothing = SparseRows(csr_matrix((3, 0), dtype=np.float32))
    assert nothing.mean(np.array([0, 1])).shape == (0,)
    assert nothing.product(np.zeros(0, dtype=np.float32)).tolist() == [0, 0, 0]
    assert nothing.pairs(np.array([0]), np.array([1, 2])).tolist() == [[0, 0]]
