"""Which rows are tracks."""

from __future__ import annotations

import pandas as pd
import pytest

from quintet.data.schema import FEATURE_NAMES
from quintet.data.validation import FAULT, LIST_COLUMNS, TEXT_COLUMNS, RawRows, check_rows

GOOD = {
    "track_id": "4uLU6hMCjMI75M1A2tKUQC",
    "track_name": "A Song",
    "artists": ["Someone"],
    "duration_ms": "200000",
    "popularity": "0",
    "release_date": "1987-07",
    **dict.fromkeys(FEATURE_NAMES, "0.5"),
    "key": "5.0",
    "mode": "1",
    "loudness": "0.3",
    "tempo": "120.5",
    "time_signature": "4",
}


def raw(*rows: dict[str, object], has_spotify_ids: bool = True) -> RawRows:
    blank = dict.fromkeys((*TEXT_COLUMNS, FAULT), "") | {column: [] for column in LIST_COLUMNS}
    full = [{**blank, **row} for row in rows]
    frame = pd.DataFrame(full, index=range(1, len(full) + 1))
    frame = frame.astype(dict.fromkeys(TEXT_COLUMNS, "str"))
    return RawRows(frame, [["x"]] * len(full), has_spotify_ids)


def reason(**changes: object) -> str | None:
    rejected = check_rows(raw({**GOOD, **changes})).rejected
    return rejected.iloc[0] if len(rejected) else None


def test_a_good_row_is_typed() -> None:
    track = check_rows(raw(GOOD)).tracks.iloc[0]
    assert (track["key"], track["duration_ms"], track["popularity"]) == (5, 200_000, 0)
    assert track["release_date"] == "1987-07"
    assert track["explicit"] is None
    assert pd.isna(track["album_name"])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"track_id": ""}, "no track id"),
        ({"track_id": "4.2E+21"}, "malformed track id"),
        ({"track_id": "spotify:local:a:b:c:1"}, "a local file: it has no Spotify id"),
        ({"track_id": "spotify:episode:4uLU6hMCjMI75M1A2tKUQC"}, "a podcast episode"),
        ({"track_name": " \t "}, "no title"),
        ({"artists": []}, "no artist"),
        ({"track_name": "x" * 1001}, "a name longer than 1000 characters"),
        ({"duration_ms": ""}, "duration_ms is missing"),
        ({"duration_ms": "4000"}, "shorter than 15 s"),
        ({"duration_ms": "7200001"}, "longer than 2 h"),
        ({"duration_ms": "inf"}, "duration_ms is not a number"),
        ({"tempo": "0.0"}, "tempo is 0: no beat was found"),
        ({"key": "5.5"}, "key is not a whole number"),
        ({"energy": "loud"}, "energy is not a number"),
        ({"energy": "1.01"}, "energy outside 0 to 1"),
        ({"loudness": "5.1"}, "loudness outside -60 to 5"),
        ({"popularity": "101"}, "popularity outside 0 to 100"),
        ({"energy": ""}, "incomplete audio features"),
        (dict.fromkeys(FEATURE_NAMES, ""), "no audio features"),
        ({"explicit": "maybe"}, "explicit is neither true nor false"),
        ({"release_date": "2019-02-30"}, "release_date is not a date"),
        ({"release_date": "20190230"}, "release_date is not a date"),
        ({"isrc": "nonsense"}, "malformed isrc"),
        ({FAULT: "a NUL character"}, "a NUL character"),
    ],
)
def test_a_bad_row_is_rejected_with_its_reason(changes: dict[str, object], expected: str) -> None:
    assert reason(**changes) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"track_id": "spotify:track:4uLU6hMCjMI75M1A2tKUQC"},
        {"track_id": "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC?si=1"},
        {"loudness": "2.291"},
        {"popularity": ""},
        {"time_signature": ""},
        {"release_date": "0000"},
        {"release_date": "1900"},
        {"release_date": "2020-02-29"},
        {"explicit": "TRUE"},
        {"isrc": "us-rc1-76-07839"},
        {"album_name": "x" * 5000},
        {"track_name": "=cmd|' /C calc'!A0"},
        {"track_name": "!!!"},
        {"duration_ms": "3079157.0"},
    ],
)
def test_an_unusual_row_is_still_a_track(changes: dict[str, object]) -> None:
    assert reason(**changes) is None


def test_every_row_is_accepted_or_rejected_once() -> None:
    checked = check_rows(raw(GOOD, {**GOOD, "tempo": ""}, GOOD, {**GOOD, "track_id": ""}))
    assert list(checked.tracks.index) == [1, 3]
    assert list(checked.rejected.index) == [2, 4]


def test_names_lose_line_ends_and_control_characters() -> None:
    track = check_rows(raw({**GOOD, "track_name": " A\r\n\x1fSong\x07 "})).tracks.iloc[0]
    assert track["track_name"] == "A Song"


def test_invented_ids_count_as_invented_only_where_ids_need_not_be_spotifys() -> None:
    row = {**GOOD, "track_id": "demo001b8naJoOsf0Ac1Dg"}
    assert check_rows(raw(row, has_spotify_ids=False)).tracks["is_invented"].tolist() == [True]
    assert check_rows(raw(row)).tracks["is_invented"].tolist() == [False]


def test_a_playlist_keeps_a_track_once_and_only_accepted_ones() -> None:
    row = {**GOOD, "playlist_id": "p", "playlist_name": "Mine"}
    checked = check_rows(raw(row, row, {**row, "tempo": ""}, {**row, "playlist_id": ""}))
    assert checked.playlists is not None
    assert checked.playlists[["playlist_id", "playlist_name", "track_id"]].values.tolist() == [
        ["p", "Mine", GOOD["track_id"]]
    ]


def test_a_chunk_without_a_good_row_gives_an_empty_frame() -> None:
    checked = check_rows(raw({**GOOD, "track_id": ""}))
    assert checked.tracks.empty
    assert checked.tracks["duration_ms"].dtype == "int64"
