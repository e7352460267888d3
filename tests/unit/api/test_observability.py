"""Metrics and log lines."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path

from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.model_holder import ModelHolder
from quintet.api.observability import JsonFormatter


def samples(client: TestClient) -> dict[str, float]:
    """Return the sum of each sample over its labels."""
    found: dict[str, float] = {}
    for family in text_string_to_metric_families(client.get("/metrics").text):
        for sample in family.samples:
            found[sample.name] = found.get(sample.name, 0.0) + sample.value
    return found


def test_requests_and_time_in_the_model_are_measured(client: TestClient) -> None:
    client.post("/recommend_ranked", json={"seeds": ["t00000"]})
    client.get("/search", params={"q": "amber"})
    after = samples(client)
    assert after["quintet_http_requests_total"] == 2
    assert after["quintet_model_duration_seconds_count"] == 2
    assert after["quintet_http_request_duration_seconds_count"] == after["quintet_http_requests_total"]


def test_the_model_served_and_its_swaps_are_gauged(
    client: TestClient,
    holder: ModelHolder,
    registry: InMemoryRegistry,
    make_artifact: Callable[..., Path],
) -> None:
    register(registry, make_artifact(count=50))
    holder.refresh()
    register(registry, Path(__file__).parent, promote=True)  # a folder that is no model
    holder.refresh()
    seen = samples(client)
    assert seen["quintet_model_version"] == 2
    assert seen["quintet_model_catalogue_tracks"] == 50
    assert seen["quintet_model_swaps_total"] == 2
    assert seen["quintet_model_failed_swaps_total"] == 1
    assert seen["quintet_model_age_seconds"] >= 0
    assert seen["quintet_registry_up"] == 1


def test_without_a_model_the_metrics_say_so(client_without_model: TestClient) -> None:
    seen = samples(client_without_model)
    assert seen["quintet_model_loaded"] == 0
    assert "quintet_model_version" not in seen


def test_a_log_line_is_one_line_of_json_whatever_it_holds() -> None:
    try:
        raise ValueError("two\nlines")
    except ValueError:
        record = logging.LogRecord("quintet", logging.ERROR, "", 0, "a\nb %s", ("ü",), sys.exc_info())
    record.data = {"version": "3", "path": Path("x")}
    line = JsonFormatter().format(record)
    assert "\n" not in line
    parsed = json.loads(line)
    assert parsed["message"] == "a\nb ü"
    assert parsed["version"] == "3"
    assert "ValueError" in parsed["traceback"]
