"""Which tracks are one recording, and which one song."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from quintet.data.recordings import group_recordings


def frame(*rows: tuple[str, str, int, str | None]) -> pd.DataFrame:
    names, artists, durations, isrcs = zip(*rows, strict=True)
    return pd.DataFrame(
        {
            "track_name": list(names),
            "artists": [[artist] for artist in artists],
            "duration_ms": list(durations),
            "isrc": pd.Series(list(isrcs), dtype="str"),
        }
    )


def groups(*rows: tuple[str, str, int, str | None]) -> tuple[list[int], list[int]]:
    recording, song = group_recordings(frame(*rows))
    return recording.tolist(), song.tolist()


def test_single_album_and_remaster_are_one_recording() -> None:
    rows = [
        ("Song", "A", 200_000, None),
        ("Song - Remastered 2011", "a", 201_900, None),
        ("Song (feat. B)", "A", 199_000, None),
    ]
    assert groups(*rows) == ([0, 0, 0], [0, 0, 0])


def test_another_length_is_another_recording_of_the_song() -> None:
    assert groups(("Song", "A", 200_000, None), ("Song", "A", 260_000, None)) == ([0, 1], [0, 0])


def test_live_and_studio_stay_apart_but_share_the_song() -> None:
    assert groups(("Song", "A", 200_000, None), ("Song - Live", "A", 200_000, None)) == ([0, 1], [0, 0])


def test_two_remixes_are_two_recordings() -> None:
    rows = [("Song - X Remix", "A", 200_000, None), ("Song - Y Remix", "A", 200_000, None)]
    assert groups(*rows) == ([0, 1], [0, 0])


def test_another_artists_song_of_that_name_is_another_song() -> None:
    assert groups(("Song", "A", 200_000, None), ("Song", "B", 200_000, None)) == ([0, 1], [0, 1])


def test_one_isrc_is_one_recording_whatever_the_title() -> None:
    rows = [("봄날", "BTS", 274_000, "KRA301700001"), ("Spring Day", "방탄소년단", 274_500, "KRA301700001")]
    assert groups(*rows) == ([0, 0], [0, 0])


def test_an_unknown_isrc_joins_nothing() -> None:
    assert groups(("One", "A", 200_000, None), ("Two", "A", 200_000, None)) == ([0, 1], [0, 1])


def test_two_intros_of_an_artist_are_two_songs() -> None:
    assert groups(("Intro", "A", 60_000, None), ("Intro", "A", 90_000, None)) == ([0, 1], [0, 1])


def test_no_tracks_give_no_groups() -> None:
    recording, song = group_recordings(frame(("Song", "A", 1, None)).iloc[:0])
    assert recording.dtype == song.dtype == np.int32
    assert len(recording) == len(song) == 0


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Song", "Song - Live", "Song (A Remix)", "Other", "Intro", "!!!", "가"]),
        st.sampled_from(["A", "B"]),
        st.integers(190_000, 210_000),
        st.sampled_from([None, None, "KRA301700001", "KRA301700002"]),
    ),
    min_size=1,
    max_size=30,
)


def partition(labels: np.ndarray, order: list[int]) -> set[frozenset[int]]:
    return {frozenset(order[i] for i in np.flatnonzero(labels == label)) for label in np.unique(labels)}


@settings(max_examples=60, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_rows(
    rows: list[tuple[str, str, int, str | None]], random
) -> None:
    order = list(range(len(rows)))
    random.shuffle(order)
    straight = group_recordings(frame(*rows))
    shuffled = group_recordings(frame(*(rows[i] for i in order)))
    for one, other in zip(straight, shuffled, strict=True):
        assert partition(one, list(range(len(rows)))) == partition(other, order)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_groups_are_numbered_as_they_appear_and_recordings_lie_in_songs(
    rows: list[tuple[str, str, int, str | None]],
) -> None:
    recording, song = group_recordings(frame(*rows))
    for labels in (recording, song):
        _, first = np.unique(labels, return_index=True)
        assert np.all(np.diff(first) > 0)
    assert len(set(zip(recording, song, strict=True))) == len(set(recording))
