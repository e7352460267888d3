"""Search with somebody outside: what is added, when nobody is asked, and what a failure costs."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from starlette.testclient import TestClient
from tests.fakes.music import MemorySource, found, spotify_id
from tests.unit.api.live.conftest import NEW

from quintet.errors import QuotaExceededError, SourceRefusedError, SourceUnavailableError


def search(client: TestClient, q: str, **more: Any) -> dict[str, Any]:
    answer = client.get("/search", params={"q": q, **more})
    assert answer.status_code == 200
    return answer.json()


def test_a_song_the_catalogue_lacks_comes_from_outside_and_says_so(client: TestClient) -> None:
    answer = search(client, "zebra quagga")
    assert answer["total"] == 0
    (item,) = answer["items"]
    assert (item["track_id"], item["is_in_catalogue"], item["is_invented"]) == (NEW.track_id, False, False)
    assert item["spotify_url"].endswith(NEW.track_id)


def test_a_query_the_catalogue_answers_well_is_asked_of_nobody_else(
    client: TestClient, spotify: MemorySource
) -> None:
    assert all(item["is_in_catalogue"] for item in search(client, "amber")["items"])
    assert spotify.asked == []


def test_the_catalogues_own_come_first_and_no_recording_twice(
    client: TestClient, spotify: MemorySource
) -> None:
    own = client.get("/tracks/t00123").json()
    name, artist, length_ms = own["track_name"], own["artists"][0], own["duration_ms"]
    spotify.known = (
        found(spotify_id(2), f"{name} - Remastered 2011", artist, length_ms + 900),  # in the catalogue
        found(spotify_id(3), f"{name} - Live", artist, length_ms + 60_000),  # another recording
        found(spotify_id(4), f"{name} (Live)", artist, length_ms + 60_500),  # the same, once more
    )
    items = search(client, f"{name} {artist}")["items"]
    assert items[0]["track_id"] == "t00123"
    assert [item["track_id"] for item in items if not item["is_in_catalogue"]] == [spotify_id(3)]


def test_poor_matches_give_way_and_the_page_is_never_longer_than_asked(
    client: TestClient, spotify: MemorySource
) -> None:
    spotify.known = tuple(
        found(spotify_id(i), f"Ambre {number}", "Quagga") for i, number in enumerate(("one", "two"))
    )
    items = search(client, "ambre", limit=3)["items"]  # "amber", misspelt, fills the page
    assert [item["is_in_catalogue"] for item in items] == [True, False, False]


def test_the_same_words_are_asked_about_once(client: TestClient, spotify: MemorySource) -> None:
    for q in ("zebra parade", "Zebra  PARADE", "zébra parade"):
        assert len(search(client, q)["items"]) == 1
    assert len(spotify.asked) == 1


def test_later_pages_and_the_first_letters_of_a_word_are_asked_of_nobody(
    client: TestClient, spotify: MemorySource
) -> None:
    search(client, "ze")
    search(client, "zebra", offset=10)
    assert spotify.asked == []


def test_a_source_that_hangs_costs_one_search_its_timeout_and_the_next_nothing(
    client: TestClient, spotify: MemorySource
) -> None:
    spotify.open.clear()
    began = time.monotonic()
    assert search(client, "zebra")["items"] == []
    assert time.monotonic() - began < 2.0
    began = time.monotonic()
    assert search(client, "zebra p")["items"] == []
    assert time.monotonic() - began < 0.4
    assert len(spotify.asked) == 1
    spotify.open.set()


def test_a_late_answer_serves_the_next_search(client: TestClient, spotify: MemorySource) -> None:
    spotify.open.clear()
    assert search(client, "zebra")["items"] == []
    spotify.open.set()
    deadline = time.monotonic() + 5
    while not search(client, "zebra")["items"]:
        assert time.monotonic() < deadline
    assert len(spotify.asked) == 1


def test_search_works_whatever_the_source_answers(client: TestClient, spotify: MemorySource) -> None:
    errors = (
        SourceUnavailableError("down"),
        SourceRefusedError("no premium", whole_source=True),
        QuotaExceededError("enough", 86_236.0),
        KeyError("a shape nobody knows"),
    )
    for error in errors:
        spotify.error = error
        assert search(client, "amber river 0 zzz")["total"] >= 0


def test_what_the_catalogue_knows_by_id_is_not_shown_as_new(
    client: TestClient, spotify: MemorySource
) -> None:
    spotify.known = (replace(NEW, track_id="t00000"),)
    assert search(client, "zebra")["items"] == []
