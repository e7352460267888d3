"""What comes in: query strings and bodies of requests, and their limits. Answers are in `answers`."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

MAX_SEEDS = 20
MAX_ITEMS = 200
MAX_OFFSET = 10_000  # deeper pages would cost memory and help nobody


def _without_nul(text: str) -> str:
    if "\0" in text:
        raise ValueError("text may not hold a NUL character")
    return text


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


class HottestQuery(_Request):
    """How much of the chart."""

    limit: int = Field(10, ge=1, le=50, description="places, at most")
