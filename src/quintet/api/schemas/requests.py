"""What comes in: query strings and bodies of requests, and their limits. Answers are in `answers`."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from quintet.api import examples
from quintet.model.scripts import SCRIPTS
from quintet.model.wishes import Filters as FilterWishes
from quintet.model.wishes import Wishes

MAX_SEEDS = 20
MAX_ITEMS = 200
MAX_OFFSET = 10_000  # deeper pages would cost memory and help nobody
MAX_NAMES, MAX_EXCLUDED, MAX_DISLIKED = 200, 2_000, 50
MAX_YEAR, MAX_DURATION_MS, MAX_VARIETY_SEED = 9_999, 86_400_000, 2**53 - 1  # whole in every JSON reader


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("text may not hold a NUL character")
    return text


def _frozen(values: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


Script = Literal[SCRIPTS]  # type: ignore[valid-type]
TrackId = Annotated[str, Field(min_length=1, max_length=64, examples=["2nLtzopw4rPReszdYBJU6h"])]


class _Request(BaseModel):
    """What comes in: an unknown field is an error, not a surprise."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


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
    live: Annotated[
        bool, Field(description="whether songs of Spotify may follow; false asks the catalogue alone")
    ] = True


Name = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_without_nul)]
Names = Annotated[list[Name], Field(max_length=MAX_NAMES)]
Year = Annotated[int, Field(ge=0, le=MAX_YEAR)]
DurationMs = Annotated[int, Field(ge=0, le=MAX_DURATION_MS)]
Most = Annotated[int, Field(ge=1, le=MAX_ITEMS)]


class _StrictRequest(_Request):
    """A body: true is not 1, and "5" is not 5. Ids are compared as they are, so spaces stay."""

    model_config = ConfigDict(strict=True, str_strip_whitespace=False, allow_inf_nan=False)


class Filters(_StrictRequest):
    """What every listed track must be; a track of which it is not known does not pass."""

    year_min: Year | None = Field(None, description="of release, included")
    year_max: Year | None = Field(None, description="of release, included; not below `year_min`")
    genres: Names = Field([], description="any of these whole genre names; case does not matter")
    exclude_genres: Names = Field([], description="none of these; a track without genres passes")
    explicit: bool | None = Field(None, description="false: only clean ones; true: only explicit ones")
    duration_ms_min: DurationMs | None = Field(None, description="milliseconds, included")
    duration_ms_max: DurationMs | None = Field(None, description="included; not below `duration_ms_min`")
    scripts: list[Script] = Field(
        [], max_length=len(SCRIPTS), description="any of these, as told by the letters of title and artists"
    )

    @field_validator("year_max", "duration_ms_max")
    @classmethod
    def _not_below_the_least(cls, most: int | None, info: ValidationInfo) -> int | None:
        name = str(info.field_name).replace("_max", "_min")
        least = info.data.get(name)
        if most is not None and least is not None and most < least:
            raise ValueError(f"must not be below {name}")
        return most


class RecommendRequest(_StrictRequest):
    """The body of `POST /recommend_ranked`; all but the seeds may be left out."""

    model_config = ConfigDict(json_schema_extra={"example": examples.REQUEST})

    seeds: Annotated[
        list[TrackId],
        Field(
            min_length=1,
            max_length=MAX_SEEDS,
            description="tracks the listener chose; repeated ones count once",
        ),
    ]
    k: Annotated[int, Field(ge=1, le=MAX_ITEMS, description="how many tracks to recommend")] = 10
    diversity: float = Field(0.0, ge=0, le=1, description="how much tracks of the list are to differ")
    popularity: float = Field(0.0, ge=-1, le=1, description="-1: deep cuts, 1: hits")
    max_per_artist: Most | None = Field(2, description="tracks of one first artist; null: any number")
    max_per_album: Most | None = Field(2, description="tracks of one album title; null: any number")
    exclude_ids: list[TrackId] = Field(
        [],
        max_length=MAX_EXCLUDED,
        description="not to be listed, nor other versions of these songs; unknown ids are passed over",
    )
    disliked_ids: list[TrackId] = Field(
        [], max_length=MAX_DISLIKED, description="not to be listed either, and tracks like them sink"
    )
    blocked_artists: Names = Field([], description="no track crediting them; case and accents do not matter")
    filters: Filters = Field(default_factory=Filters)
    variety: float = Field(0.0, ge=0, le=1, description="how much chance mixes the list")
    variety_seed: int = Field(
        0, ge=0, le=MAX_VARIETY_SEED, description="the same one gives the same list, another one another"
    )

    def wishes(self) -> Wishes:
        """Return all but seeds and k as the model takes them."""
        wanted = self.model_dump(exclude={"seeds", "k", "filters"})
        filters = FilterWishes(**_frozen(self.filters.model_dump()))
        return Wishes(**_frozen(wanted), filters=filters)


class HottestQuery(_Request):
    """How much of the chart."""

    limit: int = Field(10, ge=1, le=50, description="places, at most")
