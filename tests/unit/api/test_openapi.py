"""The description of the API: current, complete, and true about its errors."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from quintet.api.error_responses import PROBLEM_TYPES
from quintet.api.openapi import text
from quintet.data.schema import FEATURE_NAMES
from quintet.main import create_app
from quintet.settings import ApiSettings

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.json"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    return create_app(ApiSettings(), connect=None).openapi()


def test_the_copy_in_docs_is_current() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == text(create_app()), "run `make openapi`"


def test_every_route_of_the_contract_is_there_and_no_other(schema: dict[str, Any]) -> None:
    routes = {(method.upper(), path) for path, item in schema["paths"].items() for method in item}
    assert routes == {
        ("GET", "/search"),
        ("POST", "/recommend_ranked"),
        ("GET", "/tracks/{track_id}"),
        ("GET", "/hottest"),
        ("POST", "/ratings"),
        ("DELETE", "/ratings/{request_id}/{track_id}"),
        ("GET", "/ratings/summary"),
        ("GET", "/overview"),
        ("GET", "/map"),
        ("POST", "/map/places"),
        ("GET", "/model"),
        ("GET", "/health/live"),
        ("GET", "/health/ready"),
        ("GET", "/metrics"),
    }


def test_every_error_is_described_as_a_problem_with_an_example(schema: dict[str, Any]) -> None:
    described = set()
    for item in schema["paths"].values():
        for operation in item.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    content = response["content"]["application/problem+json"]
                    assert list(response["content"]) == ["application/problem+json"]
                    described |= set(content["examples"])
    assert described >= {kind.name for kind in PROBLEM_TYPES} - {"not-found", "method-not-allowed"}


def test_every_audio_feature_of_the_schema_is_answered(schema: dict[str, Any]) -> None:
    assert set(schema["components"]["schemas"]["AudioFeatures"]["properties"]) == set(FEATURE_NAMES)


def test_the_examples_are_of_the_shapes_they_show(schema: dict[str, Any]) -> None:
    for name in ("FoundTrack", "RankedTrack", "TrackDetail", "RecommendRequest"):
        shape = schema["components"]["schemas"][name]
        assert set(shape["example"]) == set(shape["properties"]), name


def test_making_the_application_touches_no_disk_and_no_network(tmp_path: Path) -> None:
    def connect() -> Any:
        raise AssertionError("nobody may be asked yet")

    create_app(ApiSettings(QUINTET_MODELS_DIR=tmp_path / "models"), connect)
    assert not (tmp_path / "models").exists()


def test_the_description_is_served(client: TestClient) -> None:
    page = client.get("/docs").text
    addresses = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(addresses) == 3
    for address in addresses:
        assert "//" not in address, "the page must need no network"
        assert client.get(address).status_code == 200
    assert client.get("/openapi.json").json()["info"]["title"] == "Quintet"
