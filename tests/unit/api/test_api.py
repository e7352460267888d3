"""The routes on a small real model: answers, and what each says of wrong input."""

from __future__ import annotations

import re
from typing import Any

import pytest
from starlette.testclient import TestClient

SEEDS = ["t00000", "t00011", "t00022", "t00033", "t00044"]
TRACK_FIELDS = {
    "track_id",
    "track_name",
    "artists",
    "album_name",
    "release_date",
    "genres",
    "popularity",
    "duration_ms",
    "explicit",
    "image_url",
    "spotify_url",
    "is_invented",
}


def recommend(client: TestClient, **body: Any) -> Any:
    return client.post("/recommend_ranked", json={"seeds": SEEDS, **body})


def test_search_finds_a_song_by_words_of_its_title(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "amber river", "limit": 3}).json()
    assert answer["query"] == "amber river"
    assert answer["total"] >= 3
    assert len(answer["items"]) == 3
    assert set(answer["items"][0]) == TRACK_FIELDS | {"is_in_catalogue"}
    assert answer["items"][0]["track_name"].startswith("amber river")


def test_pages_of_a_search_do_not_overlap(client: TestClient) -> None:
    pages = [
        client.get("/search", params={"q": "amber", "limit": 5, "offset": offset}).json()["items"]
        for offset in (0, 5)
    ]
    ids = [track["track_id"] for page in pages for track in page]
    assert len(set(ids)) == 10


def test_a_search_without_a_match_is_an_empty_list(client: TestClient) -> None:
    answer = client.get("/search", params={"q": "zzzzzzzzzzqqqq"})
    assert answer.status_code == 200
    assert answer.json()["items"] == []


@pytest.mark.parametrize("q", ["", "   ", "x" * 201, "a\0b"])
def test_a_query_that_is_empty_long_or_holds_nul_is_refused_by_name(client: TestClient, q: str) -> None:
    answer = client.get("/search", params={"q": q})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["q"]


@pytest.mark.parametrize(
    "q",
    [
        ".*",
        "[a-",
        "(",
        "\\",
        "^$",
        "'; DROP TABLE tracks; --",
        "%_%",
        '"',
        "AND OR NOT",
        "track_name:*",
        "~9",
        "+-",
        "🎵🎶",
    ],
)
def test_meta_characters_and_emoji_are_plain_text(client: TestClient, q: str) -> None:
    assert client.get("/search", params={"q": q}).status_code == 200


@pytest.mark.parametrize(
    ("field", "value"),
    [("limit", 0), ("limit", 51), ("limit", "x"), ("offset", -1), ("offset", 10**30), ("colour", "red")],
)
def test_a_wrong_search_parameter_is_named(client: TestClient, field: str, value: object) -> None:
    answer = client.get("/search", params={"q": "amber", field: str(value)})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


def test_a_lone_surrogate_in_a_query_harms_nobody(client: TestClient) -> None:
    assert client.get("/search?q=%ED%A0%80amber").status_code == 200


def test_recommended_tracks_are_ranked_and_explained(client: TestClient) -> None:
    answer = recommend(client, k=10).json()
    items = answer["items"]
    assert [item["rank"] for item in items] == list(range(1, 11))
    scores = [item["score"] for item in items]
    assert scores == sorted(scores, reverse=True)
    assert set(items[0]) == TRACK_FIELDS | {"rank", "score", "taste", "model_version", "reasons"}
    assert not {item["track_id"] for item in items} & set(SEEDS)
    for item in items:
        parts = item["reasons"]["contributions"]
        assert sum(part["value"] for part in parts) == pytest.approx(item["score"], abs=1e-3)
        assert item["reasons"]["closest_seed"] in SEEDS
        assert item["reasons"]["text"]["en"]
        assert item["reasons"]["text"]["ko"]


def test_k_of_200_gives_200(client: TestClient) -> None:
    uncapped = {"max_per_artist": None, "max_per_album": None}
    assert len(recommend(client, k=200, **uncapped).json()["items"]) == 200


