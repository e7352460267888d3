"""The page: where it finds the API. What it needs of Spotify is in `music`."""

from __future__ import annotations

from pydantic import Field

from quintet.settings.reading import EnvironmentSettings


class PageSettings(EnvironmentSettings):
    """The page."""

    api_url: str = Field(
        "http://127.0.0.1:8000", alias="QUINTET_API_URL", description="where the page finds the API"
    )
    timeout_s: float = Field(
        5.0, alias="QUINTET_PAGE_TIMEOUT_S", gt=0, description="seconds the page waits for the API's answer"
    )
