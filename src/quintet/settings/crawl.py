"""The morning crawl: what it asks, how much, and whose music. Where its sources are is in `music`."""

from __future__ import annotations

from collections.abc import Iterable

from pydantic import Field, SecretStr

from quintet.settings.reading import EnvironmentSettings


class CrawlSettings(EnvironmentSettings):
    """The morning crawl and its sources."""

    timezone: str = Field("Asia/Seoul", alias="QUINTET_TIMEZONE", description="timezone of the morning crawl")
    call_budget: int = Field(
        500,
        alias="QUINTET_CRAWL_CALL_BUDGET",
        ge=0,
        description="calls of Spotify a day; a new app's hidden quota is near 600",
    )
    queries: str = Field(
        "tag:new; year:{year}; genre:k-pop; genre:pop; genre:rock; genre:hip-hop; genre:r&b; genre:indie; "
        "genre:electronic; genre:jazz",
        alias="QUINTET_CRAWL_QUERIES",
        description="Spotify searches, joined by semicolons; {year} is the crawl's",
    )
    playlists: str = Field(
        "",
        alias="QUINTET_CRAWL_PLAYLISTS",
        description="ids of Spotify playlists to read, joined by commas; refused to apps made since 2026",
    )
    market: str = Field(
        "KR",
        alias="QUINTET_CRAWL_MARKET",
        pattern="^[A-Z]{2}$",
        description="country whose catalogue is searched, as two letters",
    )
    depth: int = Field(
        200,
        alias="QUINTET_CRAWL_DEPTH",
        ge=1,
        le=1000,
        description="results of a search that are read, at most",
    )
    refresh_token: SecretStr | None = Field(
        None,
        alias="SPOTIFY_REFRESH_TOKEN",
        description="your own account, whose top and saved tracks are crawled; `quintet connect` makes it",
    )
    chart_playlist: str | None = Field(
        None, alias="QUINTET_CHART_PLAYLIST", description="id of a Spotify playlist that is the chart"
    )
    chart_size: int = Field(50, alias="QUINTET_CHART_SIZE", ge=1, le=100, description="places of the chart")

    def questions(self, year: int) -> list[str]:
        """Return what discovery reads in a year: each playlist as `playlist:ID`, then each search."""
        playlists = [f"playlist:{text.strip()}" for text in self.playlists.split(",") if text.strip()]
        return playlists + expand_queries(self.queries.split(";"), year)


def expand_queries(queries: Iterable[str], year: int) -> list[str]:
    """Return searches without the empty ones, each once, with the year in its place."""
    plain = (query.strip().replace("{year}", str(year)) for query in queries)
    return list(dict.fromkeys(filter(None, plain)))
