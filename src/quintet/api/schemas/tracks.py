"""Tracks as the API shows them: found, recommended with reasons, or in the chart."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from quintet.api import examples

Share = Annotated[float | None, Field(ge=0, le=1)]


class Answer(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True, from_attributes=True)


class Track(Answer):
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


class FoundTrack(Track):
    """A track that may be a seed."""

    model_config = ConfigDict(json_schema_extra={"example": {**examples.TRACK, "is_in_catalogue": True}})

    is_in_catalogue: bool = Field(
        True, description="false: a song of Spotify's that the catalogue lacks; it can be a seed all the same"
    )


class ChartTrack(Answer):
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


class AudioFeatures(Answer):
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


class TrackDetail(FoundTrack):
    """A track with its audio features."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {**examples.TRACK, "is_in_catalogue": True, "audio_features": examples.FEATURES}
        }
    )

    audio_features: AudioFeatures


class Contribution(Answer):
    """A part of a score."""

    kind: Literal["genre", "feature", "artist", "album", "scene", "time", "popularity", "other"] = Field(
        description="scene: where the artist belongs by sound, time and words; time: of release"
    )
    name: str = Field(description="the genre, audio feature, artist or album, or what else counted")
    value: float = Field(description="its share of the score; those of one track add up to the score")
    direction: Literal[-1, 0, 1] = Field(
        description="of a feature: 1 where the track lies above the catalogue's middle, -1 below, else 0"
    )


class ReasonText(Answer):
    """The reason as a sentence."""

    en: str
    ko: str


class Reasons(Answer):
    """Why a track is in the list."""

    closest_seed: str = Field(description="track id of the seed most like it")
    contributions: list[Contribution]
    text: ReasonText


class RankedTrack(Track):
    """A recommended track."""

    model_config = ConfigDict(
        json_schema_extra={
            "example": {
                **examples.TRACK,
                "rank": 1,
                "score": 0.91,
                "model_version": "7",
                "taste": 0,
                "reasons": examples.REASONS,
            }
        }
    )

    rank: int = Field(ge=1, description="1 is the best")
    score: float = Field(description="higher is better; falls with the rank, among the tracks of one version")
    model_version: str = Field(description="the version that placed it: while two are online, not always one")
    taste: int = Field(ge=0, description="place of the taste it goes with, in `tastes`")
    reasons: Reasons
