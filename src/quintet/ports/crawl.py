"""What the morning crawl asks of its store, and the small values they speak in. Nothing here is carried out.

The sources it asks are in `music`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from quintet.ports.music import ChartEntry, FoundTrack, TrackPage

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A track of the day as its sources gave it, unchecked.

    Parameters
    ----------
    track : FoundTrack
        Its metadata.
    is_new_find : bool
        Whether it was found today; False: a track of the catalogue that was given features today.
    features : mapping of str to float, or None
        Audio features by name.
    features_from : str or None
        The source of the features.
    """

    track: FoundTrack
    is_new_find: bool
    features: Mapping[str, float] | None
    features_from: str | None


@dataclass(frozen=True, slots=True)
class CheckedBatch:
    """Checked rows on their way into the catalogue.

    Parameters
    ----------
    tracks : DataFrame
        Accepted tracks found today, as `catalogue.TrackBatch` has them, without features.
    features : DataFrame
        `track_id, source` and the audio features of the accepted rows that have them.
    rejected : mapping of str to int
        How many rows were refused, by reason.
    """

    tracks: pd.DataFrame
    features: pd.DataFrame
    rejected: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Publication:
    """What a day's crawl brought into the catalogue.

    Parameters
    ----------
    is_changed : bool
        Whether the catalogue is other than before.
    counts : mapping of str to int
        `found`, `accepted`, `rejected`, `added`, `changed`, `features`, `genres`, `chart`, `chart_known`.
    rejected : mapping of str to int
        Rows refused, by reason.
    sources : mapping of str to int
        The day's tracks, by where their features and genres came from.
    drift : mapping of str to float
        Population stability index by feature; empty where there is too little to compare.
    """

    is_changed: bool
    counts: Mapping[str, int]
    rejected: Mapping[str, int]
    sources: Mapping[str, int]
    drift: Mapping[str, float]


Drift = Callable[["pd.DataFrame", "pd.DataFrame"], Mapping[str, float]]
"""Compares the features that stood before with those that came."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A day's chart as it is shown.

    Parameters
    ----------
    date : str
        YYYY-MM-DD.
    source : str
        Who says so.
    places : sequence of mapping
        Best first: a track's facts with `rank`, and `change` in places since the day before (positive: up;
        None: it was not there). Places whose track nobody knows are left out, so ranks may have gaps.
    """

    date: str
    source: str
    places: Sequence[Mapping[str, Any]]


class ChartBoard(Protocol):
    """Where the newest chart hangs for the API to read."""

    def hang(self, chart: Chart) -> None:
        """Hang a chart up, unless a newer one hangs there; raise StoreError where that fails."""
        ...

    def read(self) -> Chart | None:
        """Return the newest chart, or None where there is none that can be read."""
        ...


class CallBudget(Protocol):
    """Counts the calls of one source."""

    def spend(self) -> None:
        """Count one call; raise QuotaExceededError, and count none, where no more may be made."""
        ...


class CrawlStore(Protocol):
    """Where a crawl keeps what it fetched, and how far it is; every method raises StoreError if it cannot.

    Each call is one transaction, and doing the same twice changes nothing: a crawl that was killed goes on
    from here. Every stored time is the crawl's day.
    """

    def begin(self, day: date, call_budget: int) -> None:
        """Make the day's row, or set the budget of the one there is."""
        ...

    def spend(self, day: date, keep: int) -> bool:
        """Count one call of Spotify; False, and no call counted, where only `keep` calls are left."""
        ...

    def learned(self, day: date) -> dict[str, int]:
        """Return what was found out today about what the app may do."""
        ...

    def learn(self, day: date, what: str, value: int) -> None:
        """Keep something found out."""
        ...

    def refused(self, day: date) -> Mapping[str, str]:
        """Return the sources switched off today, and why."""
        ...

    def refuse(self, day: date, what: str, why: str) -> None:
        """Switch a source off for the day."""
        ...

    def leave(self, day: date, task: str, left: str | None) -> None:
        """Note what a task left for the next morning; None: nothing."""
        ...

    def has_chart(self, day: date) -> bool:
        """Tell whether the day's chart was read."""
        ...

    def save_chart(self, day: date, source: str, entries: Sequence[ChartEntry]) -> None:
        """Keep the day's chart, and its tracks where the source gives them."""
        ...

    def unnamed_chart(self, day: date) -> Sequence[str]:
        """Return ISRCs of the chart that no track is known for and nobody was asked about, best first."""
        ...

    def name_chart(self, day: date, source: str, isrc: str, track: FoundTrack | None) -> None:
        """Keep what a catalogue has for an ISRC of the chart; None: nothing."""
        ...

    def chart(self, day: date) -> Chart | None:
        """Return the day's chart with the facts of its tracks, or None where there is none."""
        ...

    def open_questions(self, day: date, questions: Sequence[str]) -> Mapping[str, int]:
        """Return the questions still to be read today and where each goes on, in their order.

        Those not finished on an earlier day go on; only when none is left do all begin again.
        """
        ...

    def save_page(self, day: date, source: str, question: str, page: TrackPage) -> None:
        """Keep a page's tracks and where the question goes on."""
        ...

    def artists_to_ask(self, day: date, source: str, limit: int) -> Sequence[str]:
        """Return ids of artists without genres the source was not asked about lately: the chart's first."""
        ...

    def count_artists_to_ask(self, day: date, source: str) -> int:
        """Return how many there are."""
        ...

    def save_genres(
        self, day: date, source: str, asked: Sequence[str], genres: Mapping[str, Sequence[str]]
    ) -> None:
        """Keep the genres of the artists asked about; one who is left out had none."""
        ...

    def tracks_to_ask(self, day: date, source: str, limit: int) -> Sequence[str]:
        """Return ids of tracks without features the source was not asked about lately: the chart's first."""
        ...

    def count_tracks_to_ask(self, day: date, source: str) -> int:
        """Return how many there are."""
        ...

    def save_features(
        self, day: date, source: str, asked: Sequence[str], features: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Keep the features of the tracks asked about; one that is left out had none."""
        ...

    def rows(self, day: date) -> Iterator[Sequence[FoundRow]]:
        """Yield the day's rows in chunks, ordered by track id."""
        ...

    def publication(self, day: date, run_id: str) -> Publication | None:
        """Return the day's publication if it still stands; for another run than its own, as no change."""
        ...

    def publish(self, day: date, run_id: str, batches: Iterable[CheckedBatch], drift: Drift) -> Publication:
        """Write the day's crawl into the catalogue in one transaction; nothing if the iterable raises."""
        ...
