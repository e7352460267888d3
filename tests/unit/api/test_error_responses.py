"""Every error is problem+json, whatever was wrong, and gives nothing of the inside away."""

from __future__ import annotations

import json
from typing import Any

import pytest
from starlette.testclient import TestClient

from quintet.api.api import create_api
from quintet.api.model_holder import ModelHolder

MEMBERS = {"type", "title", "status", "detail", "instance", "request_id", "errors"}
JSON = {"Content-Type": "application/json"}


def assert_problem(answer: Any, status: int, name: str) -> dict[str, Any]:
    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert set(body) >= MEMBERS
    assert body["type"] == f"urn:problem-type:quintet:{name}"
    assert body["status"] == status
    assert body["request_id"] == answer.headers["X-Request-ID"]
    return body


def test_an_unknown_address_is_not_found(client: TestClient) -> None:
    body = assert_problem(client.get("/nothing/here"), 404, "not-found")
    assert body["instance"] == "/nothing/here"


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
def test_a_method_the_address_does_not_take_is_refused(client: TestClient, method: str) -> None:
    answer = client.request(method, "/recommend_ranked")
    assert_problem(answer, 405, "method-not-allowed")
    assert answer.headers["Allow"] == "POST"


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b'{"seeds": ["t00000"]',
        b"",
        b"\xff\xfe\x00",
        b'{"seeds": ["\xff"]}',
        b"[" * 30_000,
        b'{"seeds":' * 7_000,
        b'{"k": ' + b"9" * 5_000 + b"}",
    ],
)
def test_a_body_that_is_not_json_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/recommend_ranked", content=body, headers=JSON)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body"


@pytest.mark.parametrize("body", [b"null", b"[]", b"5", b'"x"', b"true"])
def test_json_that_is_no_object_is_refused(client: TestClient, body: bytes) -> None:
    answer = client.post("/recommend_ranked", content=body, headers=JSON)
    assert_problem(answer, 422, "invalid-input")


@pytest.mark.parametrize(
    "media_type", ["text/plain", "application/xml", "multipart/form-data", "", "nonsense"]
)
def test_another_media_type_is_refused(client: TestClient, media_type: str) -> None:
    answer = client.post(
        "/recommend_ranked", content=b'{"seeds": ["t00000"]}', headers={"Content-Type": media_type}
    )
    assert_problem(answer, 415, "wrong-media-type")


def test_a_charset_beside_the_media_type_is_fine(client: TestClient) -> None:
    headers = {"Content-Type": "Application/JSON; charset=utf-8"}
    answer = client.post("/recommend_ranked", content=b'{"seeds": ["t00000"]}', headers=headers)
    assert answer.status_code == 200


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_over_64_kib_is_too_large(client: TestClient, chunked: bool) -> None:
    body = b'{"seeds": ["' + b"x" * 70_000 + b'"]}'
    content = iter([body[:1000], body[1000:]]) if chunked else body
    answer = client.post("/recommend_ranked", content=content, headers=JSON)
    assert_problem(answer, 413, "body-too-large")


def test_an_unknown_field_with_a_lone_surrogate_is_named_in_utf_8(client: TestClient) -> None:
    answer = client.post("/recommend_ranked", content=b'{"seeds": ["t00000"], "\\ud800": 1}', headers=JSON)
    assert answer.status_code == 422
    json.loads(answer.content.decode("utf-8"))


def test_a_seed_with_a_lone_surrogate_is_no_server_error(client: TestClient) -> None:
    answer = client.post("/recommend_ranked", content=b'{"seeds": ["\\ud800"]}', headers=JSON)
    assert answer.status_code in (404, 422)
    json.loads(answer.content.decode("utf-8"))


def test_hundreds_of_faults_give_a_short_answer(client: TestClient) -> None:
    body = {"seeds": ["t00000"], **{"x" * 200 + str(i): i for i in range(200)}}
    answer = client.post("/recommend_ranked", json=body)
    assert_problem(answer, 422, "invalid-input")
    assert len(answer.json()["errors"]) == 20
    assert len(answer.content) < 10_000


def test_a_fault_of_our_own_gives_an_id_and_nothing_of_the_inside(holder: ModelHolder) -> None:
    app = create_api(holder, 5.0)

    @app.get("/broken")
    async def broken() -> None:
        raise RuntimeError("secret inside")

    with TestClient(app, raise_server_exceptions=False) as client:
        answer = client.get("/broken")
    assert_problem(answer, 500, "internal-error")
    assert b"secret" not in answer.content
    assert b"Traceback" not in answer.content
