"""Two caps at once: no list is shorter than it must be."""

from __future__ import annotations

from itertools import combinations
from types import SimpleNamespace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from quintet.model.filling import longest
from quintet.model.ranking import Cap, Company, Rules

track = st.tuples(st.integers(0, 5), st.integers(0, 4))  # song and album; the song tells the artist


def rules(tracks: list[tuple[int, int]], most: tuple[int, int], barred: list[int]) -> Rules:
    song = np.array([song for song, _ in tracks], dtype=np.int32)
    table = SimpleNamespace(song=song, recording=song)
    caps = (
        Cap("artist", song % 3, most[0]),
        Cap("album", np.array([album for _, album in tracks], dtype=np.int32), most[1]),
    )
    return Rules(table, np.array(barred, dtype=np.intp), caps)


def fits(rows: tuple[int, ...], kept: Rules) -> bool:
    return len(Company(kept).admit(np.array(rows, dtype=np.intp), len(rows))) == len(rows)


@settings(max_examples=80, deadline=None)
@given(st.lists(track, min_size=1, max_size=9), st.tuples(st.integers(1, 3), st.integers(1, 3)))
def test_no_set_of_tracks_that_keeps_to_the_caps_is_larger(
    tracks: list[tuple[int, int]], most: tuple[int, int]
) -> None:
    kept = rules(tracks, most, [0])
    rows = longest(kept)
    assert fits(tuple(rows.tolist()), kept)
    more = combinations(range(len(tracks)), len(rows) + 1)
    assert not any(fits(few, kept) for few in more)


def test_nothing_is_found_where_all_is_barred() -> None:
    assert longest(rules([(1, 1), (1, 2)], (1, 1), [0])).tolist() == []
