"""Held-out lists: what is a seed, what is the truth, and which lists belong together."""

from __future__ import annotations

import pandas as pd

from quintet.model.evaluation.protocol import ARTISTS, FOLDS, LEAST_RECORDINGS, SEEDS, held_out


def tracks(count: int, twins: int = 0) -> pd.DataFrame:
    """Tracks t0, t1, … by two artists; the first `twins` have a second release of their recording."""
    names = [f"t{i:03}" for i in range(count)] + [f"u{i:03}" for i in range(twins)]
    recordings = [*range(count), *range(twins)]
    artists = [[f"A{recording % 2}"] for recording in recordings]
    return pd.DataFrame({"track_id": names, "recording": recordings, "artists": artists})


def playlists(**lists: list[str]) -> pd.DataFrame:
    rows = [(name, name, track) for name, members in lists.items() for track in members]
    return pd.DataFrame(rows, columns=["playlist_id", "playlist_name", "track_id"])


def names(start: int, stop: int) -> list[str]:
    return [f"t{i:03}" for i in range(start, stop)]


def test_seeds_and_truth_part_a_list_by_recording() -> None:
    found = held_out(tracks(40, twins=40), playlists(a=[*names(0, 20), *[f"u{i:03}" for i in range(20)]]))
    (one,) = found.lists
    seeds = {found.recording_of[seed] for seed in one.seeds}
    assert len(one.seeds) == len(seeds) == SEEDS
    assert not seeds & one.truth
    assert seeds | one.truth == set(range(20))  # every recording once, whatever its releases


def test_the_same_draw_gives_the_same_seeds_and_another_others() -> None:
    catalogue, lists = tracks(40), playlists(a=names(0, 30))
    assert held_out(catalogue, lists).lists == held_out(catalogue, lists.sample(frac=1, random_state=1)).lists
    assert held_out(catalogue, lists).lists != held_out(catalogue, lists, draw=1).lists


def test_lists_that_share_much_are_in_one_group_and_fold() -> None:
    found = held_out(tracks(80), playlists(a=names(0, 20), b=names(10, 30), c=names(28, 60), d=names(60, 80)))
    groups = {one.list_id: one.group for one in found.lists}
    assert groups["a"] == groups["b"]
    assert len({groups["a"], groups["c"], groups["d"]}) == 3
    folds = {one.list_id: one.fold for one in found.lists}
    assert folds["a"] == folds["b"]
    assert set(folds.values()) <= set(range(FOLDS))


def test_short_lists_and_unknown_tracks_do_not_count() -> None:
    unknown = [f"x{i}" for i in range(30)]
    found = held_out(tracks(60), playlists(a=names(0, LEAST_RECORDINGS - 1) + unknown, b=names(20, 40)))
    assert [one.list_id for one in found.lists] == ["b"]


def test_without_playlists_an_artists_tracks_stand_for_a_list_and_it_says_so() -> None:
    found = held_out(tracks(60), playlists())
    assert found.source == ARTISTS
    assert [len(one.truth) + SEEDS for one in found.lists] == [30, 30]


def test_a_sample_is_spread_over_all_lists() -> None:
    found = held_out(tracks(200), playlists(**{f"p{i}": names(20 * i, 20 * i + 20) for i in range(10)}))
    assert [one.list_id for one in found.sample(3).lists] == ["p0", "p4", "p9"]
    assert found.sample(50) is found
