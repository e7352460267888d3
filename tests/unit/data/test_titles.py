"""What a title says of the song and of the version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.data.titles import parse_title


@pytest.mark.parametrize(
    "title",
    [
        "Song",
        "SONG",
        "Song - Remastered 2011",
        "Song - 2011 Remaster",
        "Song - 2008 Remastered Version",
        "Song (feat. X)",
        "Song feat. X & Y",
        "Song (with X) [feat. Y]",
        "Song [Deluxe]",
        "Song (Deluxe Edition)",
        "Song - Bonus Track",
        "Song - Radio Edit",
        "Song - Single Version",
        "Song (Album Version (Edited))",
        "Song - Mono / 2015",
        "Song - Mono",
        'Song (From "A Film (Original Motion Picture Soundtrack)")',
        "Song - Original Mix",
        "Song (Explicit)",
        "Só­ng".replace("\u00ad", ""),
    ],
)
def test_a_release_of_the_same_recording_is_told_by_its_song_alone(title: str) -> None:
    assert parse_title(title) == ("song", "")


@pytest.mark.parametrize(
    "title",
    [
        "Song - Live",
        "Song (Live at Wembley) - Remastered 2011",
        "Song - Acoustic",
        "Song (Loud Luxury Remix)",
        "Song - Instrumental",
        "Song - Karaoke Version",
        "Song (Sped Up)",
        "Song - slowed + reverb",
        "Song (Korean Ver.)",
        "Song -Japanese Version-".replace(" -", " - "),
        "Song (Taylor's Version)",
        "Song - Demo",
        "Song - Extended Mix",
        "Song (라이브)",
        "Song（ライブ）",
        "Song - Recorded at Spotify Studios NYC",
    ],
)
def test_another_version_keeps_the_song_and_is_told_apart(title: str) -> None:
    song, version = parse_title(title)
    assert song == "song"
    assert version


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Song (A Remix)", "Song (B Remix)"),
        ("Song - Live", "Song"),
        ("Song, Pt. 1", "Song, Pt. 2"),
        ("Song (Pt. 1)", "Song (Pt. 2)"),
        ("Concerto - I. Allegro for Piano", "Concerto - II. Andante for Piano"),
        ("가", "나"),
        ("がく", "かく"),
        ("!!!", "???"),
    ],
)
def test_what_sounds_different_is_told_apart(one: str, other: str) -> None:
    assert parse_title(one) != parse_title(other)


@pytest.mark.parametrize(
    ("title", "song"),
    [
        ("(I Can't Get No) Satisfaction", "i cant get no satisfaction"),
        ("Don't Stop 'Til You Get Enough", "dont stop til you get enough"),
        ("Live", "live"),
        ("(Intro)", "intro"),
        ("Beyoncé’s Halo", "beyonces halo"),
        ("Группа крови - Remastered", "группа крови"),
        ("봄날 (Spring Day)", "봄날 spring day"),
        ("!!!", "!!!"),
    ],
)
def test_what_belongs_to_the_name_stays(title: str, song: str) -> None:
    assert parse_title(title) == (song, "")


@given(st.text(min_size=1))
def test_any_text_can_be_taken_apart(title: str) -> None:
    song, version = parse_title(title)
    assert song or not title.strip("\x00\x1f \t\r\n") or song == ""
    assert parse_title(title) == (song, version)


@given(st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1))
def test_a_song_is_never_nameless(name: str) -> None:
    assert parse_title(name).song
    assert parse_title(f"({name})").song
