"""The list as files: each format is read back by its own rules."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.web.exports import CSV_HEADER, files, to_csv, to_jspf, to_m3u8, to_uris
from quintet.web.tracks import RankedTrack

IDS = ("2nLtzopw4rPReszdYBJU6h", "60a0Rd6pjrkxjPbaKzXjfq")
AT = datetime(2026, 11, 22, 4, 5, 6, tzinfo=UTC)


def ranked(rank: int = 1, **changes: Any) -> RankedTrack:
    track = {
        "track_id": IDS[rank % 2],
        "track_name": "Numb, again",
        "artists": ("Linkin Park", "Jay-Z"),
        "album_name": "Meteora",
        "release_date": "2003-03-25",
        "duration_ms": 185_586,
        "image_url": "https://i.scdn.co/image/1",
        "rank": rank,
        "score": 0.91234,
    }
    return RankedTrack.model_validate(track | changes)


hostile = st.text(max_size=30) | st.sampled_from(['a"b', "a,b", "=1+1", "x\r\ny", "#EXTINF:1,x", "밤, 비"])
lists = st.lists(
    st.builds(
        lambda name, artist, album, date, duration: ranked(
            track_name=name, artists=(artist,), album_name=album, release_date=date, duration_ms=duration
        ),
        hostile,
        hostile,
        st.none() | hostile,
        st.none() | hostile,
        st.none() | st.integers(0, 10**7),
    ),
    max_size=4,
)


def read_csv(text: str) -> list[dict[str, str]]:
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:], newline="")))


@given(lists)
def test_csv_has_one_row_a_song_and_no_formula(items: list[RankedTrack]) -> None:
    rows = read_csv(to_csv(items))
    assert len(rows) == len(items)
    for row, item in zip(rows, items, strict=True):
        assert tuple(row) == CSV_HEADER
        assert row["Track Name"].removeprefix("'") in {item.track_name, item.track_name.removeprefix("'")}
        assert not any(re.match(r"[=+\-@\t\r]", cell) for cell in row.values())


def test_csv_says_what_is_known() -> None:
    (row,) = read_csv(to_csv([ranked()]))
    assert list(row.values()) == [
        f"spotify:track:{IDS[1]}",
        "Numb, again",
        "Linkin Park, Jay-Z",
        "Meteora",
        "2003-03-25",
        "185586",
        "1",
        "0.9123",
    ]


@given(lists)
def test_m3u8_has_a_line_of_facts_and_a_place_for_every_song(items: list[RankedTrack]) -> None:
    lines = to_m3u8(items, "After\n#EXTM3U").removesuffix("\n").split("\n")
    assert lines[:2] == ["#EXTM3U", "#PLAYLIST:After #EXTM3U"]
    assert len(lines) == 2 + 2 * len(items)
    for facts, place in zip(lines[2::2], lines[3::2], strict=True):
        assert re.match(r"#EXTINF:(-1|\d+),", facts)
        assert place.startswith("https://open.spotify.com/track/")


def test_m3u8_rounds_to_seconds_and_names_artist_and_title() -> None:
    assert "#EXTINF:186,Linkin Park, Jay-Z - Numb, again\n" in to_m3u8([ranked()], "x")
    assert "#EXTINF:-1," in to_m3u8([ranked(duration_ms=None)], "x")


@pytest.mark.parametrize("name", ["../../etc/passwd", "#x", "C:\\x", "\x00", "."])
def test_an_invented_song_is_a_harmless_file_name(name: str) -> None:
    place = to_m3u8([ranked(track_name=name, artists=(), is_invented=True)], "x").splitlines()[-1]
    assert place.endswith(".mp3")
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|]|^[#.]', place)


@given(lists)
def test_jspf_is_json_of_the_shape_xspf_asks_for(items: list[RankedTrack]) -> None:
    playlist = json.loads(to_jspf(items, "After", AT))["playlist"]
    assert datetime.fromisoformat(playlist["date"]) == AT
    assert len(playlist["track"]) == len(items)
    for track in playlist["track"]:
        assert isinstance(track.get("duration", 0), int)
        for name in ("location", "identifier"):
            assert all(urlsplit(place).scheme for place in track[name])
        assert set(track) <= {
            "title", "creator", "album", "duration", "trackNum", "image", "location", "identifier"
        }  # fmt: skip


def test_uris_are_one_a_line_and_of_real_songs_only() -> None:
    items = [ranked(1), ranked(2, is_invented=True), ranked(3, track_id="demo3"), ranked(4)]
    assert to_uris(items) == f"spotify:track:{IDS[1]}\nspotify:track:{IDS[0]}\n"


def test_every_file_has_a_name_a_type_and_a_text() -> None:
    made = files([ranked()], "After", AT)
    assert [file["kind"] for file in made] == ["csv", "m3u8", "jspf", "uris"]
    assert all(file["name"].startswith("quintet") and "/" in file["type"] and file["text"] for file in made)
    invented = {file["kind"]: file["text"] for file in files([ranked(is_invented=True)], "After", AT)}
    assert invented["uris"] == ""
    assert "spotify" not in "".join(invented.values())
