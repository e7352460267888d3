"""Pasted text: links, tables and lines are told apart, and any text gives an answer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.web.test_exports import AT, ranked

from quintet.web.exports import to_csv, to_jspf, to_m3u8, to_uris
from quintet.web.pasting import MAX_SONGS, PastedSong, read_pasted

A, B = "2nLtzopw4rPReszdYBJU6h", "60a0Rd6pjrkxjPbaKzXjfq"
NET = (
    '"Track URI","Track Name","Artist Name(s)","Genres"\n'
    f'"spotify:track:{A}","Numb, live","Linkin Park,Jay-Z","rock"\n'
)


@pytest.mark.parametrize(
    "text",
    [
        f"spotify:track:{A}",
        f"https://open.spotify.com/track/{A}?si=0123456789abcdef",
        f"https://open.spotify.com/intl-ko/track/{A}",
        f"open.spotify.com/embed/track/{A}",
        f"  {A}\n",
        f"hear this: https://open.spotify.com/track/{A} !",
    ],
)
def test_a_link_is_a_song(text: str) -> None:
    assert read_pasted(text).songs == (PastedSong(A),)
    assert read_pasted(text).kind == "links"


def test_several_lines_of_links_are_songs_in_order_each_once() -> None:
    text = f"spotify:track:{B}\nhttps://open.spotify.com/track/{A}\nspotify:track:{B}\n"
    assert [song.track_id for song in read_pasted(text).songs] == [B, A]


@pytest.mark.parametrize(
    "text",
    [
        NET,
        "\ufeff" + NET.replace("\n", "\r\n"),
        f"Track URI\tTrack Name\tArtist Name(s)\nspotify:track:{A}\tNumb, live\tLinkin Park\n",
        f"Position;Track ID;Title;Artist\n1;{A};Numb, live;Linkin Park\n",
        f'id,title,artists\nhttps://open.spotify.com/track/{A},"Numb, live",Linkin Park;Jay-Z\n',
    ],
)
def test_an_export_is_a_table_of_songs(text: str) -> None:
    read = read_pasted(text)
    assert read.kind == "export"
    assert read.songs == (PastedSong(A, "Numb, live", "Linkin Park"),)


def test_local_files_of_an_export_have_names_only() -> None:
    text = NET + '"spotify:local:x:y:z:1","My own","Me",""\n'
    assert read_pasted(text).songs[1] == PastedSong("", "My own", "Me")


@pytest.mark.parametrize(
    "write", [to_csv, to_uris, lambda items: to_m3u8(items, "x"), lambda items: to_jspf(items, "x", AT)]
)
def test_what_this_page_exports_it_takes_back(write: object) -> None:
    items = [ranked(1), ranked(2)]
    assert [song.track_id for song in read_pasted(write(items)).songs] == [item.track_id for item in items]


def test_lines_of_names_are_songs_to_search_for() -> None:
    read = read_pasted("IU - Love wins all\n#x\n\nLinkin Park - Numb\n")
    assert (read.kind, [song.title for song in read.songs]) == (
        "names",
        ["IU - Love wins all", "Linkin Park - Numb"],
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("https://open.spotify.com/playlist/37i9dQZF1DXcBWIGoYBM5M?si=1", "other"),
        ("spotify:album:4aawyAB9vmqN3uQ7FjRGTy", "other"),
        ("", "nothing"),
        ("numb", "nothing"),
        ("a,b\n1,2", "names"),
    ],
)
def test_what_is_no_song_is_told_apart(text: str, kind: str) -> None:
    assert read_pasted(text).kind == kind


@given(st.text(max_size=300) | st.sampled_from(['"Track URI","x"\n"', f"uri,title\n{A}", "uri,\0\n\0,\0"]))
def test_any_text_gives_an_answer(text: str) -> None:
    read = read_pasted(text)
    assert bool(read.songs) == (read.kind in ("links", "export", "names"))


def test_a_huge_playlist_is_cut() -> None:
    rows = "".join(f"spotify:track:{number:022},Song {number}\n" for number in range(MAX_SONGS + 50))
    assert len(read_pasted(f"Track URI,Track Name\n{rows}").songs) == MAX_SONGS
