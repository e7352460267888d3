"""What can be seen of the running API from outside: Prometheus metrics and JSON log lines.

What is measured is decided by the callers; ids and counts only, never the words of a query.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from starlette.requests import Request

from quintet.api.model_holder import ModelHolder
from quintet.api.recorder import Recorder
from quintet.api.served_model import ServedModel

_BUCKETS_S = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


class _HolderCollector(Collector):
    """Reads the holder when Prometheus asks, so that a gauge is never stale."""

    def __init__(self, holder: ModelHolder) -> None:
        self._holder = holder

    def collect(self) -> Iterator[Metric]:
        yield CounterMetricFamily("quintet_model_swaps", "Models swapped in", value=self._holder.swaps)
        yield CounterMetricFamily(
            "quintet_model_failed_swaps", "Models refused or not fetched", value=self._holder.failed_swaps
        )
        yield GaugeMetricFamily(
            "quintet_registry_up", "1 when MLflow answered the last look", value=self._holder.registry_answers
        )
        model = self._holder.peek()
        yield GaugeMetricFamily("quintet_model_loaded", "1 when a model answers", value=model is not None)
        if model is not None:
            yield from self._model_gauges(model)

    @staticmethod
    def _model_gauges(model: ServedModel) -> Iterator[Metric]:
        info = GaugeMetricFamily("quintet_model_info", "The model served", labels=["version", "fingerprint"])
        info.add_metric([model.version.version, model.fingerprint], 1)
        yield info
        age_s = (datetime.now(UTC) - model.trained_at).total_seconds()
        yield GaugeMetricFamily("quintet_model_version", "Its number", value=float(model.version.version))
        yield GaugeMetricFamily("quintet_model_age_seconds", "Time since it was trained", value=age_s)
        yield GaugeMetricFamily(
            "quintet_model_catalogue_tracks", "Tracks it can recommend", value=model.catalogue_size
        )


class _RecorderCollector(Collector):
    """Reads the recorder when Prometheus asks."""

    def __init__(self, recorder: Recorder) -> None:
        self._recorder = recorder

    def collect(self) -> Iterator[Metric]:
        recorder = self._recorder
        yield CounterMetricFamily(
            "quintet_lists_recorded", "Lists kept in PostgreSQL", value=recorder.recorded
        )
        yield CounterMetricFamily(
            "quintet_lists_dropped", "Lists not kept, since PostgreSQL was away", value=recorder.dropped
        )
        yield GaugeMetricFamily(
            "quintet_database_up", "1 when PostgreSQL took the last list", value=recorder.store_answers
        )


class Measurements:
    """The metrics of one application.

    Parameters
    ----------
    holder : ModelHolder
        Read at every scrape.
    recorder : Recorder or None
        The same.
    """

    def __init__(self, holder: ModelHolder, recorder: Recorder | None = None) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(_HolderCollector(holder))
        if recorder is not None:
            self.registry.register(_RecorderCollector(recorder))
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "quintet_http_requests", "Requests", ["method", "route", "status"], registry=self.registry
        )
        self._durations = Histogram(
            "quintet_http_request_duration_seconds",
            "Time to answer",
            ["route"],
            buckets=_BUCKETS_S,
            registry=self.registry,
        )
        self._model_durations = Histogram(
            "quintet_model_duration_seconds",
            "Time inside the model, by task",
            ["task"],
            buckets=_BUCKETS_S,
            registry=self.registry,
        )

    def request(self, method: str, route: str, status: int, duration_s: float) -> None:
        """Count one answered request."""
        self._requests.labels(method, route, str(status)).inc()
        self._durations.labels(route).observe(duration_s)

    @contextmanager
    def model_task(self, task: str) -> Iterator[None]:
        """Measure the time spent in the model on "search" or "recommend"."""
        with self._model_durations.labels(task).time():
            yield

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)


def note(request: Request, **counts: int | str) -> None:
    """Put counts and ids into the log line of a request."""
    request.scope["state"].setdefault("counts", {}).update(counts)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, and what the caller put in `data`."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "data", {}),
        }
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, default=str)


def log_as_json() -> None:
    """Send all logs to standard output as JSON; our line a request replaces uvicorn's."""
    root = logging.getLogger()
    if not any(isinstance(handler.formatter, JsonFormatter) for handler in root.handlers):
        handler = logging.StreamHandler(sys.__stdout__)
        handler.setFormatter(JsonFormatter())
        root.addHandler(handler)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        log = logging.getLogger(name)
        log.handlers, log.propagate = [], True
    for name in ("quintet", "uvicorn"):
        logging.getLogger(name).setLevel(logging.INFO)
    logging.getLogger("uvicorn.access").disabled = True
