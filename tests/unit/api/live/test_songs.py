"""Songs outside the catalogue as seeds: looked up when chosen, placed in the model, and honest when not."""

from __future__ import annotations

from typing import Any

from starlette.testclient import TestClient
from tests.fakes.music import MemorySource, found, spotify_id
from tests.unit.api.conftest import Clock
from tests.unit.api.live.conftest import NEW, SOUND

from quintet.errors import QuotaExceededError, SourceUnavailableError


def recommend(client: TestClient, *seeds: str, **more: Any) -> Any:
    return client.post("/recommend_ranked", json={"seeds": list(seeds), **more})


def test_a_song_nobody_searched_for_is_looked_up_and_shown(client: TestClient) -> None:
    track = client.get(f"/tracks/{NEW.track_id}").json()
    assert (track["track_name"], track["genres"], track["is_in_catalogue"]) == (
        "Zebra Parade",
        ["nu metal"],
        False,
    )
    assert track["audio_features"] == {**SOUND, "time_signature": None}


def test_an_unknown_song_is_a_seed_together_with_known_ones(client: TestClient) -> None:
    answer = recommend(client, "t00000", NEW.track_id, "t00011").json()
    assert len(answer["items"]) == 10
    assert answer["warnings"] == []
    seeds = {seed for taste in answer["tastes"] for seed in taste["seeds"]}
    assert seeds == {"t00000", "t00011", NEW.track_id}
    assert answer["audio_profile"]["seeds"]["energy"] > 0


def test_an_unknown_song_alone_is_recommended_for(client: TestClient) -> None:
    answer = recommend(client, NEW.track_id).json()
    assert {item["reasons"]["closest_seed"] for item in answer["items"]} == {NEW.track_id}
    assert "nu metal" in answer["items"][0]["genres"]
    assert set(answer["audio_profile"]["seeds"]) >= {"energy", "tempo"}


def test_it_is_looked_up_once_and_by_one_call_each(
    client: TestClient, spotify: MemorySource, reccobeats: MemorySource
) -> None:
    client.get("/search", params={"q": "zebra parade"})
    for _ in range(3):
        assert recommend(client, NEW.track_id).status_code == 200
    assert spotify.asked == ["search zebra parade", "artists id of Quagga"]
    assert reccobeats.asked == [f"features {NEW.track_id}"]


def test_without_audio_features_genres_serve_and_a_warning_says_so(
    client: TestClient, reccobeats: MemorySource
) -> None:
    reccobeats.features = {}
    answer = recommend(client, NEW.track_id).json()
    assert len(answer["items"]) == 10
    assert any("no source has audio features of Zebra Parade" in text for text in answer["warnings"])
    recommend(client, NEW.track_id)
    assert len(reccobeats.asked) == 1


def test_what_one_source_lacks_or_fails_to_say_is_asked_again_later(
    client: TestClient, reccobeats: MemorySource, clock: Clock
) -> None:
    reccobeats.error = SourceUnavailableError("down")
    assert any("audio features" in text for text in recommend(client, NEW.track_id).json()["warnings"])
    reccobeats.error = None
    clock.now_s += 3600
    assert recommend(client, NEW.track_id).json()["warnings"] == []


def test_values_nobody_can_believe_are_not_used(client: TestClient, reccobeats: MemorySource) -> None:
    reccobeats.features = {NEW.track_id: {**SOUND, "tempo": 0.0, "energy": 70.0, "colour": 1.0}}
    features = client.get(f"/tracks/{NEW.track_id}").json()["audio_features"]
    assert (features["tempo"], features["energy"], features["valence"]) == (None, None, 0.5)


def test_an_id_nobody_knows_is_named_and_not_asked_about_again(
    client: TestClient, spotify: MemorySource
) -> None:
    for _ in range(2):
        answer = recommend(client, "t00000", NEW.track_id, spotify_id(99))
        assert answer.status_code == 404
        assert answer.json()["unknown_track_ids"] == [spotify_id(99)]
        assert "looked up" not in answer.json()["detail"]
    assert len(spotify.asked) == 1


def test_what_cannot_be_an_id_of_spotifys_is_asked_of_nobody(
    client: TestClient, spotify: MemorySource
) -> None:
    answer = recommend(client, "no such id")
    assert (answer.status_code, answer.json()["unknown_track_ids"]) == (404, ["no such id"])
    assert spotify.asked == []


def test_while_the_source_is_away_the_answer_says_that_the_look_up_failed(
    client: TestClient, spotify: MemorySource
) -> None:
    for error in (SourceUnavailableError("Spotify did not answer"), QuotaExceededError("enough", 60.0)):
        spotify.error = error
        answer = recommend(client, NEW.track_id)
        assert answer.status_code == 404
        assert "could not be looked up" in answer.json()["detail"]
        assert answer.json()["unknown_track_ids"] == [NEW.track_id]
    assert recommend(client, "t00000").status_code == 200


def test_a_source_that_hangs_is_waited_for_no_longer_than_the_patience(
    client: TestClient, spotify: MemorySource
) -> None:
    spotify.open.clear()
    assert "within" in recommend(client, NEW.track_id).json()["detail"]
    assert "left alone" in recommend(client, NEW.track_id).json()["detail"]
    spotify.open.set()


def test_another_release_of_a_song_of_the_catalogue_brings_none_of_its_versions(
    client: TestClient, spotify: MemorySource
) -> None:
    own = client.get("/tracks/t00123").json()
    twin = found(spotify_id(5), f"{own['track_name']} - Remastered", own["artists"][0], own["duration_ms"])
    spotify.known = (twin,)
    uncapped = {"k": 200, "max_per_artist": None, "max_per_album": None}
    listed = {item["track_id"] for item in recommend(client, twin.track_id, **uncapped).json()["items"]}
    assert "t00123" not in listed
    assert len(listed) == 200
