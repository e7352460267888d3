"""Ratings on the five-point scale: their mean for each model version, with an interval that is not too sure.

Where ratings are kept and who may rate is elsewhere; two versions are compared in `trial`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

WORST, BEST = 1, 5
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Tally:
    """What one listener did with the tracks of one model version.

    Parameters
    ----------
    model_version, rater : str
        Which version, which listener.
    ratings : int
        How many ratings.
    total : int
        Their sum.
    already_known, bad : int
        How often each was said.
    shown, picked : int
        Tracks listed, and those of them that soon became a seed of the same listener.
    """

    model_version: str
    rater: str
    ratings: int = 0
    total: int = 0
    already_known: int = 0
    bad: int = 0
    shown: int = 0
    picked: int = 0


@dataclass(frozen=True, slots=True)
class VersionRatings:
    """The ratings of one model version.

    Parameters
    ----------
    model_version : str
        The version that placed the tracks.
    ratings, raters : int
        How many, by how many listeners.
    mean : float or None
        1 to 5; None without a rating.
    low, high : float or None
        The 95 % interval of the mean.
    already_known, bad : int
        How often each was said.
    """

    model_version: str
    ratings: int
    raters: int
    mean: float | None
    low: float | None
    high: float | None
    already_known: int
    bad: int


def summarise(tallies: Sequence[Tally]) -> list[VersionRatings]:
    """Return the ratings by model version, the newest version first."""
    by_version: dict[str, list[Tally]] = defaultdict(list)
    for tally in tallies:
        by_version[tally.model_version].append(tally)
    ordered = sorted(by_version, key=lambda version: (version.isdecimal(), version.zfill(12)), reverse=True)
    return [_summary(version, by_version[version]) for version in ordered]


def _summary(version: str, tallies: Sequence[Tally]) -> VersionRatings:
    rated = [(tally.ratings, tally.total) for tally in tallies if tally.ratings]
    count, total = sum(n for n, _ in rated), sum(s for _, s in rated)
    low, high = mean_interval(rated) if rated else (None, None)
    return VersionRatings(
        model_version=version,
        ratings=count,
        raters=len(rated),
        mean=total / count if count else None,
        low=low,
        high=high,
        already_known=sum(tally.already_known for tally in tallies),
        bad=sum(tally.bad for tally in tallies),
    )


def mean_interval(
    rated: Sequence[tuple[int, int]], worst: float = WORST, best: float = BEST
) -> tuple[float, float]:
    """Return the 95 % interval of a mean whose values come in groups, one a listener.

    One listener's ratings are alike, so listeners are counted, not ratings: the spread is that between groups
    (the cluster-robust variance of a ratio), with Student's t. One value at each end of the scale is added
    first, as Agresti and Coull do for shares: few or equal ratings never look certain.

    Parameters
    ----------
    rated : sequence of (int, int)
        Number and sum of each listener's values; at least one.
    worst, best : float
        The ends of the scale.
    """
    groups = with_ends(rated, worst, best)
    count, total = sum(n for n, _ in groups), sum(s for _, s in groups)
    centre = total / count
    half = t_quantile(len(groups) - 1) * standard_error([(s - centre * n) / count for n, s in groups])
    plain = sum(s for _, s in rated) / sum(n for n, _ in rated)
    return max(worst, min(plain, centre - half)), min(best, max(plain, centre + half))


def with_ends(rated: Sequence[tuple[int, int]], worst: float, best: float) -> list[tuple[float, float]]:
    """Return groups with two listeners more, who gave the worst and the best value once."""
    return [*rated, (1, worst), (1, best)]


def standard_error(residuals: Sequence[float]) -> float:
    """Return the standard error of a ratio from the residual of each group, already divided by the count."""
    groups = len(residuals)
    return sqrt(groups / (groups - 1) * sum(residual**2 for residual in residuals))


def t_quantile(freedom: int, confidence: float = CONFIDENCE) -> float:
    """Return the two-sided quantile of Student's t, within 1 % from two degrees of freedom on.

    Parameters
    ----------
    freedom : int
        Degrees of freedom, at least 2.
    confidence : float
        In (0, 1).

    Notes
    -----
    The Cornish-Fisher expansion, Abramowitz and Stegun 26.7.5.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
        (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / 92160,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, start=1))
