"""Deeds of a browser, worked off in order, each once; the whole way is in tests/e2e/test_quick_hands.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from quintet.web.deeds import keep_told, still_to_do
from quintet.web.memory import Memory
from quintet.web.state import PageState

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["n", "what", "id"]), inner),
)


def deeds(*numbers: int) -> list[dict[str, Any]]:
    return [{"what": "less", "n": number} for number in numbers]


def to_do(told: object, kept: Memory, key: str = "list") -> Iterator[dict[str, Any]]:
    """As a part that is drawn: what was just told, and what is left of before."""
    keep_told(told, key, kept)
    return still_to_do(key, kept)


def worked_off(told: object, kept: Memory) -> list[int]:
    return [deed["n"] for deed in to_do(told, kept)]


@given(st.lists(st.integers(1, 99), max_size=9), st.lists(st.integers(1, 99), max_size=9))
def test_each_deed_is_done_once_and_the_oldest_first(first: list[int], then: list[int]) -> None:
    kept = Memory()
    done = worked_off(deeds(*first), kept)
    assert done == sorted(set(first))
    later = worked_off(deeds(*first, *then), kept)
    assert later == [number for number in sorted(set(then)) if number > max(first, default=0)]


def test_a_deed_at_which_a_run_breaks_off_comes_again() -> None:
    kept = Memory()
    assert next(to_do(deeds(7, 8), kept))["n"] == 7
    assert worked_off(deeds(7, 8), kept) == [7, 8]


def test_a_deed_that_leads_to_another_state_is_done_even_though_the_run_ends_there() -> None:
    kept = Memory()
    next(to_do(deeds(7, 8), kept))
    kept.stand_at(PageState(seeds=("a",)))
    assert kept.stays
    assert kept.params == PageState(seeds=("a",)).to_params()
    assert worked_off(deeds(7, 8), kept) == [8]


def test_a_step_of_another_run_does_not_count_a_broken_off_deed_as_done() -> None:
    kept = Memory()
    next(to_do(deeds(7), kept))
    kept.begin()
    kept.stand_at(PageState(language="ko"))
    assert worked_off(None, kept) == [7]


def test_a_broken_off_deed_of_a_part_that_left_the_page_is_no_error() -> None:
    kept = Memory()
    next(to_do(deeds(7), kept))
    kept.leave_out()
    kept.finish()
    assert worked_off(None, kept) == []


def breaking_page() -> None:
    from quintet.web import waiting
    from quintet.web.deeds import keep_told, still_to_do
    from quintet.web.memory import memory
    from quintet.web.texts import EN

    def draw() -> None:
        keep_told([{"n": 7}], "list", memory())
        for _ in still_to_do("list", memory()):
            raise RuntimeError("no such deed was thought of")

    waiting.calmly(draw, EN)


def test_a_deed_that_breaks_the_page_is_not_tried_again_and_again() -> None:
    page = AppTest.from_function(breaking_page).run()
    assert not page.exception
    assert page.session_state["memory"].done == {"list": 7}


def test_no_more_is_taken_at_once_than_a_hand_can_do() -> None:
    assert worked_off(deeds(*range(1, 999)), Memory()) == list(range(1, 101))


def test_a_deed_that_is_told_again_with_the_next_one_is_done_once() -> None:
    kept = Memory()
    assert worked_off(deeds(7), kept) == [7]
    assert worked_off(deeds(7, 8), kept) == [8]


def test_a_deed_told_to_a_run_that_never_came_to_it_is_done_by_the_next() -> None:
    kept = Memory()
    keep_told(deeds(7), "list", kept)
    assert worked_off(None, kept) == [7]
    assert worked_off(None, kept) == []


def test_what_was_told_to_a_part_that_left_the_page_is_not_done_when_it_is_back() -> None:
    kept = Memory(drawn={"slots"})
    for part in ("list", "slots"):
        keep_told(deeds(7), part, kept)
    kept.leave_out()
    assert worked_off(None, kept) == []
    assert [deed["n"] for deed in to_do(None, kept, "slots")] == [7]


def test_parts_of_the_page_are_counted_apart() -> None:
    kept = Memory()
    assert worked_off(deeds(7), kept) == [7]
    assert [deed["n"] for deed in to_do(deeds(5), kept, "slots")] == [5]


@given(ANYTHING)
def test_whatever_a_browser_sends_is_no_error(told: object) -> None:
    for deed in to_do(told, Memory()):
        assert isinstance(deed, dict)


@pytest.mark.parametrize("number", [0, -1, 2**53, 1.5, "7", None, [7]])
def test_what_has_no_number_of_a_deed_is_none(number: object) -> None:
    assert worked_off([{"what": "less", "n": number}], Memory()) == []
