"""Asking services whether they are ready. Nothing here waits longer than `TIMEOUT_S`, or raises."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Any

import psycopg2

from quintet.stack.service import Probe

TIMEOUT_S = 3.0

# Our own services are asked directly, whatever proxy the environment names.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def fetch(url: str) -> tuple[int, bytes]:
    """Return status and body of an HTTP answer, whatever the status.

    Raises
    ------
    OSError
        When there is no answer within `TIMEOUT_S`.
    """
    try:
        with _OPENER.open(url, timeout=TIMEOUT_S) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def http(url: str) -> Probe:
    """Return a probe that is content when `url` answers 200."""

    def ask() -> str | None:
        try:
            status, _ = fetch(url)
        except OSError as error:
            return f"no answer from {url}: {error}"
        return None if status == 200 else f"{url} answers {status}"

    return ask


def airflow_part(url: str, part: str) -> Probe:
    """Return a probe that is content when Airflow's health page calls a part of it healthy."""

    def ask() -> str | None:
        try:
            status, body = fetch(url)
            health: dict[str, Any] = json.loads(body) if status == 200 else {}
        except (OSError, ValueError) as error:
            return f"no answer from {url}: {error}"
        state = (health.get(part) or {}).get("status")
        return None if state == "healthy" else f"Airflow calls its {part} {state or 'unknown'}"

    return ask


def postgres(dsn: str) -> Probe:
    """Return a probe that is content when PostgreSQL answers a query."""

    def ask() -> str | None:
        try:
            query(dsn, "SELECT 1")
        except psycopg2.Error as error:
            return str(error).strip().splitlines()[0]
        return None

    return ask


def query(dsn: str, sql: str) -> list[tuple[Any, ...]]:
    """Return the rows of one query; `dsn` is a URL as libpq knows it; raises `psycopg2.Error`."""
    link = psycopg2.connect(dsn, connect_timeout=int(TIMEOUT_S))
    try:
        with link.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall()
    finally:
        link.close()
