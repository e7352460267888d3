"""The dataset: one order, groups, a fingerprint."""

from __future__ import annotations

import pandas as pd
import pytest

from quintet.data.dataset import ENOUGH_REAL_TRACKS, build_dataset
from quintet.data.schema import FEATURE_NAMES, SNAPSHOT_COLUMNS
from quintet.errors import DataError


def snapshot(count: int = 5) -> pd.DataFrame:
    rows = [
        {
            **dict.fromkeys(SNAPSHOT_COLUMNS),
            **dict.fromkeys(FEATURE_NAMES, 0.5 + number / 100),
            "track_id": f"track{'aZ0bY'[number % 5]}{number}",
            "track_name": f"Song {number % 3}",
            "artists": ["A", "B"],
            "genres": ["pop"] * (number % 2),
            "duration_ms": 200_000,
        }
        for number in range(count)
    ]
    return pd.DataFrame(rows)


def test_tracks_are_ordered_by_the_code_points_of_their_ids() -> None:
    ids = build_dataset(snapshot()).tracks["track_id"].tolist()
    assert ids == sorted(ids)


def test_the_fingerprint_does_not_depend_on_the_order_of_rows() -> None:
    tracks = snapshot()
    shuffled = tracks.sample(frac=1, random_state=1)
    assert build_dataset(tracks).fingerprint == build_dataset(shuffled).fingerprint
    assert build_dataset(tracks).tracks.equals(build_dataset(shuffled).tracks)


@pytest.mark.parametrize("column", ["track_name", "artists", "genres", "tempo", "release_date", "explicit"])
def test_the_fingerprint_changes_with_every_fact(column: str) -> None:
    tracks, changed = snapshot(), snapshot()
    new = {"artists": ["A,B"], "genres": ["rock"], "tempo": 0.25}.get(column, "x")
    changed.at[0, column] = new
    assert build_dataset(tracks).fingerprint != build_dataset(changed).fingerprint


def test_a_name_does_not_run_into_the_next() -> None:
    one, other = snapshot(1), snapshot(1)
    one.at[0, "artists"], other.at[0, "artists"] = ["a", "b"], ["a b"]
    assert build_dataset(one).fingerprint != build_dataset(other).fingerprint


def test_groups_are_int32() -> None:
    tracks = build_dataset(snapshot()).tracks
    assert tracks["recording"].dtype == tracks["song"].dtype == "int32"


def test_a_track_twice_is_an_error() -> None:
    with pytest.raises(DataError, match="twice"):
        build_dataset(pd.concat([snapshot(2), snapshot(1)]))


def test_a_missing_column_is_named() -> None:
    with pytest.raises(DataError, match="tempo"):
        build_dataset(snapshot().drop(columns="tempo"))


def test_nothing_is_a_dataset_too() -> None:
    assert build_dataset(snapshot().iloc[:0]).tracks.empty


@pytest.mark.parametrize("real_tracks", [ENOUGH_REAL_TRACKS - 1, ENOUGH_REAL_TRACKS])
def test_invented_tracks_leave_once_there_are_enough_real_ones(real_tracks: int) -> None:
    tracks = snapshot(real_tracks + 20)
    tracks["is_invented"] = tracks.index >= real_tracks
    left = build_dataset(tracks).tracks["is_invented"].sum()
    assert left == (20 if real_tracks < ENOUGH_REAL_TRACKS else 0)
