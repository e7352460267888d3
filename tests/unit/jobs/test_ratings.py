"""Ratings as metrics of a training and as labels: what counts, and how much of one rater."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from tests.fakes.feedback_store import MemoryFeedback

from quintet.jobs.crawl.chosen import MostChosen
from quintet.jobs.ratings import rating_labels, rating_metrics
from quintet.ports.feedback import Rating, ServedRequest

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def store_with(
    *said: tuple[str, str, int | None, bool, bool], seeds: Sequence[str] = ("s",)
) -> MemoryFeedback:
    """Keep one list a rater with every track rated in it: rater, track, rating, known, bad."""
    store = MemoryFeedback()
    for rater in {row[0] for row in said}:
        tracks = tuple(row[1] for row in said if row[0] == rater)
        store.record(
            [ServedRequest(rater, NOON, rater, 5, tuple(seeds), tracks, ("7",) * len(tracks), ("7",))]
        )
    for rater, track, rating, known, bad in said:
        store.rate(Rating(rater, track, rating, known, bad, rater, NOON))
    return store


def test_five_points_are_grade_four_and_a_bad_recommendation_is_the_lowest() -> None:
    store = store_with(
        ("ann", "a", 5, False, False),
        ("ann", "b", 4, True, True),
        ("ann", "c", None, False, True),
        ("ann", "d", None, True, False),
    )
    assert [(label.track_id, label.grade, label.rank) for label in rating_labels(store)] == [
        ("a", 4, 1),
        ("b", 0, 2),
        ("c", 0, 3),
    ]


def test_no_rater_weighs_more_than_the_cap_however_much_they_rate() -> None:
    many = [("eve", f"t{number:03}", 1, False, False) for number in range(200)]
    labels = rating_labels(store_with(*many, ("ann", "a", 5, False, False)), max_per_rater=20)
    weights = {
        name: sum(label.weight for label in labels if label.request_id == name) for name in ("eve", "ann")
    }
    assert weights == pytest.approx({"eve": 20, "ann": 1})


def test_metrics_name_the_version_and_leave_out_those_nobody_rated() -> None:
    store = store_with(("ann", "a", 5, False, False), ("bob", "a", 3, False, False))
    metrics = rating_metrics(store)
    assert metrics["ratings/v7/mean"] == 4
    assert metrics["ratings/v7/count"] == 2
    assert 1 <= metrics["ratings/v7/low"] < 4 < metrics["ratings/v7/high"] <= 5
    assert rating_metrics(store_with(("ann", "a", None, True, False))) == {}


def test_what_listeners_chose_in_the_last_week_is_a_chart() -> None:
    store = store_with(("ann", "a", 5, False, False), ("bob", "a", 5, False, False), seeds=("x", "y"))
    store.record([ServedRequest("c", NOON, "cat", 5, ("y",), ("a",), ("7",), ("7",))])
    chart = MostChosen(store, NOON.date()).chart(5)
    assert [(entry.rank, entry.track_id) for entry in chart] == [(1, "y"), (2, "x")]
    assert MostChosen(store, NOON.replace(month=12).date()).chart(5) == []
