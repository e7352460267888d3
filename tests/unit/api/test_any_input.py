"""Whatever comes in, the answer is never a 5xx, and an error is always problem+json."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient

SETTINGS = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=30),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(max_size=10), inner, max_size=5),
    max_leaves=20,
)
SEEDS = st.lists(st.sampled_from(["t00000", "t00299", "nobody"]) | JSON, max_size=25) | JSON
BODIES = JSON | st.fixed_dictionaries(
    {"seeds": SEEDS}, optional={"k": JSON | st.integers(-5, 250), "x": JSON}
)


def assert_sound(answer: Any) -> None:
    assert answer.status_code < 500, answer.text
    assert answer.headers["X-Request-ID"]
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["status"] == answer.status_code


@SETTINGS
@given(body=BODIES)
def test_any_json_is_answered(client: TestClient, body: Any) -> None:
    content = json.dumps(body).encode()
    answer = client.post("/recommend_ranked", content=content, headers={"Content-Type": "application/json"})
    assert_sound(answer)
    if answer.status_code == 200:
        ids = [item["track_id"] for item in answer.json()["items"]]
        assert len(set(ids)) == len(ids) == body.get("k", 10)
        assert not set(ids) & set(body["seeds"])


@SETTINGS
@given(body=st.binary(max_size=200), media_type=st.sampled_from(["application/json", "text/plain", ""]))
def test_any_bytes_are_answered(client: TestClient, body: bytes, media_type: str) -> None:
    headers = {"Content-Type": media_type}
    assert_sound(client.post("/recommend_ranked", content=body, headers=headers))


@SETTINGS
@given(q=st.text(st.characters(exclude_categories=()), max_size=230))
def test_any_query_is_answered(client: TestClient, q: str) -> None:
    raw = q.encode("utf-8", "surrogatepass")
    assert_sound(client.get("/search?q=" + "".join(f"%{byte:02X}" for byte in raw)))


@SETTINGS
@given(
    pairs=st.lists(
        st.tuples(st.sampled_from(["q", "limit", "offset", "x"]), st.text(max_size=12)), max_size=6
    )
)
def test_any_parameters_are_answered(client: TestClient, pairs: list[tuple[str, str]]) -> None:
    assert_sound(client.get("/search", params=[(k, v.encode("utf-8", "replace")) for k, v in pairs]))


@SETTINGS
@given(raw=st.binary(max_size=90))
def test_any_track_id_is_answered(client: TestClient, raw: bytes) -> None:
    assert_sound(client.get("/tracks/" + "".join(f"%{byte:02X}" for byte in raw)))
