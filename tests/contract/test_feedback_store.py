"""What every FeedbackStore and ChartBoard promises: the fakes in memory and a real PostgreSQL alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from tests.fakes.feedback_store import MemoryBoard, MemoryFeedback

from quintet.adapters.feedback import Database, PostgresChartBoard, PostgresFeedback
from quintet.data.ratings import Tally
from quintet.errors import NotServedError
from quintet.ports.crawl import Chart
from quintet.ports.feedback import FeedbackStore, Rating, ServedRequest

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
_NUMBERS = count()


@pytest.fixture(scope="module")
def real_database(migrated_database_url: str) -> Iterator[Database]:
    database = Database(migrated_database_url, 10.0)
    yield database
    database.close()


@pytest.fixture(params=["in memory", "postgres"])
def emptied(request: pytest.FixtureRequest) -> Database | None:
    if request.param == "in memory":
        return None
    database: Database = request.getfixturevalue("real_database")
    database.run("TRUNCATE served_requests, ratings, shown_charts")
    return database


@pytest.fixture
def store(emptied: Database | None) -> FeedbackStore:
    return MemoryFeedback() if emptied is None else PostgresFeedback(emptied)


@pytest.fixture
def board(emptied: Database | None) -> Any:
    return MemoryBoard() if emptied is None else PostgresChartBoard(emptied)


@pytest.fixture
def serve(store: FeedbackStore) -> Callable[..., str]:
    def serve(
        tracks: str, *, by: str = "", seeds: str = "s", rater: str = "ann", at_min: int = 0, online: str = "7"
    ) -> str:
        """Record a list of one-letter tracks, each placed by the version beneath it."""
        placed = tuple(by) or (online[0],) * len(tracks)
        name = f"r{next(_NUMBERS)}"
        at = NOON + timedelta(minutes=at_min)
        store.record(
            [ServedRequest(name, at, rater, len(tracks), tuple(seeds), tuple(tracks), placed, tuple(online))]
        )
        return name

    return serve


def rate(
    store: FeedbackStore,
    request_id: str,
    track: str,
    rating: int | None = 4,
    rater: str = "ann",
    known: bool = False,
    bad: bool = False,
) -> None:
    store.rate(Rating(request_id, track, rating, known, bad, rater, NOON))


def test_a_rating_is_kept_with_rank_version_and_seeds(store: FeedbackStore, serve: Any) -> None:
    request_id = serve("abc", by="787", seeds="xy", online="78")
    rate(store, request_id, "b", 5, rater="bob", known=True)
    (rated,) = store.rated_tracks()
    assert (rated.rank, rated.model_version, rated.seeds) == (2, "8", ("x", "y"))
    assert (rated.rating, rated.already_known, rated.is_bad, rated.rater) == (5, True, False, "bob")


def test_the_same_list_and_track_again_overwrites(store: FeedbackStore, serve: Any) -> None:
    request_id = serve("abc")
    rate(store, request_id, "b", 1)
    rate(store, request_id, "b", None, bad=True)
    rate(store, request_id, "a", 3)
    assert [(rated.track_id, rated.rating, rated.is_bad) for rated in store.rated_tracks()] == [
        ("a", 3, False),
        ("b", None, True),
    ]


def test_a_rating_is_withdrawn_once_or_twice_and_can_be_given_again(store: FeedbackStore, serve: Any) -> None:
    request_id = serve("abc")
    rate(store, request_id, "a", 1)
    rate(store, request_id, "b", 2)
    for _ in range(2):
        store.withdraw(request_id, "a")
    assert [rated.track_id for rated in store.rated_tracks()] == ["b"]
    rate(store, request_id, "a", 5)
    assert [rated.rating for rated in store.rated_tracks()] == [5, 2]


@pytest.mark.parametrize(("known", "track"), [(False, "a"), (True, "x"), (True, "s")])
def test_a_list_nobody_was_served_or_a_track_that_is_not_in_it_cannot_be_rated(
    store: FeedbackStore, serve: Any, known: bool, track: str
) -> None:
    request_id = serve("abc")
    with pytest.raises(NotServedError):
        rate(store, request_id if known else "never", track)
    assert store.rated_tracks() == []


def test_a_list_recorded_again_replaces_itself_but_not_another_listeners(store: FeedbackStore) -> None:
    def served(rater: str, tracks: str) -> ServedRequest:
        return ServedRequest("same", NOON, rater, 1, ("s",), tuple(tracks), ("7",) * len(tracks), ("7",))

    store.record([served("ann", "a"), served("ann", "b"), served("bob", "c")])
    store.record([served("bob", "d")])
    rate(store, "same", "b")
    for track in "acd":
        with pytest.raises(NotServedError):
            rate(store, "same", track)
    store.record([served("ann", "a")])
    rate(store, "same", "a")


def test_ratings_add_up_by_version_and_rater(store: FeedbackStore, serve: Any) -> None:
    one, two = serve("abc", online="7"), serve("abc", online="8")
    rate(store, one, "a", 5)
    rate(store, one, "b", 2)
    rate(store, one, "c", None, known=True)
    rate(store, two, "a", 1, rater="bob", bad=True)
    assert list(store.rating_tallies()) == [
        Tally("7", "ann", ratings=2, total=7, already_known=1),
        Tally("8", "bob", ratings=1, total=1, bad=1),
    ]


def test_a_trial_counts_only_lists_served_while_both_versions_were_online(
    store: FeedbackStore, serve: Any
) -> None:
    rate(store, serve("abc", online="7"), "a", 1)
    rate(store, serve("ab", by="99", online="79"), "a", 1)
    rate(store, serve("abc", by="787", online="78"), "b", 5)
    assert list(store.trial_tallies("7", "8")) == [
        Tally("7", "ann", shown=2),
        Tally("8", "ann", ratings=1, total=5, shown=1),
    ]


def picks(store: FeedbackStore) -> dict[str, int]:
    return {tally.model_version: tally.picked for tally in store.trial_tallies("7", "8")}


def test_a_listed_track_that_soon_becomes_a_seed_was_picked_once(store: FeedbackStore, serve: Any) -> None:
    serve("abc", by="787", online="78")
    serve("de", by="78", seeds="sb", online="78", at_min=5)
    serve("fg", by="78", seeds="sb", online="78", at_min=6)
    assert picks(store) == {"7": 0, "8": 1}


def test_another_listener_or_half_an_hour_later_is_no_pick(store: FeedbackStore, serve: Any) -> None:
    serve("ab", by="78", online="78")
    serve("c", by="7", seeds="b", online="78", at_min=5, rater="bob")
    serve("c", by="7", seeds="b", online="78", at_min=31)
    assert picks(store) == {"7": 0, "8": 0}


def test_a_pick_is_credited_to_the_newest_list_with_that_track(store: FeedbackStore, serve: Any) -> None:
    serve("ab", by="78", online="78")
    serve("ba", by="78", online="78", at_min=1)
    serve("c", by="7", seeds="b", online="78", at_min=2)
    assert picks(store) == {"7": 1, "8": 0}


def test_the_most_chosen_seeds_are_those_of_most_listeners(store: FeedbackStore, serve: Any) -> None:
    for _ in range(5):
        serve("x", seeds="a")
    serve("x", seeds="bc")
    serve("x", seeds="bd", rater="bob")
    serve("x", seeds="z", rater="old", at_min=-60)
    assert list(store.most_chosen(NOON, 3)) == ["b", "a", "c"]


def test_forgotten_lists_leave_their_ratings(store: FeedbackStore, serve: Any) -> None:
    old, new = serve("a", at_min=-60), serve("a")
    rate(store, old, "a")
    assert store.forget(NOON) == 1
    assert store.forget(NOON) == 0
    assert len(store.rated_tracks()) == 1
    with pytest.raises(NotServedError):
        rate(store, old, "a")
    rate(store, new, "a")


def test_the_newest_chart_hangs_and_a_day_hung_again_is_replaced(board: Any) -> None:
    assert board.read() is None
    for date, name in (("2026-11-20", "가"), ("2026-11-21", "b"), ("2026-11-19", "c"), ("2026-11-21", "'d'")):
        board.hang(Chart(date, "deezer", [{"rank": 1, "track_id": name}]))
    assert board.read() == Chart("2026-11-21", "deezer", [{"rank": 1, "track_id": "'d'"}])
