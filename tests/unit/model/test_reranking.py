"""The second look: what it may do to any scores, whatever the trees say."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.model.forest import Forest
from quintet.model.reranking import BOUND, LEARNT, SCALE, SecondLook

MOVES = st.floats(-20, 20, width=32)
SCORES = st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=30)


def look(moves: list[float], pool: list[int]) -> SecondLook:
    """A second look of one tree, each row in a leaf of its own; two features share what a leaf adds."""
    parts = np.zeros((1, 16, 2), np.float32)
    for leaf, move in enumerate(moves):
        parts[0, leaf] = [move * SCALE * 0.25, move * SCALE * 0.75]
    nothing = np.zeros((1, 15), np.int16)
    forest = Forest(
        ("artist:nearest seed", "year"), nothing, nothing.astype(np.float32), nothing.astype(np.uint16), parts
    )
    return SecondLook(forest, np.array(pool, dtype=np.intp), np.arange(len(pool), dtype=np.int8)[:, None])


@given(SCORES, st.lists(MOVES, min_size=1, max_size=16))
def test_the_pool_stays_ahead_of_all_others_and_these_keep_their_order(
    scores: list[float], moves: list[float]
) -> None:
    before = np.array(scores, dtype=np.float32)
    order = np.argsort(-before, kind="stable")
    pool, others = order[: len(moves)], order[len(moves) :]
    after = look(moves[: len(pool)], pool.tolist()).moved(before)
    assert np.isfinite(after).all()
    assert np.all(np.diff(after[others]) <= 0)
    if len(others):
        assert after[pool].min() >= after[others].max() - 1e-6
    assert np.all(np.abs(after[pool] - before[pool]) <= BOUND + 1e-6)


@given(SCORES, st.lists(MOVES, min_size=1, max_size=16))
def test_contributions_add_up_to_what_a_score_moved(scores: list[float], moves: list[float]) -> None:
    before = np.array(scores, dtype=np.float32)
    pool = np.argsort(-before, kind="stable")[: len(moves)]
    second = look(moves[: len(pool)], pool.tolist())
    moved = second.moved(before) - before
    for row, parts in enumerate(second.contributions(np.arange(len(before)))):
        assert sum(part.value for part in parts) == pytest.approx(moved[row], abs=1e-5)


def test_parts_are_named_by_what_they_are_owed_to() -> None:
    parts = look([0.08], [0]).contributions(np.array([0, 1]))
    assert [(part.name, round(part.value, 3)) for part in parts[0]] == [
        (f"{LEARNT}: artist", 0.02),
        (f"{LEARNT}: year", 0.06),
    ]
    assert [part.value for part in parts[1]] == [-BOUND]
