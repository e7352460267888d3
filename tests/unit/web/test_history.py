"""Steps back: the latest first, only those that lead somewhere, in the language of now."""

from __future__ import annotations

from quintet.web.history import MAX_STEPS, History
from quintet.web.ratings import Rating
from quintet.web.state import PageState

A, B, C = PageState(("a",)), PageState(("a", "b")), PageState(("a", "b", "c"))


def test_steps_are_taken_back_latest_first() -> None:
    history = History()
    history.note(A, "b added")
    history.note(B, "c added")
    assert history.back(C).before == B
    assert history.back(B).before == A
    assert history.back(A) is None


def test_a_step_the_browser_has_taken_back_already_is_passed_over() -> None:
    history = History()
    history.note(A, "b added")
    history.note(B, "c added")
    assert history.back(B).before == A


def test_a_step_back_keeps_the_language() -> None:
    history = History()
    history.note(A, "b added")
    assert history.back(B.speaking("ko")).before == A.speaking("ko")


def test_a_rating_is_a_step_though_the_page_stays_as_it_is() -> None:
    history = History()
    history.note(A, "rated", ("r1", "x"), Rating(stars=2))
    step = history.back(A)
    assert (step.before, step.rated, step.rating) == (A, ("r1", "x"), Rating(stars=2))


def test_only_so_many_steps_are_remembered() -> None:
    history = History()
    for number in range(2 * MAX_STEPS):
        history.note(PageState((str(number),)), "")
    assert len(history.steps) == MAX_STEPS
    assert history.back(A).before.seeds == (str(2 * MAX_STEPS - 1),)


def test_what_is_said_is_told_from_what_was_said_before() -> None:
    history = History()
    numbers = [history.number]
    for say in (lambda: history.note(A, "x"), lambda: history.tell("y"), lambda: history.back(B)):
        say()
        numbers.append(history.number)
    assert len(set(numbers)) == len(numbers)
