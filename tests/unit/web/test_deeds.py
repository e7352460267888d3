"""Deeds of a browser, worked off in order, each once; the whole way is in tests/e2e/test_quick_hands.py."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.web.deeds import still_to_do
from quintet.web.memory import Memory
from quintet.web.state import PageState

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["n", "what", "id"]), inner),
)


def deeds(*numbers: int) -> list[dict[str, Any]]:
    return [{"what": "less", "n": number} for number in numbers]


def visited() -> Memory:
    """What is kept of a visit for which both parts were drawn."""
    return Memory(done={"list": 0, "slots": 0})


def worked_off(told: object, kept: Memory) -> list[int]:
    return [deed["n"] for deed in still_to_do(told, "list", kept)]


@given(st.lists(st.integers(1, 99), max_size=9), st.lists(st.integers(1, 99), max_size=9))
def test_each_deed_is_done_once_and_the_oldest_first(first: list[int], then: list[int]) -> None:
    kept = visited()
    done = worked_off(deeds(*first), kept)
    assert done == sorted(set(first))
    later = worked_off(deeds(*first, *then), kept)
    assert later == [number for number in sorted(set(then)) if number > max(first, default=0)]


def test_a_deed_at_which_a_run_breaks_off_comes_again() -> None:
    kept = visited()
    assert next(still_to_do(deeds(7, 8), "list", kept))["n"] == 7
    assert worked_off(deeds(7, 8), kept) == [7, 8]


def test_a_deed_that_leads_to_another_state_is_done_even_though_the_run_ends_there() -> None:
    kept = visited()
    next(still_to_do(deeds(7, 8), "list", kept))
    kept.stand_at(PageState(seeds=("a",)))
    assert kept.stays
    assert kept.params == PageState(seeds=("a",)).to_params()
    assert worked_off(deeds(7, 8), kept) == [8]


def test_what_was_told_to_an_earlier_visit_is_not_done_again() -> None:
    kept = Memory()
    assert worked_off(deeds(7, 8), kept) == []
    assert worked_off(deeds(7, 8, 9), kept) == [9]


def test_parts_of_the_page_are_counted_apart() -> None:
    kept = visited()
    assert worked_off(deeds(7), kept) == [7]
    assert [deed["n"] for deed in still_to_do(deeds(5), "slots", kept)] == [5]


@given(ANYTHING)
def test_whatever_a_browser_sends_is_no_error(told: object) -> None:
    for deed in still_to_do(told, "list", visited()):
        assert isinstance(deed, dict)


@pytest.mark.parametrize("number", [0, -1, 2**53, 1.5, "7", None, [7]])
def test_what_has_no_number_of_a_deed_is_none(number: object) -> None:
    assert worked_off([{"what": "less", "n": number}], visited()) == []
