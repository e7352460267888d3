"""What surrounds a request: its id, its log line, safe headers."""

from __future__ import annotations

import json
import logging
import uuid

import pytest
from starlette.testclient import TestClient

from quintet.api.observability import JsonFormatter


def lines(caplog: pytest.LogCaptureFixture) -> list[dict[str, object]]:
    records = [record for record in caplog.records if record.name == "quintet.api.request"]
    return [json.loads(JsonFormatter().format(record)) for record in records]


@pytest.mark.parametrize("offered", ["abc-123", "A.b_C", "x" * 64])
def test_a_sane_request_id_is_kept(client: TestClient, offered: str) -> None:
    assert client.get("/model", headers={"X-Request-ID": offered}).headers["X-Request-ID"] == offered


@pytest.mark.parametrize("offered", ["", "x" * 65, "a b", "<script>", 'a"b', "%0d%0a", "é"])
def test_another_request_id_is_replaced(client: TestClient, offered: str) -> None:
    answer = client.get("/model", headers={"X-Request-ID": offered.encode()})
    assert str(uuid.UUID(answer.headers["X-Request-ID"]))


def test_every_answer_has_safe_headers_and_no_cors(client: TestClient) -> None:
    for path in ("/model", "/nothing", "/metrics", "/docs"):
        headers = client.get(path, headers={"Origin": "http://elsewhere.example"}).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert "Access-Control-Allow-Origin" not in headers


def test_a_request_is_one_line_with_counts_and_no_words_of_it(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="quintet"):
        client.get("/search", params={"q": "amber secret", "token": "hush"})
        client.get("/search", params={"q": "amber", "limit": 2})
        client.get("/tracks/t00001")
        client.post("/recommend_ranked", json={"seeds": ["t00000"], "k": 3}, headers={"X-Request-ID": "r1"})
    search, found, track, recommend = lines(caplog)
    assert (search["status"], search["route"]) == (422, "/search")
    assert found["items"] == 2
    assert track["route"] == "/tracks/{track_id}"
    expected = {
        "request_id": "r1",
        "route": "/recommend_ranked",
        "status": 200,
        "seeds": 1,
        "k": 3,
        "items": 3,
    }
    assert expected.items() <= recommend.items()
    assert recommend["duration_ms"] > 0  # type: ignore[operator]
    text = json.dumps([search, found, track, recommend])
    assert not any(word in text for word in ("amber", "secret", "hush", "t00000", "t00001"))


def test_addresses_and_methods_made_up_by_callers_share_one_label(client: TestClient) -> None:
    client.get("/wp-admin.php")
    client.request("BREW", "/model")
    metrics = client.get("/metrics").text
    assert "wp-admin" not in metrics
    assert "BREW" not in metrics
    assert 'route="unmatched"' in metrics
    assert 'method="other"' in metrics
