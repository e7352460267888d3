"""Search, by what a listener types."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quintet.model.recommender import Recommender
from quintet.model.search import SearchIndex


def found(search: SearchIndex, recommender: Recommender, query: str) -> list[str]:
    _, rows = search.search(query, limit=50)
    return [recommender.tracks.track_id[row] for row in rows]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("quiet lake", "a1"),
        ("QUIET LAKE", "a1"),
        ("vale quiet", "a1"),
        ("quiet la", "a1"),
        ("quite lake", "a1"),
        ("mira vael quiet lake", "a1"),
        ("quietlake", "a1"),
        ("quiet lake zzzz", "a1"),
        ("quiet lake mira vael", "a1"),
        ("qui et lake", "a1"),
        ("비오는날", "c1"),
        ("kvolt", "b1"),
        ("k-volt", "b1"),
        ("비", "c1"),
        ("오는", "c1"),
        ("소리", "c1"),
        ("etoile", "c2"),
        ("étoile d’été", "c2"),
        ("dete noel", "c2"),
    ],
)
def test_a_song_is_found_as_listeners_type_it(
    search: SearchIndex, recommender: Recommender, query: str, first: str
) -> None:
    assert found(search, recommender, query)[0] == first


def test_releases_of_one_recording_show_once_as_the_most_popular(
    search: SearchIndex, recommender: Recommender
) -> None:
    assert found(search, recommender, "hot floor") == ["b4"]


@pytest.mark.parametrize("query", ["", " ", "...", "?!", "\x00", "“”", "()[]{}", "zzzzqqqq"])
def test_what_names_nothing_finds_nothing(search: SearchIndex, query: str) -> None:
    assert search.search(query) == (0, [])


def test_pages_are_cut_from_one_order(search: SearchIndex) -> None:
    total, rows = search.search("s", limit=50)
    assert total > 3
    pages = [search.search("s", limit=2, offset=offset) for offset in range(0, total, 2)]
    assert {page[0] for page in pages} == {total}
    assert [row for _, page in pages for row in page] == rows
    assert search.search("s", limit=10, offset=10**9) == (total, [])


QUERIES = st.text(max_size=200) | st.text(alphabet="ab \x00'\"\\*+-()[]{}^~:/$!?&|<>%_;비é", max_size=200)


@settings(max_examples=150, deadline=None)
@given(QUERIES)
def test_no_query_fails(search: SearchIndex, query: str) -> None:
    total, rows = search.search(query)
    assert len(rows) == min(total, 10)
    assert len(set(rows)) == len(rows)


@pytest.mark.real_data
@pytest.mark.parametrize(
    ("query", "title", "artist"),
    [
        ("dont care loud luxury", "I Don't Care (with Justin Bieber) - Loud Luxury Remix", "Ed Sheeran"),
        ("beyonse halo", "Halo", "Beyoncé"),
        ("daft punk get lucky", "Get Lucky", "Daft Punk"),
        ("queen bohemian rapsody", "Bohemian Rhapsody", "Queen"),
        ("nirvana smells", "Smells Like Teen Spirit", "Nirvana"),
        ("shape of yuo", "Shape of You", "Ed Sheeran"),
        ("blindi", "Blinding Lights", "The Weeknd"),
        ("acdc thunderstruck", "Thunderstruck", "AC/DC"),
        ("pink what about us", "What About Us", "P!nk"),
        ("motley crue kickstart", "Kickstart My Heart", "Mötley Crüe"),
        ("black pink kill", "Kill This Love", "BLACKPINK"),
        ("rem losing my religion", "Losing My Religion", "R.E.M."),
        ("비", "AME GA FURU (비가내려)", "D-Hack"),
        ("Кино", "Кинотеатр", "Брутто"),
    ],
)
def test_real_songs_are_among_the_first_three(
    real: tuple[SearchIndex, Recommender], query: str, title: str, artist: str
) -> None:
    search, recommender = real
    shown = [recommender.tracks.track(row) for row in search.search(query, limit=3)[1]]
    assert any(track["track_name"].startswith(title) and track["artists"] == [artist] for track in shown)
