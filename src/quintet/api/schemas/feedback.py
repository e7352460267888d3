"""Ratings in, and out what listeners and the operator are told of them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints, model_validator

from quintet.api.schemas.requests import TrackId
from quintet.api.schemas.tracks import Answer

REQUEST_ID = r"^[A-Za-z0-9._-]{1,64}$"
RATING_EXAMPLE: dict[str, JsonValue] = {
    "request_id": "0b6fd0a5-6d3c-4a43-9f0a-7d4a3d0c5a11",
    "track_id": "2nLtzopw4rPReszdYBJU6h",
    "rating": 5,
}


class RatingRequest(BaseModel):
    """The body of `POST /ratings`: at least one thing said of one track of one list."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"example": RATING_EXAMPLE})

    request_id: Annotated[
        str,
        StringConstraints(pattern=REQUEST_ID),
        Field(description="of the list, as `POST /recommend_ranked` gave it"),
    ]
    track_id: TrackId
    rating: Annotated[int | None, Field(ge=1, le=5, description="1 (bad) to 5 (good)")] = None
    already_known: Annotated[bool, Field(description="the listener knew the track before")] = False
    bad: Annotated[bool, Field(description="the track should not have been recommended")] = False

    @model_validator(mode="after")
    def _says_something(self) -> RatingRequest:
        if self.rating is None and not self.already_known and not self.bad:
            raise ValueError("say at least one of rating, already_known and bad")
        if not self.track_id.isprintable():
            raise ValueError("a track_id holds printable characters only")
        return self


class RatingAnswer(Answer):
    """A rating as it was kept."""

    request_id: str
    track_id: str
    rating: int | None
    already_known: bool
    bad: bool


class RatedVersion(Answer):
    """The ratings of one model version."""

    model_version: str
    ratings: int = Field(ge=0, description="how many ratings of 1 to 5")
    raters: int = Field(ge=0, description="how many listeners gave them")
    mean: float | None = Field(description="1 to 5; null without a rating")
    low: float | None = Field(description="the mean's 95 % interval; listeners count, not ratings")
    high: float | None
    already_known: int = Field(ge=0, description="how often this was said")
    bad: int = Field(ge=0, description="how often this was said")


class RatingsAnswer(Answer):
    """The answer of `GET /ratings/summary`."""

    total: int = Field(ge=0, description="ratings of 1 to 5 of all versions")
    versions: list[RatedVersion] = Field(description="newest first")


class CatalogueFacts(Answer):
    """What the catalogue holds."""

    tracks: int = Field(ge=0, description="tracks the served model can recommend")
    sources: dict[str, int] = Field(description="stored tracks by the source of their audio features")


class LastCrawl(Answer):
    """The newest morning crawl."""

    date: str = Field(description="`YYYY-MM-DD`")
    counts: dict[str, int] = Field(description="what it found and changed; empty while it runs")
    rejected: dict[str, int] = Field(description="rows refused, by reason")
    sources: dict[str, int] = Field(description="its tracks, by where their features and genres came from")
    drift: dict[str, float] = Field(description="population stability index by audio feature")
    left: dict[str, str] = Field(description="what each task left for the next morning")


class Side(Answer):
    """One version in one measure."""

    count: int = Field(ge=0, description="ratings, or tracks shown")
    listeners: int = Field(ge=0)
    mean: float | None
    low: float | None = Field(description="95 % interval, for one look")
    high: float | None


class Measure(Answer):
    """One thing two versions are compared by."""

    name: str = Field(description="rating: 1 to 5; picks: share of listed tracks that soon became seeds")
    champion: Side
    challenger: Side
    difference: float | None = Field(description="challenger less champion; null: too few listeners yet")
    low: float | None = Field(description="interval of the difference that holds at every look together")
    high: float | None


class Comparison(Answer):
    """Champion and challenger, while both are online."""

    champion: str
    challenger: str
    measures: list[Measure]
    winner: str | None = Field(description="the version surely ahead; null: none yet")
    verdict: str


class OverviewAnswer(Answer):
    """The answer of `GET /overview`: what an operator looks at first."""

    catalogue: CatalogueFacts
    last_crawl: LastCrawl | None
    ratings: RatingsAnswer
    comparison: Comparison | None = Field(description="null: there is no challenger")
    links: dict[str, str] = Field(description="addresses of the other services, by name")
    database_answers: bool = Field(description="false: what comes from PostgreSQL is the last good copy")
