"""The team draft: fair to both lists, whatever they hold, and within the caps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from quintet.api.draft import Caps, weave

NUMBERS = st.lists(st.integers(0, 60), unique=True, max_size=40)
KEYS = st.text(max_size=12)


def song_of(track_id: str) -> Iterable[int]:
    """Versions of one song follow each other: 0 and 1, 2 and 3, …."""
    return [int(track_id) // 2]


def itself(track_id: str) -> Iterable[int]:
    return [int(track_id)]


def tracks(numbers: Iterable[int]) -> list[dict[str, Any]]:
    return [
        {"track_id": str(n), "artists": [f"Artist {n % 7}"], "album_name": f"Album {n % 11}"} for n in numbers
    ]


def ids(woven: list[tuple[int, dict[str, Any]]], team: int | None = None) -> list[str]:
    return [item["track_id"] for placed_by, item in woven if team in (None, placed_by)]


@given(first=NUMBERS, second=NUMBERS, k=st.integers(1, 50), key=KEYS)
def test_no_team_is_ever_more_than_one_track_ahead_while_both_have_some(
    first: list[int], second: list[int], k: int, key: str
) -> None:
    woven = weave(tracks(first), tracks(second), k, key, Caps(), itself)
    left = [set(map(str, first)), set(map(str, second))]
    counts = [0, 0]
    for team, item in woven:
        if counts[team] > counts[1 - team]:
            assert not left[1 - team], "a team went twice while the other still had tracks"
        counts[team] += 1
        for one in left:
            one.discard(item["track_id"])


@given(first=NUMBERS, second=NUMBERS, k=st.integers(1, 50), key=KEYS)
def test_each_team_places_its_best_that_is_still_free_in_its_own_order(
    first: list[int], second: list[int], k: int, key: str
) -> None:
    woven = weave(tracks(first), tracks(second), k, key, Caps(), itself)
    assert len(woven) == min(k, len({*first, *second}))
    assert len(set(ids(woven))) == len(woven)
    for team, own in ((0, first), (1, second)):
        order = [own.index(int(track)) for track in ids(woven, team)]
        assert order == sorted(order)


@given(first=NUMBERS, second=NUMBERS, k=st.integers(1, 50), key=KEYS)
def test_caps_hold_and_no_song_comes_twice(first: list[int], second: list[int], k: int, key: str) -> None:
    woven = weave(tracks(first), tracks(second), k, key, Caps(2, 1), song_of)
    for name, most in (("artists", 2), ("album_name", 1)):
        counts = Counter(str(item[name]) for _, item in woven)
        assert max(counts.values(), default=0) <= most
    songs = [song for track in ids(woven) for song in song_of(track)]
    assert len(set(songs)) == len(songs)


@given(first=NUMBERS, second=NUMBERS, key=KEYS)
def test_the_same_key_throws_the_same_coins(first: list[int], second: list[int], key: str) -> None:
    runs = [weave(tracks(first), tracks(second), 20, key, Caps(), itself) for _ in range(2)]
    assert runs[0] == runs[1]


def test_over_many_keys_equal_lists_are_credited_alike_at_every_rank() -> None:
    same, keys = tracks(range(10)), 2000
    credited: Counter[int] = Counter()
    for key in range(keys):
        for rank, (team, _) in enumerate(weave(same, same, 10, str(key), Caps(), itself)):
            credited[rank] += team
    # Five standard deviations of fair coins.
    assert all(abs(credited[rank] / keys - 0.5) < 2.5 / keys**0.5 for rank in range(10))


def test_a_listener_who_likes_one_track_credits_the_list_that_ranks_it_higher() -> None:
    high, low = tracks([1, 2, 3, 9, *range(20, 30)]), tracks([4, 5, 6, 7, 8, 9, *range(30, 40)])
    wins: Counter[int] = Counter()
    for key in range(500):
        wins.update(
            team for team, item in weave(high, low, 10, str(key), Caps(), itself) if item["track_id"] == "9"
        )
    assert wins[0] > 2 * wins[1]