def test_a_list_has_ten_tracks_unless_told_otherwise(client: TestClient) -> None:
    assert len(recommend(client).json()["items"]) == 10


def test_an_answer_names_its_request_and_its_model(client: TestClient) -> None:
    answer = recommend(client)
    assert answer.json()["request_id"] == answer.headers["X-Request-ID"]
    assert answer.json()["model_version"] == "1"


def test_a_repeated_seed_counts_once_and_is_told(client: TestClient) -> None:
    twice = recommend(client, seeds=[*SEEDS, SEEDS[0]]).json()
    assert twice["items"] == recommend(client).json()["items"]
    assert "repeated" in twice["warnings"][0]
    assert recommend(client).json()["warnings"] == []


def test_every_unknown_seed_is_named(client: TestClient) -> None:
    answer = recommend(client, seeds=["t00000", "nobody", "no-one"])
    assert answer.status_code == 404
    assert answer.json()["type"].endswith(":unknown-track")
    assert answer.json()["unknown_track_ids"] == ["nobody", "no-one"]


@pytest.mark.parametrize("k", [0, 201, -1, "x", "5", True, 5.0, 5.5, None, [], 10**30])
def test_a_wrong_k_is_named(client: TestClient, k: object) -> None:
    answer = recommend(client, k=k)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["k"]


@pytest.mark.parametrize("seeds", [[], ["t00000"] * 21, "t00000", None, {"a": 1}])
def test_a_wrong_number_or_kind_of_seeds_is_named(client: TestClient, seeds: object) -> None:
    answer = recommend(client, seeds=seeds)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["seeds"]


@pytest.mark.parametrize("seed", ["", "x" * 65, 5, None, ["t00000"], True])
def test_a_wrong_seed_is_named_by_its_place(client: TestClient, seed: object) -> None:
    answer = recommend(client, seeds=["t00000", seed])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "seeds.1"


def test_an_unknown_field_is_named(client: TestClient) -> None:
    answer = recommend(client, mood="sunny")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "mood"


def test_a_track_comes_with_its_audio_features(client: TestClient) -> None:
    track = client.get("/tracks/t00007").json()
    assert set(track) == TRACK_FIELDS | {"is_in_catalogue", "audio_features"}
    assert set(track["audio_features"]) >= {"danceability", "tempo", "time_signature"}
    assert track["track_id"] == "t00007"


@pytest.mark.parametrize("track_id", ["nobody", "%00", "🎵", "' OR 1=1", "..", "t00007%2F"])
def test_an_unknown_track_is_not_found(client: TestClient, track_id: str) -> None:
    assert client.get(f"/tracks/{track_id}").status_code == 404


def test_the_model_tells_about_itself(client: TestClient) -> None:
    model = client.get("/model").json()
    assert model["name"] == "quintet"
    assert (model["version"], model["alias"], model["catalogue_size"]) == ("1", "champion", 300)
    assert model["metrics"] == {"catalogue_coverage": 0.5}
    assert re.fullmatch(r"[0-9a-f]{64}", model["fingerprint"])
    assert model["is_invented"] is False
    assert model["trained_at"].endswith(("Z", "+00:00"))


def test_health_is_ready_with_a_model(client: TestClient) -> None:
    assert client.get("/health/live").json()["status"] == "live"
    assert client.get("/health/ready").json()["model_version"] == "1"


@pytest.mark.parametrize("path", ["/search?q=a", "/tracks/t00000", "/model", "/health/ready"])
def test_without_a_model_the_answer_is_come_back_later(client_without_model: TestClient, path: str) -> None:
    answer = client_without_model.get(path)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert answer.json()["type"].endswith(":no-model")


def test_without_a_model_the_process_is_still_alive(client_without_model: TestClient) -> None:
    assert client_without_model.get("/health/live").status_code == 200
