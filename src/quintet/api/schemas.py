"""What goes in and out of the API: the shapes of requests and answers, described and with examples.

Nothing is computed here; the examples are in `examples`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from quintet.api import examples

MAX_SEEDS = 20
MAX_ITEMS = 200
MAX_OFFSET = 10_000  # deeper pages would cost memory and help nobody


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("text may not hold a NUL character")
    return text


TrackId = Annotated[str, Field(min_length=1, max_length=64, examples=["2nLtzopw4rPReszdYBJU6h"])]
Share = Annotated[float | None, Field(ge=0, le=1)]


class _Request(BaseModel):
    """What comes in: an unknown field is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class _Answer(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class SearchQuery(_Request):
    """The query string of `GET /search`."""

    q: Annotated[
        str,
        AfterValidator(_without_nul),
        Field(
            min_length=1,
            max_length=200,
            description="words of title and artist, in any order",
            examples=["linkin numb"],
        ),
    ]
    limit: Annotated[int, Field(ge=1, le=50, description="how many tracks at most")] = 10
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET, description="how many of the best to skip")] = 0


class RecommendRequest(_Request):
    """The body of `POST /recommend_ranked`."""

    # Strict: true is not 1, and "5" is not 5. Ids are compared as they are, so spaces stay.
    model_config = ConfigDict(
        strict=True,
        str_strip_whitespace=False,
        json_schema_extra={
            "example": {"seeds": ["2nLtzopw4rPReszdYBJU6h", "60a0Rd6pjrkxjPbaKzXjfq"], "k": 10}
        },
    )

    seeds: Annotated[
        list[TrackId],
        Field(
            min_length=1,
            max_length=MAX_SEEDS,
            description="tracks the listener chose; repeated ones count once",
        ),
    ]
    k: Annotated[int, Field(ge=1, le=MAX_ITEMS, description="how many tracks to recommend")] = 10


class Track(_Answer):
    """A track of the catalogue."""

    model_config = ConfigDict(json_schema_extra={"example": examples.TRACK})

    track_id: str
    track_name: str
    artists: list[str] = Field(description="in credit order")
    album_name: str | None
    release_date: str | None = Field(description="`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as precise as is known")
    genres: list[str] = Field(description="lower case; empty where none is known")
    popularity: int | None = Field(description="0 to 100")
    duration_ms: int | None
    explicit: bool | None
    image_url: str | None
    spotify_url: str | None = Field(description="null for an invented song")
    is_invented: bool = Field(description="true for the songs of the bundled demo catalogue")


class ChartTrack(_Answer):
    """A place of the day's chart."""

    rank: int = Field(ge=1, description="from 1; a place whose track nobody knows is left out")
    change: int | None = Field(description="places won (positive) or lost since yesterday; null: new")
    is_in_catalogue: bool = Field(description="whether it can be a seed")
    track_id: str
    track_name: str
    artists: list[str] = Field(description="in credit order")
    album_name: str | None
    release_date: str | None
    popularity: int | None = Field(description="0 to 100")
    duration_ms: int | None
    explicit: bool | None
    image_url: str | None


class HottestQuery(BaseModel):
    """How much of the chart."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(10, ge=1, le=50, description="places, at most")


class HottestAnswer(_Answer):
    """What is popular today."""

    date: str | None = Field(description="the chart's day, `YYYY-MM-DD`; null: there is no chart yet")
    source: str | None = Field(description="who says so")
    items: list[ChartTrack] = Field(description="best first")


class AudioFeatures(_Answer):
    """Spotify's audio features, with Spotify's names, units and ranges."""

    danceability: Share
    energy: Share
    key: int | None = Field(ge=-1, le=11, description="pitch class, C is 0; -1 where none was found")
    loudness: float | None = Field(description="dB")
    mode: int | None = Field(ge=0, le=1, description="1 major, 0 minor")
    speechiness: Share
    acousticness: Share
    instrumentalness: Share
    liveness: Share
    valence: Share
    tempo: float | None = Field(description="BPM")
    time_signature: int | None = Field(description="beats a bar")


class TrackDetail(Track):
    """A track with its audio features."""

    model_config = ConfigDict(
        json_schema_extra={"example": {**examples.TRACK, "audio_features": examples.FEATURES}}
    )

    audio_features: AudioFeatures


class Contribution(_Answer):
    """A part of a score."""

    kind: Literal["genre", "feature", "artist", "album", "scene", "time", "popularity", "other"] = Field(
        description="scene: where the artist belongs by sound, time and words; time: of release"
    )
    name: str = Field(description="the genre, audio feature, artist or album, or what else counted")
    value: float = Field(description="its share of the score; those of one track add up to the score")
    direction: Literal[-1, 0, 1] = Field(
        description="of a feature: 1 where the track lies above the catalogue's middle, -1 below, else 0"
    )


class ReasonText(_Answer):
    """The reason as a sentence."""

    en: str
    ko: str


class Reasons(_Answer):
    """Why a track is in the list."""

    closest_seed: str = Field(description="track id of the seed most like it")
    contributions: list[Contribution]
    text: ReasonText


class RankedTrack(Track):
    """A recommended track."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {**examples.TRACK, "rank": 1, "score": 0.91, "reasons": examples.REASONS}
        }
    )

    rank: int = Field(ge=1, description="1 is the best")
    score: float = Field(description="higher is better; falls with the rank")
    reasons: Reasons


class SearchAnswer(_Answer):
    """The answer of `GET /search`."""

    query: str
    total: int = Field(ge=0, description="how many tracks match")
    items: list[Track] = Field(description="best match first")


class RecommendAnswer(_Answer):
    """The answer of `POST /recommend_ranked`."""

    request_id: str = Field(description="names this list, for instance when rating a track of it")
    model_version: str
    items: list[RankedTrack] = Field(description="best first")
    warnings: list[str] = Field(description="what was put right or could not be done; empty when all is well")


class ModelAnswer(_Answer):
    """The answer of `GET /model`."""

    name: str
    version: str
    alias: str
    trained_at: datetime
    catalogue_size: int = Field(description="tracks it can recommend")
    metrics: dict[str, float] = Field(description="headline metrics of its training")
    fingerprint: str = Field(description="SHA-256 of the data it was trained on")
    is_invented: bool = Field(description="true when its songs are the invented ones of the demo catalogue")


class Health(_Answer):
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
