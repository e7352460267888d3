"""What the API answers, typed: tracks, reasons, the model. No HTTP and no markup."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator


class Answer(BaseModel):
    """Fields the page does not know are ignored: an API that grows does not break an older page."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Track(Answer):
    """A song of the catalogue."""

    track_id: str
    track_name: str
    artists: tuple[str, ...] = ()
    album_name: str | None = None
    release_date: str | None = None
    genres: tuple[str, ...] = ()
    duration_ms: int | None = None
    explicit: bool | None = None
    image_url: str | None = None
    spotify_url: str | None = None
    is_invented: bool = False
    is_in_catalogue: bool = True


def byline(track: Track) -> str:
    """Name the artists in one line of plain text."""
    return ", ".join(track.artists)


KINDS = ("genre", "feature", "artist", "album", "scene", "time", "popularity")


class Contribution(Answer):
    """One part of a score: the contributions of a track add up to it."""

    kind: Literal["genre", "feature", "artist", "album", "scene", "time", "popularity", "other"] = "other"
    name: str = ""
    value: float

    @field_validator("kind", mode="before")
    @classmethod
    def _kinds_not_drawn_yet_are_other(cls, kind: object) -> object:
        return kind if kind in KINDS else "other"


class Reasons(Answer):
    """Why a track is in the list."""

    closest_seed: str | None = None
    contributions: tuple[Contribution, ...] = ()
    text: dict[str, str] = Field(default_factory=dict)


class RankedTrack(Track):
    """A song of the list: rank from 1, a higher score is a better match."""

    rank: int
    score: float
    reasons: Reasons = Reasons()
    taste: int | None = None


class SearchAnswer(Answer):
    """Songs matching what was typed, best first."""

    total: int
    items: tuple[Track, ...]


class Taste(Answer):
    """Seeds that go together, the genres they share, and their share of the list, 0 to 1."""

    seeds: tuple[str, ...] = ()
    share: float = 1.0
    genres: tuple[str, ...] = ()


class ListMetrics(Answer):
    """What a list is like as a whole; null where the API does not say."""

    intra_list_diversity: float | None = None
    mean_popularity: float | None = None
    artists: int | None = None
    novelty: float | None = None


class AudioProfile(Answer):
    """Where songs stand in the catalogue by audio feature, 0 (least) to 1 (most): the seeds', the list's."""

    seeds: dict[str, float] = Field(default_factory=dict)
    items: dict[str, float] = Field(default_factory=dict)


class Recommendation(Answer):
    """The list, best first."""

    request_id: str = ""
    model_version: str | None = Field(None, coerce_numbers_to_str=True)
    items: tuple[RankedTrack, ...]
    audio_profile: AudioProfile = AudioProfile()
    warnings: tuple[str, ...] = ()
    tastes: tuple[Taste, ...] = ()
    list_metrics: ListMetrics = ListMetrics()


class RatingAnswer(Answer):
    """Whatever the API says of a rating it keeps."""


class ModelInfo(Answer):
    """The model that answers, and the size of its catalogue in tracks."""

    version: str = Field(coerce_numbers_to_str=True)
    trained_at: datetime | None = None
    catalogue_size: int | None = None
    is_invented: bool = False
    metrics: dict[str, float] = Field(default_factory=dict)
    fingerprint: str = ""

    @field_validator("trained_at")
    @classmethod
    def _times_without_a_zone_are_utc(cls, time: datetime | None) -> datetime | None:
        return time.replace(tzinfo=UTC) if time is not None and time.tzinfo is None else time
