"""The stand-in for Spotify keeps each regime's rules, and answers in the shapes Spotify documents."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from quintet.fakes.listeners import EDITORIAL, chart_playlist_id, own_playlist_id
from quintet.fakes.regime import NO_PREMIUM, NOT_ALLOWLISTED, REGIMES

SPEC = Path(__file__).parents[4] / "shared" / "reference" / "spotify-openapi.yml"


def listener_token(caller: Any, scope: str = "user-top-read user-read-recently-played") -> str:
    verifier = "v" * 50
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")
    agreed = caller.http.get(
        "/accounts/authorize",
        params={
            "redirect_uri": "http://127.0.0.1:1/cb",
            "state": "s",
            "scope": scope,
            "code_challenge": challenge,
        },
        follow_redirects=False,
    )
    code = parse_qs(urlsplit(agreed.headers["location"]).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "code_verifier": verifier}
    return caller.http.post("/accounts/api/token", data=form).json()["access_token"]


@pytest.mark.parametrize("regime", ["extended", "dev_old"])
def test_older_apps_search_pages_of_fifty_and_batch(caller, regime):
    caller.use(regime)
    ids = [track.id for track in caller.world.tracks[:3]]
    assert (
        len(
            caller.get("/search", q="genre:k-pop", type="track", limit=50, market="KR").json()["tracks"][
                "items"
            ]
        )
        > 10
    )
    tracks = caller.get("/tracks/", ids=",".join([*ids, "0" * 22])).json()["tracks"]
    assert [track and track["id"] for track in tracks] == [*ids, None]
    assert "popularity" in tracks[0]


def test_a_new_app_gets_ten_no_batches_no_popularity_and_no_features(caller):
    assert (
        caller.get("/search", q="a", type="track", limit=11, market="KR").json()["error"]["message"]
        == "Invalid limit"
    )
    found = caller.get("/search", q="genre:house", type="track", limit=10, market="KR").json()["tracks"]
    assert found["items"]
    assert not {"popularity", "available_markets"} & set(found["items"][0])
    refused = caller.get("/tracks", ids=caller.world.tracks[0].id)
    assert (refused.status_code, refused.json()) == (403, {"error": {"status": 403, "message": "Forbidden"}})
    features = caller.get("/audio-features", ids=caller.world.tracks[0].id)
    assert (features.status_code, features.json()) == (403, {"error": {"status": 403}})


def test_only_an_extended_app_gets_audio_features(caller):
    caller.use("extended")
    track = caller.world.tracks[0]
    features = caller.get("/audio-features", ids=f"{track.id},{'0' * 22}").json()["audio_features"]
    assert features[0]["energy"] == track.features["energy"]
    assert features[1] is None


def test_an_app_without_premium_is_refused_everywhere_but_at_the_token(caller):
    caller.use("no_premium")
    refused = caller.get("/search", q="a", type="track", market="KR")
    assert (refused.status_code, refused.text) == (403, NO_PREMIUM)


def test_a_listener_who_is_not_on_the_list_is_refused_and_the_app_is_not(caller):
    caller.use("not_allowlisted")
    assert caller.get("/search", q="a", type="track", limit=5, market="KR").status_code == 200
    caller.token = listener_token(caller)
    refused = caller.get("/me/top/tracks")
    assert (refused.status_code, refused.text) == (403, NOT_ALLOWLISTED)


def test_a_listener_connects_with_pkce_and_sees_only_their_own(caller):
    app_only = caller.get("/me/")
    assert app_only.status_code == 401
    caller.token = listener_token(caller)
    mine = caller.get("/me/top/tracks", limit=50).json()["items"]
    assert mine[0]["id"] == caller.world.taste_of("listener-1")[0].id
    assert caller.get("/me/tracks").json()["error"]["message"] == "Insufficient client scope"
    played = caller.get("/me/player/recently-played", limit=50).json()
    assert played["items"][0]["track"]["id"]


def test_following_next_reads_every_result_once(caller):
    page = caller.get("/search", q="genre:folk", type="track", limit=10, market="KR").json()["tracks"]
    seen = [item["id"] for item in page["items"]]
    while page["next"]:
        asked = urlsplit(page["next"])
        page = caller.http.get(
            f"{asked.path}?{asked.query}", headers={"Authorization": f"Bearer {caller.token}"}
        ).json()["tracks"]
        seen += [item["id"] for item in page["items"]]
    assert len(seen) == len(set(seen)) == page["total"]


def test_without_a_market_an_app_finds_nothing(caller):
    assert caller.get("/search", q="genre:folk", type="track", limit=10).json()["tracks"]["total"] == 0


def test_playlists_follow_the_regime(caller):
    assert caller.get(f"/playlists/{EDITORIAL}").status_code == 404
    assert "items" not in caller.get(f"/playlists/{chart_playlist_id()}").json()
    assert caller.get(f"/playlists/{chart_playlist_id()}/items").status_code == 403
    caller.token = listener_token(caller)
    own = caller.get(f"/playlists/{own_playlist_id('listener-1')}/items", limit=50).json()
    assert own["items"][0]["item"]["id"]
    assert None in [entry["item"] for entry in own["items"]]
    caller.use("dev_old")
    assert caller.get(f"/playlists/{chart_playlist_id()}/tracks").json()["items"][0]["track"]["id"]


def test_a_quota_runs_out_and_says_so_for_the_rest_of_the_day(caller):
    caller.use("dev_2026", quotas={"artist": 2})
    artist_id = caller.world.artists[0].id
    statuses = [caller.get(f"/artists/{artist_id}").status_code for _ in range(4)]
    assert statuses == [200, 200, 429, 429]
    stopped = caller.get(f"/artists/{artist_id}")
    assert stopped.json()["error"]["reason"] == "QUOTA_EXCEEDED"
    assert int(stopped.headers["retry-after"]) > 80_000


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("rate_limit", 429),
        ("rate_limit_long", 429),
        ("expired_token", 401),
        ("503", 503),
        ("html", 200),
        ("truncated", 200),
    ],
)
def test_a_queued_fault_happens_once(caller, kind, status):
    caller.use("dev_2026", faults=[{"bucket": "artist", "kind": kind}])
    path = f"/artists/{caller.world.artists[0].id}"
    broken = caller.get(path)
    assert broken.status_code == status
    assert broken.content != caller.get(path).content


def test_the_control_route_tells_what_was_asked(caller):
    caller.use("dev_2026", reset=True)
    caller.get("/tracks", ids=caller.world.tracks[0].id)
    told = caller.http.post("/control", json={}).json()
    assert told["calls"]["tracks"] == told["refused"]["tracks"] == 1


@pytest.mark.skipif(not SPEC.exists(), reason="the OpenAPI file of Spotify is not beside the project")
@pytest.mark.parametrize("regime", ["extended", "dev_2026"])
def test_answers_hold_to_the_official_openapi_file(caller, regime):
    schemas = yaml.safe_load(SPEC.read_text())["components"]["schemas"]
    caller.use(regime)
    track = caller.get(f"/tracks/{caller.world.tracks[0].id}").json()
    artist = caller.get(f"/artists/{caller.world.artists[0].id}").json()
    page = caller.get("/search", q="a", type="track", limit=5, market="KR").json()["tracks"]
    for body, name in ((track, "TrackObject"), (artist, "ArtistObject"), (page, "PagingObject")):
        assert_matches(body, schemas[name], schemas, name)
    if REGIMES[regime].audio_features:
        features = caller.get(f"/audio-features/{track['id']}").json()
        assert_matches(features, schemas["AudioFeaturesObject"], schemas, "features")


TYPES = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
}


def assert_matches(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str) -> None:
    """Check types, enums and known members against a schema; members Spotify took away may be missing."""
    for part in schema.get("allOf", ()):
        assert_matches(value, part, schemas, where)
    if "$ref" in schema:
        return assert_matches(value, schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas, where)
    if value is None or "oneOf" in schema:
        return None
    if "type" in schema:
        assert isinstance(value, TYPES[schema["type"]]), f"{where}: {value!r} is no {schema['type']}"
    if "enum" in schema:
        assert value in schema["enum"], f"{where}: {value!r}"
    for name, inner in schema.get("properties", {}).items():
        if isinstance(value, dict) and name in value:
            assert_matches(value[name], inner, schemas, f"{where}.{name}")
    for item in value if isinstance(value, list) and "items" in schema else ():
        assert_matches(item, schema["items"], schemas, f"{where}[]")
    return None
