"""The taste map and the audio profile: what their pictures are drawn from."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from quintet.api.schemas.requests import TrackId
from quintet.api.schemas.tracks import Answer

MAX_PLACES = 500
Coordinate = Annotated[float, Field(ge=-1, le=1)]
Percentile = Annotated[float, Field(ge=0, le=1)]


class MapPlace(Answer):
    """Where a track stands; only distances mean something, not the axes."""

    track_id: str
    x: Coordinate
    y: Coordinate


class MapPoint(MapPlace):
    """A track of the sample the map shows."""

    track_name: str
    artists: list[str] = Field(description="in credit order")
    genre: str | None = Field(description="that of its region, else the commonest of its genres")


class MapRegion(Answer):
    """A genre whose tracks keep together."""

    genre: str
    x: Coordinate
    y: Coordinate


class MapAnswer(Answer):
    """The answer of `GET /map`."""

    model_version: str
    points: list[MapPoint] = Field(
        description="the same for the same model, at most 2000; empty where it has no map"
    )
    regions: list[MapRegion]


class PlacesRequest(BaseModel):
    """The body of `POST /map/places`."""

    model_config = ConfigDict(
        extra="forbid", strict=True, json_schema_extra={"example": {"track_ids": ["2nLtzopw4rPReszdYBJU6h"]}}
    )

    track_ids: Annotated[list[TrackId], Field(min_length=1, max_length=MAX_PLACES)]


class PlacesAnswer(Answer):
    """The answer of `POST /map/places`."""

    model_version: str
    places: list[MapPlace] = Field(description="in the order asked; tracks the catalogue lacks are left out")


class AudioProfile(Answer):
    """Where the seeds and the list stand in the catalogue, by audio feature: 0 least, 0.5 middle, 1 most."""

    seeds: dict[str, Percentile] = Field(
        description="mean percentile; a feature nobody has is left out", examples=[{"energy": 0.81}]
    )
    items: dict[str, Percentile]
