"""The way to Spotify and back: for one use, in one browser, for a few minutes."""

from __future__ import annotations

import pytest

from quintet.web.agreeing import LIFE_S, MOST, Departures, browser_key


class Clock:
    now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def departures(clock: Clock) -> Departures:
    return Departures(clock)


def test_who_left_comes_back_once_and_finds_what_they_left_with(departures: Departures) -> None:
    left = departures.leave("a browser", {"seeds": "a,b", "lang": "ko"})
    found = departures.come_back(left.state, "a browser")
    assert found is not None
    assert (found.verifier, found.params) == (left.verifier, {"seeds": "a,b", "lang": "ko"})
    assert departures.come_back(left.state, "a browser") is None


def test_another_browser_does_not_come_back_in_their_place(departures: Departures) -> None:
    left = departures.leave("a browser", {})
    assert departures.come_back(left.state, "another browser") is None
    assert departures.come_back(left.state, "a browser") is None  # and the state is used up


def test_nobody_comes_back_too_late_or_with_an_invented_state(departures: Departures, clock: Clock) -> None:
    left = departures.leave("a browser", {})
    assert departures.come_back("invented", "a browser") is None
    clock.now_s = LIFE_S + 1
    assert departures.come_back(left.state, "a browser") is None


def test_no_more_than_a_bounded_number_are_on_their_way(departures: Departures) -> None:
    first = departures.leave("a browser", {})
    last = [departures.leave("a browser", {}) for _ in range(MOST)][-1]
    assert departures.come_back(first.state, "a browser") is None
    assert departures.come_back(last.state, "a browser") is not None


def test_states_and_verifiers_are_random_and_long_enough_and_not_shown(departures: Departures) -> None:
    leaving = [departures.leave("a browser", {}) for _ in range(50)]
    assert len({left.state for left in leaving}) == len({left.verifier for left in leaving}) == 50
    assert all(43 <= len(left.verifier) <= 128 and len(left.state) >= 32 for left in leaving)
    assert leaving[0].verifier not in repr(leaving[0])


def test_a_browser_is_the_same_whatever_mask_its_cookie_wears() -> None:
    token = bytes(range(16))

    def cookie(mask: bytes) -> dict[str, str]:
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(token))
        return {"_streamlit_xsrf": f'"2|{mask.hex()}|{masked.hex()}|1700000000"'}

    assert browser_key(cookie(b"abcd")) == browser_key(cookie(b"wxyz")) != ""
    assert browser_key({"_streamlit_xsrf": "2|61626364|00|1"}) != browser_key(cookie(b"abcd"))
    for odd in ("", "2|zz|zz|1", "nonsense", "1|2"):
        assert browser_key({"_streamlit_xsrf": odd}) == ""
    assert browser_key({}) == ""
