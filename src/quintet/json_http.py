"""GET some JSON from a public service, politely, with every lower error translated."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

import requests

from quintet.errors import QuotaExceededError, SourceError, SourceRefusedError, SourceUnavailableError

TIMEOUT_S = 10.0
LONGEST_WAIT_S = 60.0
MAX_TRIES = 4
HEADERS = {"User-Agent": "quintet/0.1", "Accept": "application/json"}


class JsonClient:
    """Asks one service.

    Parameters
    ----------
    service : str
        Its name, as errors say it.
    url : str
        Its base address.
    sleep : callable
        How to wait, in seconds.
    timeout_s : float
        What one call may take, between two signs of life.
    tries : int
        How often a call that fails at the server is made.
    """

    def __init__(
        self,
        service: str,
        url: str,
        sleep: Callable[[float], None] = time.sleep,
        timeout_s: float = TIMEOUT_S,
        tries: int = MAX_TRIES,
    ) -> None:
        self._service = service
        self._url = url.rstrip("/")
        self._sleep = sleep
        self._timeout_s, self._tries = timeout_s, tries
        self._session = requests.Session()
        self._session.headers.update(HEADERS)

    def get(self, path: str, params: Mapping[str, Any] | None = None) -> Any:
        """Return the JSON at a path.

        Raises
        ------
        SourceUnavailableError
            No answer, a 5xx after every try, or no JSON.
        QuotaExceededError
            A 429 that asks for a longer wait than we make.
        SourceRefusedError
            A 401 or 403.
        """
        for attempt in range(self._tries):
            answer = self._ask(path, params)
            wait_s = self._wait_s(answer, attempt)
            if wait_s is None:
                return self._read(answer)
            self._sleep(wait_s)
        raise SourceUnavailableError(f"{self._service} kept refusing")

    def pause(self, wait_s: float) -> None:
        """Wait, where a service asks for it in a way of its own."""
        self._sleep(wait_s)

    def _ask(self, path: str, params: Mapping[str, Any] | None) -> requests.Response:
        try:
            return self._session.get(f"{self._url}{path}", params=params, timeout=self._timeout_s)
        except requests.exceptions.RequestException as error:
            raise SourceUnavailableError(f"{self._service} did not answer: {type(error).__name__}") from error

    def _wait_s(self, answer: requests.Response, attempt: int) -> float | None:
        """Return how long to wait before another try, or None when this answer stands."""
        if attempt == self._tries - 1 or (answer.status_code != 429 and answer.status_code < 500):
            return None
        asked_s = answer.headers.get("Retry-After", "")
        wait_s = float(asked_s) if asked_s.isdigit() else 0.5 * 2**attempt
        return wait_s if wait_s <= LONGEST_WAIT_S else None

    def _read(self, answer: requests.Response) -> Any:
        if not answer.ok:
            raise self._error(answer)
        try:
            return answer.json()
        except ValueError as error:
            raise SourceUnavailableError(
                f"{self._service} answered with something that is not JSON"
            ) from error

    def _error(self, answer: requests.Response) -> SourceError:
        status, asked_s = answer.status_code, answer.headers.get("Retry-After", "")
        if status == 429:
            return QuotaExceededError(
                f"{self._service} asks us to wait", float(asked_s) if asked_s.isdigit() else None
            )
        if status in {401, 403}:
            return SourceRefusedError(f"{self._service} refuses us with status {status}", whole_source=True)
        if status >= 500:
            return SourceUnavailableError(f"{self._service} failed with status {status}")
        return SourceError(f"{self._service} refused a call with status {status}")
