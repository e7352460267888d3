"""What listeners did, on its way in and out: served lists, ratings, the day's chart, the operator's facts.

Nothing here waits for PostgreSQL but what cannot do without it. Routes are in `feedback_routes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from quintet.api.last_good import LastGood
from quintet.api.listeners import Listener, Listeners
from quintet.api.rate_limit import RateLimit
from quintet.api.recorder import Recorder
from quintet.data.ratings import VersionRatings, summarise
from quintet.data.trial import Trial, compare
from quintet.errors import StoreUnavailableError, TooManyRatingsError
from quintet.ports.crawl import Chart, ChartBoard
from quintet.ports.feedback import FeedbackStore, Installation, InstallationFacts, Rating, ServedRequest

SETTLE_S = 0.5
RATINGS_PER_MINUTE = 60
RATINGS_PER_MINUTE_AND_ADDRESS = 600


@dataclass(frozen=True, slots=True)
class Stores:
    """Where feedback is kept; None: there is no such place.

    Parameters
    ----------
    feedback : FeedbackStore or None
        For what a request asks itself.
    recording : FeedbackStore or None
        The same over a connection of its own, for the recorder.
    trial : FeedbackStore or None
        The same for comparing versions, which may take longer.
    board : ChartBoard or None
        The day's chart.
    installation : InstallationFacts or None
        Of the catalogue and the crawl.
    """

    feedback: FeedbackStore | None = None
    recording: FeedbackStore | None = None
    trial: FeedbackStore | None = None
    board: ChartBoard | None = None
    installation: InstallationFacts | None = None


@dataclass(frozen=True, slots=True)
class FeedbackOptions:
    """How feedback is taken.

    Parameters
    ----------
    listeners : Listeners
        Tells who is asking.
    per_listener, per_address : int
        Ratings a minute that are taken from one listener, and from one address.
    links : mapping of str to str
        Where the operator finds the other services, by name.
    """

    listeners: Listeners = field(default_factory=Listeners)
    per_listener: int = RATINGS_PER_MINUTE
    per_address: int = RATINGS_PER_MINUTE_AND_ADDRESS
    links: Mapping[str, str] = field(default_factory=dict)


class Feedback:
    """Takes and tells what listeners did.

    Parameters
    ----------
    stores : Stores
        Where it is kept.
    options : FeedbackOptions
        How it is taken.
    """

    def __init__(self, stores: Stores | None = None, options: FeedbackOptions | None = None) -> None:
        stores, options = stores or Stores(), options or FeedbackOptions()
        self.listeners, self.links = options.listeners, dict(options.links)
        self.recorder = None if stores.recording is None else Recorder(stores.recording)
        self._store, self._compared = stores.feedback, stores.trial or stores.feedback
        self._per_listener, self._per_address = (
            RateLimit(options.per_listener),
            RateLimit(options.per_address),
        )
        board, facts = stores.board, stores.installation
        self._chart: LastGood[Chart | None] = LastGood(board.read if board else lambda: None, None)
        self._installation = LastGood(facts.read if facts else Installation, Installation())
        self._trial: LastGood[Trial | None] = LastGood(lambda: None, None)
        self._trial_of = ("", "")
        self._ratings: LastGood[list[VersionRatings]] = LastGood(
            lambda: summarise(self._kept.rating_tallies()), []
        )

    def start(self) -> None:
        """Begin recording."""
        if self.recorder is not None:
            self.recorder.start()

    def stop(self) -> None:
        """Record what waits, if PostgreSQL answers, and end."""
        if self.recorder is not None:
            self.recorder.stop()

    def served(
        self,
        listener: Listener,
        request_id: str,
        seeds: Sequence[str],
        k: int,
        items: Sequence[Mapping[str, Any]],
        versions: Sequence[str],
    ) -> None:
        """Have a list recorded; returns at once.

        Parameters
        ----------
        listener : Listener
            Whose it is.
        request_id, seeds, k
            Of the request.
        items : sequence of mapping
            The list: `track_id`, and `model_version`, the version that placed it.
        versions : sequence of str
            The versions online, the champion first.
        """
        if self.recorder is None:
            return
        self.recorder.offer(
            ServedRequest(
                request_id=request_id,
                served_at=datetime.now(UTC),
                rater=listener.rater,
                k=k,
                seeds=tuple(seeds),
                track_ids=tuple(item["track_id"] for item in items),
                placed_by=tuple(item["model_version"] for item in items),
                model_versions=tuple(versions),
            )
        )

    def rate(
        self, listener: Listener, request_id: str, track_id: str, rating: int | None, known: bool, bad: bool
    ) -> None:
        """Keep a rating.

        Raises
        ------
        TooManyRatingsError
            This listener, or all behind this address, rate too fast.
        NotServedError
            There is no such list, or no such track in it.
        StoreUnavailableError
            PostgreSQL is away.
        """
        self._hold_back(listener)
        if self.recorder is not None:
            self.recorder.settle(SETTLE_S)  # the list may still be on its way
        now = datetime.now(UTC)
        self._kept.rate(Rating(request_id, track_id, rating, known, bad, listener.rater, now))
        self._ratings.expire()

    def withdraw(self, listener: Listener, request_id: str, track_id: str) -> None:
        """Forget a rating, where there is one.

        Raises
        ------
        TooManyRatingsError
            This listener, or all behind this address, rate too fast.
        StoreUnavailableError
            PostgreSQL is away.
        """
        self._hold_back(listener)
        self._kept.withdraw(request_id, track_id)
        self._ratings.expire()

    def ratings(self) -> list[VersionRatings]:
        """Return the ratings by model version; raise StoreUnavailableError where PostgreSQL is away."""
        found = self._ratings.get()
        if not self._ratings.store_answers:
            raise StoreUnavailableError("ratings cannot be read")
        return found

    def last_ratings(self) -> list[VersionRatings]:
        """Return the same, the last good copy while PostgreSQL is away."""
        return self._ratings.get()

    def trial(self, champion: str, challenger: str) -> Trial | None:
        """Compare two versions online, by what was last known of them; None where nothing was yet."""
        pair, store = (champion, challenger), self._compared
        if store is not None and self._trial_of != pair:
            # Another pair, another trial: nothing of the one before may be told of it.
            self._trial = LastGood(lambda: compare(store.trial_tallies(*pair), *pair), None)
            self._trial_of = pair
        return self._trial.get()

    def chart(self) -> Chart | None:
        """Return the day's chart, the last good copy while PostgreSQL is away."""
        return self._chart.get()

    def installation(self) -> tuple[Installation, bool]:
        """Return what is known of the catalogue and the crawl, and whether PostgreSQL answers."""
        return self._installation.get(), self._installation.store_answers

    def _hold_back(self, listener: Listener) -> None:
        wait_s = max(
            self._per_address.take(listener.address),
            self._per_listener.take(f"{listener.address}\n{listener.key}"),
        )
        if wait_s > 0:
            raise TooManyRatingsError(wait_s)

    @property
    def _kept(self) -> FeedbackStore:
        if self._store is None:
            raise StoreUnavailableError("there is no database")
        return self._store
