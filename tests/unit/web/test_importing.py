"""Pasted songs against a stand-in: what the catalogue has is found, and five of it are chosen."""

from __future__ import annotations

from tests.fakes.api import FakeApi

from quintet.web.api_client import ApiClient
from quintet.web.importing import find_songs
from quintet.web.pasting import Pasted, PastedSong


def export(*songs: PastedSong) -> Pasted:
    return Pasted("export", songs)


def test_links_are_looked_up_one_by_one(client: ApiClient) -> None:
    found = find_songs(client, Pasted("links", (PastedSong("id0007"), PastedSong("nobody"))), 5)
    assert ([track.track_id for track in found.tracks], found.n_known, found.n_pasted) == (["id0007"], 1, 2)


def test_a_playlist_is_compared_with_the_catalogue_at_once(client: ApiClient, fake_api: FakeApi) -> None:
    songs = [PastedSong(f"id{number:04}", "x", f"Band {number}") for number in range(50)]
    strangers = [PastedSong(f"no{number:04}") for number in range(50)]
    found = find_songs(client, export(*strangers, *songs), 5)
    assert [track.track_id for track in found.tracks] == [f"id{number:04}" for number in range(5)]
    assert (found.n_known, found.n_pasted) == (50, 100)
    assert fake_api.calls.count("POST /map/places") == 1
    assert len(fake_api.calls) == 6


def test_of_one_artist_there_is_one_song_as_long_as_there_are_others(client: ApiClient) -> None:
    artists = ("A", "A", "B", "A", "C")
    songs = [PastedSong(f"id{number:04}", "x", artist) for number, artist in enumerate(artists)]
    found = find_songs(client, export(*songs), 4)
    assert [track.track_id for track in found.tracks] == ["id0000", "id0002", "id0004", "id0001"]


def test_songs_without_a_known_id_are_found_by_title_and_artist(client: ApiClient) -> None:
    songs = (
        PastedSong("elsewhere", "night song 5", ""),  # a line: names title and artist together
        PastedSong("", "Rain Song 7", "Band 7"),
        PastedSong("", "Rain Song 11", "Somebody Else"),
        PastedSong("", "Nobody knows this", "Nobody"),
    )
    found = find_songs(client, export(*songs), 5)
    assert [track.track_id for track in found.tracks] == ["id0007"]
    assert (found.n_known, found.n_pasted) == (1, 4)


def test_lines_of_names_are_found_whatever_their_order(client: ApiClient) -> None:
    lines = (PastedSong(title="Band 7 - Rain Song 7"), PastedSong(title="Dance Song 2 (Band 2)"))
    found = find_songs(client, Pasted("names", lines), 5)
    assert [track.track_id for track in found.tracks] == ["id0007", "id0002"]
