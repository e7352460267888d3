"""Starter sets come from whatever catalogue there is."""

from __future__ import annotations

from tests.fakes.api import FakeApi

from quintet.web.api_client import ApiClient
from quintet.web.starters import SETS, find_starters
from quintet.web.state import SLOTS


def test_starters_are_five_different_songs_each_and_of_different_genres(client: ApiClient) -> None:
    starters = find_starters(client, "en")
    assert len(starters) == SETS
    assert len({starter.genre for starter in starters}) == SETS
    assert all(len({track.track_id for track in starter.tracks}) == SLOTS for starter in starters)


def test_a_catalogue_without_genres_has_starters_too(fake_api: FakeApi, client: ApiClient) -> None:
    for track in fake_api.tracks.values():
        track["genres"] = []
    assert len(find_starters(client, "en")) == SETS


def test_korean_listeners_start_from_korean_songs_where_there_are_any(client: ApiClient) -> None:
    assert find_starters(client, "ko")[0].tracks[0].track_name == "사랑의 밤"


def test_a_tiny_catalogue_has_none(fake_api: FakeApi, client: ApiClient) -> None:
    fake_api.tracks = dict(list(fake_api.tracks.items())[:3])
    assert find_starters(client, "en") == ()
