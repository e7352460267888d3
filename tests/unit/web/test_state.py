"""The page's state and its address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.web.state import LANGUAGES, LIST_LENGTHS, SLOTS, PageState, read_state

ids = st.from_regex(r"[A-Za-z0-9]{1,22}", fullmatch=True)
states = st.builds(
    lambda seeds, language, k: PageState(tuple(seeds), language, k),
    st.lists(ids, max_size=SLOTS, unique=True),
    st.sampled_from(LANGUAGES),
    st.sampled_from(LIST_LENGTHS),
)


@given(states)
def test_an_address_reproduces_its_page(state: PageState) -> None:
    assert read_state(state.to_params(), locale=None) == state


@given(
    st.dictionaries(st.sampled_from(["seeds", "lang", "k", "x"]), st.text(max_size=200)), st.text(max_size=9)
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


def test_the_longest_list_gets_no_longer() -> None:
    assert PageState(("a",), k=LIST_LENGTHS[-1]).longer().k == LIST_LENGTHS[-1]
