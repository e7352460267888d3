"""Two model versions online at once: how listeners took each, and whether there is a winner yet.

The numbers are looked at whenever somebody likes, so an interval made for one look would crown a winner by
chance sooner or later. The intervals of the differences here hold at all looks together. Nothing is stored.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, sqrt

from quintet.data.ratings import BEST, WORST, Tally, mean_interval, standard_error, with_ends

ERROR_SHARE = 0.05
MIN_LISTENERS = 20
"""With fewer, the difference's spread is not known well enough for any verdict."""
_TUNED_FOR = 100
"""The number of listeners at which the intervals are tightest."""

Amounts = tuple[int, int]
"""How many values a listener gave one version, and their sum."""


@dataclass(frozen=True, slots=True)
class Side:
    """One version in one measure.

    Parameters
    ----------
    count, listeners : int
        Values (ratings, or tracks shown), and how many listeners gave them.
    mean, low, high : float or None
        The mean with its 95 % interval for one look; None without a value.
    """

    count: int
    listeners: int
    mean: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Measure:
    """One thing both versions are measured by.

    Parameters
    ----------
    name : str
        "rating" (1 to 5) or "picks" (share of the listed tracks that soon became seeds).
    champion, challenger : Side
        Each version's values.
    difference, low, high : float or None
        Challenger's mean less the champion's, and an interval that holds at every look together; None while
        there are too few listeners.
    """

    name: str
    champion: Side
    challenger: Side
    difference: float | None
    low: float | None
    high: float | None

    @property
    def leader(self) -> int:
        """Return 1 where the challenger is surely ahead, -1 where the champion is, else 0."""
        if self.low is None or self.high is None:
            return 0
        return int(self.low > 0) - int(self.high < 0)


@dataclass(frozen=True, slots=True)
class Trial:
    """Champion and challenger beside each other.

    Parameters
    ----------
    champion, challenger : str
        Their versions.
    measures : sequence of Measure
        Ratings and picks.
    winner : str or None
        The version that is surely ahead in a measure and behind in none.
    verdict : str
        The same in a sentence.
    """

    champion: str
    challenger: str
    measures: Sequence[Measure]
    winner: str | None
    verdict: str


def compare(tallies: Sequence[Tally], champion: str, challenger: str) -> Trial:
    """Compare two versions by what listeners did while both were online.

    Parameters
    ----------
    tallies : sequence of Tally
        One a version and listener.
    champion, challenger : str
        The versions; tallies of others are left out.
    """
    measures = [
        _measure("rating", tallies, (champion, challenger), lambda t: (t.ratings, t.total), (WORST, BEST)),
        _measure("picks", tallies, (champion, challenger), lambda t: (t.shown, t.picked), (0, 1)),
    ]
    leaders = {measure.leader for measure in measures} - {0}
    winner = {1: challenger, -1: champion}[leaders.pop()] if len(leaders) == 1 else None
    return Trial(champion, challenger, measures, winner, _verdict(measures, winner))


def _verdict(measures: Sequence[Measure], winner: str | None) -> str:
    ahead = [measure.name for measure in measures if measure.leader]
    if winner is not None:
        return (
            f"Version {winner} is ahead by {' and '.join(ahead)}. However often one looks, such a verdict is "
            f"wrong at most once in {round(1 / ERROR_SHARE)} trials."
        )
    if ahead:
        return "No winner: the versions are ahead in one measure each."
    if all(measure.difference is None for measure in measures):
        return f"No winner yet: fewer than {MIN_LISTENERS} listeners met one of the versions."
    return "No winner yet: the difference may still be chance. Looking again later does no harm."


def _measure(
    name: str,
    tallies: Sequence[Tally],
    versions: tuple[str, str],
    amounts: Callable[[Tally], Amounts],
    scale: tuple[int, int],
) -> Measure:
    champion, challenger = (
        {tally.rater: amounts(tally) for tally in tallies if tally.model_version == version}
        for version in versions
    )
    sides = [_side([given for given in by.values() if given[0]], scale) for by in (champion, challenger)]
    raters = champion.keys() | challenger.keys()
    pairs = [(champion.get(rater, (0, 0)), challenger.get(rater, (0, 0))) for rater in raters]
    if min(side.listeners for side in sides) < MIN_LISTENERS:
        return Measure(name, sides[0], sides[1], None, None, None)
    return Measure(name, sides[0], sides[1], *_gap([(a, b) for a, b in pairs if a[0] or b[0]], scale))


def _side(given: Sequence[Amounts], scale: tuple[int, int]) -> Side:
    count = sum(n for n, _ in given)
    if not count:
        return Side(0, 0, None, None, None)
    return Side(count, len(given), sum(s for _, s in given) / count, *mean_interval(given, *scale))


def _gap(pairs: Sequence[tuple[Amounts, Amounts]], scale: tuple[int, int]) -> tuple[float, float, float]:
    """Return the difference of two means and an interval that holds at every look.

    Listeners are the unit, whether each met one version or both: the spread is that of what each moves the
    difference by. The interval is the asymptotic confidence sequence of Waudby-Smith et al. (2024), the
    chance of an error shared out between the two measures.
    """
    listeners = len(pairs)
    mean, residuals = _influences([pair[0] for pair in pairs], scale)
    other, others = _influences([pair[1] for pair in pairs], scale[::-1])  # else the ends would cancel out
    error = standard_error([two - one for one, two in zip(residuals, others, strict=True)])
    alpha = ERROR_SHARE / 2
    rho2 = (-2 * log(alpha) + log(-2 * log(alpha)) + 1) / _TUNED_FOR
    grown = listeners * rho2 + 1
    half = error * sqrt(grown / (listeners * rho2) * log(grown / alpha**2))
    return other - mean, other - mean - half, other - mean + half


def _influences(given: Sequence[Amounts], scale: tuple[int, int]) -> tuple[float, list[float]]:
    """Return a mean, and what each listener moves it by; the scale's ends count as two listeners more."""
    plain = sum(s for _, s in given) / max(1, sum(n for n, _ in given))
    groups = with_ends(given, *scale)
    count = sum(n for n, _ in groups)
    centre = sum(s for _, s in groups) / count
    return plain, [(s - centre * n) / count for n, s in groups]
