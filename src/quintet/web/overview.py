"""What the operator's page shows, as the API answers it. No HTTP and no markup."""

from __future__ import annotations

from pydantic import Field

from quintet.web.tracks import Answer


class Catalogue(Answer):
    """What the catalogue holds: tracks, and how many have their audio features from where."""

    tracks: int = 0
    sources: dict[str, int] = Field(default_factory=dict)


class Crawl(Answer):
    """The newest morning crawl; `drift` is the population stability index by audio feature."""

    date: str
    counts: dict[str, int] = Field(default_factory=dict)
    rejected: dict[str, int] = Field(default_factory=dict)
    sources: dict[str, int] = Field(default_factory=dict)
    drift: dict[str, float] = Field(default_factory=dict)
    left: dict[str, str] = Field(default_factory=dict)


class Mean(Answer):
    """A mean with its 95 % interval; None where too few have spoken."""

    mean: float | None = None
    low: float | None = None
    high: float | None = None


class RatedVersion(Mean):
    """The ratings of one model version, 1 to 5."""

    model_version: str = Field(coerce_numbers_to_str=True)
    ratings: int = 0
    already_known: int = 0
    bad: int = 0


class Ratings(Answer):
    """The ratings of all versions, newest first."""

    total: int = 0
    versions: tuple[RatedVersion, ...] = ()


class Side(Mean):
    """One version in one measure."""

    count: int = 0


class Measure(Answer):
    """One thing two versions are compared by; `low` to `high` is the interval of the difference."""

    name: str
    champion: Side = Side()
    challenger: Side = Side()
    difference: float | None = None
    low: float | None = None
    high: float | None = None


class Comparison(Answer):
    """Two versions that are online together."""

    champion: str = Field(coerce_numbers_to_str=True)
    challenger: str = Field(coerce_numbers_to_str=True)
    measures: tuple[Measure, ...] = ()
    winner: str | None = Field(None, coerce_numbers_to_str=True)
    verdict: str = ""


class Overview(Answer):
    """What an operator looks at first."""

    catalogue: Catalogue = Catalogue()
    last_crawl: Crawl | None = None
    ratings: Ratings = Ratings()
    comparison: Comparison | None = None
    links: dict[str, str] = Field(default_factory=dict)
    database_answers: bool = True
