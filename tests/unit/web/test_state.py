"""The page's state and its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.web.controls import Controls
from quintet.web.state import LANGUAGES, LIST_LENGTHS, MAX_UNWANTED, SLOTS, PageState, read_state

ids = st.from_regex(r"[A-Za-z0-9]{1,22}", fullmatch=True)
unwanted = st.lists(ids.map(lambda text: f"x-{text}"), max_size=5, unique=True).map(tuple)
states = st.builds(
    lambda seeds, language, k, controls, disliked, passed: PageState(
        tuple(seeds), language, k, controls, disliked if seeds else (), passed if seeds else ()
    ),
    st.lists(ids, max_size=SLOTS, unique=True),
    st.sampled_from(LANGUAGES),
    st.sampled_from(LIST_LENGTHS),
    st.sampled_from([Controls(), Controls(popularity=-0.5, scripts=("hangul",), another=7)]),
    unwanted,
    unwanted,
)


@given(states)
def test_an_address_reproduces_its_page(state: PageState) -> None:
    assert read_state(state.to_params(), locale=None) == state


@given(
    st.dictionaries(
        st.sampled_from(["seeds", "lang", "k", "x", "disliked", "passed", "year_min"]), st.text(max_size=200)
    ),
    st.text(max_size=9),
)
def test_any_address_gives_a_page(params: dict[str, str], locale: str) -> None:
    state = read_state(params, locale)
    assert len(state.seeds) <= SLOTS
    assert len(set(state.seeds)) == len(state.seeds)
    assert not any(set(seed) & set(" /,?#%") or seed in {"", ".", ".."} for seed in state.seeds)
    assert state.k in LIST_LENGTHS
    assert state.language in LANGUAGES


@pytest.mark.parametrize(
    ("lang", "locale", "language"),
    [
        (None, "ko-KR", "ko"),
        (None, "ko", "ko"),
        (None, "de-DE", "en"),
        (None, None, "en"),
        ("en", "ko-KR", "en"),
        ("ko", "en-US", "ko"),
        ("xx", "ko_KR", "ko"),
    ],
)
def test_the_address_decides_the_language_and_else_the_browser(
    lang: str | None, locale: str | None, language: str
) -> None:
    assert read_state({"lang": lang} if lang else {}, locale).language == language


def test_a_sixth_song_is_not_added() -> None:
    state = PageState(("a", "b", "c", "d", "e"))
    assert state.adding("f").seeds == ("a", "b", "c", "d", "e")


def test_a_song_is_not_added_twice() -> None:
    assert PageState(("a", "b")).adding("a").seeds == ("a", "b")


def test_other_songs_start_with_a_short_list_again() -> None:
    longer = PageState(("a", "b")).longer()
    assert longer.k == LIST_LENGTHS[1]
    assert longer.without(("a",)) == PageState(("b",))


def test_songs_in_another_order_keep_the_lists_length() -> None:
    longer = PageState(("a", "b")).longer()
    assert longer.with_seeds(("b", "a")).k == LIST_LENGTHS[1]


def test_a_song_that_is_chosen_is_wanted_again() -> None:
    state = PageState(("a",)).disliking("x").passing("y")
    assert (state.adding("x").disliked, state.adding("y").passed) == ((), ())
    assert state.adding("x").passed == ("y",)


def test_a_page_without_songs_has_nothing_unwanted() -> None:
    assert PageState(("a",)).disliking("x").passing("y").with_seeds(()) == PageState()


def test_a_song_takes_the_place_of_another() -> None:
    assert PageState(("a", "b", "c")).swapping("b", "x").seeds == ("a", "x", "c")


def test_only_the_latest_unwanted_songs_are_kept() -> None:
    state = PageState(("a",))
    for number in range(MAX_UNWANTED + 5):
        state = state.disliking(f"x{number}")
    assert len(state.disliked) == MAX_UNWANTED
    assert state.disliked[-1] == f"x{MAX_UNWANTED + 4}"


def test_unwanted_songs_are_asked_to_stay_away() -> None:
    state = PageState(("a",)).disliking("x").passing("y")
    assert state.wishes() == {"disliked_ids": ["x"], "exclude_ids": ["x", "y"]}
    assert PageState(("a",)).wishes() == {}


def test_the_longest_list_gets_no_longer() -> None:
    assert PageState(("a",), k=LIST_LENGTHS[-1]).longer().k == LIST_LENGTHS[-1]
