"""Two versions online: a winner is told when there is one, and hardly ever when there is none."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from quintet.data.ratings import Tally
from quintet.data.trial import MIN_LISTENERS, compare

LOOKS = (20, 40, 60, 100, 150, 200, 300)


def listeners(rng: Generator, count: int, rates: tuple[float, float], mixed: bool) -> list[Tally]:
    """Draw what listeners did: each meets one version, or (mixed) tracks of both in one list."""
    tallies = []
    for number in range(count):
        own = rng.normal(0, 0.05)  # some pick more than others, whatever they are shown
        for side in (0, 1) if mixed else (number % 2,):
            shown = int(rng.integers(10, 60))
            picked = int(rng.binomial(shown, np.clip(rates[side] + own, 0, 1)))
            stars = rng.binomial(4, np.clip(0.5 + rates[side] + own, 0, 1), size=3) + 1
            tallies.append(Tally("78"[side], f"l{number}", 3, int(stars.sum()), shown=shown, picked=picked))
    return tallies


def winner(tallies: list[Tally]) -> str | None:
    return compare(tallies, "7", "8").winner


def test_a_better_challenger_wins_and_a_worse_one_loses() -> None:
    for mixed in (False, True):
        rng = np.random.default_rng(1)
        assert winner(listeners(rng, 400, (0.05, 0.2), mixed)) == "8"
        assert winner(listeners(rng, 400, (0.2, 0.05), mixed)) == "7"


def test_equal_versions_hardly_ever_have_a_winner_although_one_keeps_looking() -> None:
    rng, crowned, trials = np.random.default_rng(2), 0, 100
    for trial in range(trials):
        everyone = listeners(rng, LOOKS[-1], (0.1, 0.1), mixed=bool(trial % 2))
        by_look = ([t for t in everyone if int(t.rater[1:]) < look] for look in LOOKS)
        crowned += any(winner(seen) for seen in by_look)
    assert crowned <= 5


def test_too_few_listeners_have_no_winner_and_the_verdict_says_so() -> None:
    rng = np.random.default_rng(3)
    trial = compare(listeners(rng, MIN_LISTENERS - 1, (0.0, 0.9), mixed=True), "7", "8")
    assert trial.winner is None
    assert all(measure.difference is None for measure in trial.measures)
    assert str(MIN_LISTENERS) in trial.verdict
    assert compare([], "7", "8").winner is None


def test_each_side_is_told_with_its_numbers() -> None:
    tallies = [Tally("7", "ann", 2, 6, shown=10, picked=1), Tally("8", "bob", 1, 5, shown=5, picked=0)]
    rating, picks = compare([*tallies, Tally("9", "eve", 9, 9)], "7", "8").measures
    assert (rating.champion.count, rating.champion.mean, rating.challenger.mean) == (2, 3.0, 5.0)
    assert (picks.champion.count, picks.champion.mean, picks.challenger.mean) == (10, 0.1, 0.0)


def test_versions_ahead_in_one_measure_each_have_no_winner() -> None:
    both = [
        tally
        for number in range(200)
        for tally in (
            Tally("7", f"l{number}", 3, 15, shown=20, picked=0),
            Tally("8", f"l{number}", 3, 3, shown=20, picked=15),
        )
    ]
    trial = compare(both, "7", "8")
    assert trial.winner is None
    assert [measure.leader for measure in trial.measures] == [-1, 1]
