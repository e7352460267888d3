"""What listeners did with their lists: requests served, ratings and picks, as values and a protocol.

Nothing here is carried out; what the numbers mean is worked out in `data.ratings` and `data.trial`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from quintet.data.ratings import Tally

PICK_WINDOW = timedelta(minutes=30)
"""A listed track that becomes a seed of the same listener within this time was picked."""


@dataclass(frozen=True, slots=True)
class ServedRequest:
    """A list that was served.

    Parameters
    ----------
    request_id : str
        Names it; the same id of the same listener again replaces it.
    served_at : datetime
        Timezone-aware.
    rater : str
        A salted hash that stands for the listener: no address, no name.
    k : int
        How many tracks were asked for.
    seeds : tuple of str
        Track ids, each once.
    track_ids : tuple of str
        The list, best first.
    placed_by : tuple of str
        Beside `track_ids`: the model version that placed each.
    model_versions : tuple of str
        The versions online: the champion, and the challenger where there was one.
    """

    request_id: str
    served_at: datetime
    rater: str
    k: int
    seeds: tuple[str, ...]
    track_ids: tuple[str, ...]
    placed_by: tuple[str, ...]
    model_versions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rating:
    """What a listener said of one track of one list.

    Parameters
    ----------
    request_id, track_id : str
        The list and the track.
    rating : int or None
        1 (bad) to 5 (good); None: not said.
    already_known, is_bad : bool
        Said beside the rating, or instead.
    rater : str
        As in `ServedRequest`.
    rated_at : datetime
        Timezone-aware.
    """

    request_id: str
    track_id: str
    rating: int | None
    already_known: bool
    is_bad: bool
    rater: str
    rated_at: datetime


@dataclass(frozen=True, slots=True)
class RatedTrack:
    """A stored rating with what it was about.

    Parameters
    ----------
    seeds : tuple of str
        The seeds of the list.
    rank : int
        From 1.
    model_version : str
        The version that placed the track.
    """

    request_id: str
    track_id: str
    rating: int | None
    already_known: bool
    is_bad: bool
    rater: str
    seeds: tuple[str, ...]
    rank: int
    model_version: str


class FeedbackStore(Protocol):
    """Where served lists and ratings are kept.

    Every method raises StoreUnavailableError where PostgreSQL does not answer in time, and StoreError where
    it refuses. Doing the same twice changes nothing.
    """

    def record(self, requests: Sequence[ServedRequest]) -> None:
        """Keep served lists, all or none."""
        ...

    def rate(self, rating: Rating) -> None:
        """Keep a rating in the place of an earlier one of the same track and list.

        Raises NotServedError where no such list was kept, or the track is not in it.
        """
        ...

    def withdraw(self, request_id: str, track_id: str) -> None:
        """Forget a rating, where there is one."""
        ...

    def rating_tallies(self) -> Sequence[Tally]:
        """Return the ratings by model version and rater."""
        ...

    def trial_tallies(self, champion: str, challenger: str) -> Sequence[Tally]:
        """Return what was shown, picked and rated of lists served while both versions were online."""
        ...

    def rated_tracks(self) -> Sequence[RatedTrack]:
        """Return every rating, ordered by request and track."""
        ...

    def most_chosen(self, since: datetime, limit: int) -> Sequence[str]:
        """Return the seeds that most listeners chose, best first; one listener counts once a track."""
        ...

    def forget(self, before: datetime) -> int:
        """Delete lists served before a time, and return how many; their ratings stay."""
        ...


@dataclass(frozen=True, slots=True)
class Installation:
    """What the operator is shown of the catalogue and the crawl.

    Parameters
    ----------
    sources : mapping of str to int
        Tracks with audio features, by the source of the features.
    last_crawl : mapping or None
        `date`, `counts`, `rejected`, `sources`, `drift`, `left` of the newest crawl.
    """

    sources: Mapping[str, int] = field(default_factory=dict)
    last_crawl: Mapping[str, Any] | None = None


class InstallationFacts(Protocol):
    """Who tells of the catalogue and the crawl; raises as `FeedbackStore` does."""

    def read(self) -> Installation:
        """Return what there is now."""
        ...
