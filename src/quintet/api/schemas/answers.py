"""What goes out: the answers of the routes, and problems. The tracks in them are in `tracks`."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from quintet.api.schemas.map import AudioProfile
from quintet.api.schemas.tracks import Answer, ChartTrack, FoundTrack, RankedTrack


class SearchAnswer(Answer):
    """The answer of `GET /search`."""

    query: str
    total: int = Field(ge=0, description="how many tracks of the catalogue match")
    items: list[FoundTrack] = Field(
        description="best match first; behind those of the catalogue, on the first page, others of Spotify"
    )


class Taste(Answer):
    """Seeds that belong together."""

    seeds: list[str] = Field(description="their track ids")
    share: float = Field(ge=0, le=1, description="of the list, as of the seeds")
    genres: list[str] = Field(description="the commonest among them, three at most")


class ListMetrics(Answer):
    """What the list is like as a whole."""

    intra_list_diversity: float = Field(
        description="1 minus the mean cosine of all pairs of its tracks, by genres and sound; 0 for one track"
    )
    mean_popularity: float | None = Field(description="0 to 100; null where no track's is known")
    artists: int = Field(description="how many different first artists")
    novelty: float = Field(description="bits: mean of -log2 of the share of the catalogue no more popular")


class RecommendAnswer(Answer):
    """The answer of `POST /recommend_ranked`."""

    request_id: str = Field(description="names this list, for instance when rating a track of it")
    model_version: str = Field(
        description="the version that answered; `7+9` where the lists of two online were woven into one"
    )
    items: list[RankedTrack] = Field(description="best first")
    tastes: list[Taste] = Field(description="what the seeds were parted into; one where they go together")
    list_metrics: ListMetrics
    audio_profile: AudioProfile
    warnings: list[str] = Field(description="what was put right or could not be done; empty when all is well")


class HottestAnswer(Answer):
    """What is popular today."""

    date: str | None = Field(description="the chart's day, `YYYY-MM-DD`; null: there is no chart yet")
    source: str | None = Field(description="who says so")
    items: list[ChartTrack] = Field(description="best first")


class ModelAnswer(Answer):
    """The answer of `GET /model`."""

    name: str
    version: str
    alias: str
    trained_at: datetime
    catalogue_size: int = Field(description="tracks it can recommend")
    metrics: dict[str, float] = Field(description="headline metrics of its training")
    fingerprint: str = Field(description="SHA-256 of the data it was trained on")
    is_invented: bool = Field(description="true when its songs are the invented ones of the demo catalogue")


class Health(Answer):
    """The answer of the health checks."""

    status: Literal["live", "ready"]
    model_version: str | None = None
    registry_answers: bool | None = Field(
        None, description="false while MLflow is away and the last good model answers"
    )


class FieldError(BaseModel):
    """One fault of a request."""

    field: str
    message: str


class Problem(BaseModel):
    """RFC 9457 problem details: every error has this shape."""

    model_config = ConfigDict(extra="allow")

    type: str = Field(description="what kind of problem; compare with this")
    title: str
    status: int
    detail: str = Field(description="what is wrong, and what to do")
    instance: str = Field(description="the path that was asked")
    request_id: str = Field(description="also in the `X-Request-ID` header and in the logs")
    errors: list[FieldError] = Field(description="each faulty field; empty where no field is to blame")
    unknown_track_ids: list[str] | None = Field(None, description="on `unknown-track`: the ids nobody knows")
