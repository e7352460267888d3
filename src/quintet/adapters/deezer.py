"""Deezer's public chart, mapped to recordings through ISRC; its errors come as HTTP 200."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quintet.errors import NotFoundAtSourceError, QuotaExceededError, SourceUnavailableError
from quintet.json_http import JsonClient
from quintet.ports import ChartEntry

QUOTA, NO_DATA = 4, 800
QUOTA_WINDOW_S = 5.0  # some fifty calls in each
MAX_TRIES = 4


class DeezerChart:
    """A `ChartSource`.

    Parameters
    ----------
    client : JsonClient
        How to ask.
    """

    name = "deezer"

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    def chart(self, size: int) -> Sequence[ChartEntry]:
        """Return the chart; one call for the list, and one a track for its ISRC."""
        rows = self._get("/chart/0/tracks", limit=size).get("data", [])
        return [ChartEntry(rank, None, self._isrc(row["id"])) for rank, row in enumerate(rows, start=1)]

    def _isrc(self, deezer_id: int) -> str | None:
        try:
            isrc = self._get(f"/track/{deezer_id}").get("isrc")
        except NotFoundAtSourceError:
            return None
        return str(isrc) if isrc else None

    def _get(self, path: str, **params: Any) -> dict[str, Any]:
        for _ in range(MAX_TRIES):
            answer = self._client.get(path, params)
            if not isinstance(answer, dict):
                raise SourceUnavailableError("Deezer answered in a shape we do not know")
            code = (answer.get("error") or {}).get("code")
            if code != QUOTA:
                return self._checked(answer, code)
            self._client.pause(QUOTA_WINDOW_S)
        raise QuotaExceededError("Deezer asks us to slow down", retry_after_s=QUOTA_WINDOW_S)

    def _checked(self, answer: dict[str, Any], code: int | None) -> dict[str, Any]:
        if code == NO_DATA:
            raise NotFoundAtSourceError("Deezer has no such thing")
        if code is not None:
            raise SourceUnavailableError(f"Deezer answered with error {code}")
        return answer
