"""Seeds that do not belong together, parted into tastes; how a list is shared out is `greedy`'s."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from quintet.model.terms import Scores

MANNER = ("genres", "scene", "audio")
"""The terms that tell one taste from another where no playlist does: songs of one year, or of one fame, may
be of any taste."""

APART = 0.05
"""Cosine below which two groups of seeds are two tastes: docs/quality.md."""

LEAST_SHARE = 0.25
"""Of the seeds: one odd song among five is an accident more often than a taste, see docs/quality.md."""

MAX_GENRES = 3


@dataclass(frozen=True, slots=True)
class Taste:
    """Seeds that belong together.

    Parameters
    ----------
    seeds : tuple of str
        Their track ids.
    share : float
        0–1: of the list, as of the seeds.
    genres : tuple of str
        What most of them have, the commonest first; empty where none is known.
    """

    seeds: tuple[str, ...]
    share: float
    genres: tuple[str, ...]


def part(products: Scores) -> list[list[int]]:
    """Part seeds into groups: the two nearest are joined until the nearest are farther apart than `APART`.

    Agglomerative clustering with average linkage. A group too small for a taste joins the one nearest to it.

    Parameters
    ----------
    products : float32 array, shape (s, s)
        Product of every pair of seeds: as playlists see them, else weighted by the terms of `MANNER`. The
        diagonal, the weight of what a seed has, makes cosines of them. A seed of which nothing is known is
        near enough to any.

    Returns
    -------
    list of list of int
        Places of the seeds, each once; the largest group first, equal ones in the order of the seeds.
    """
    known = np.sqrt(np.outer(np.diag(products), np.diag(products)))
    cosines = np.divide(products, known, out=np.full(products.shape, APART), where=known > 0)
    groups, likeness = [[place] for place in range(len(cosines))], cosines.tolist()
    while len(groups) > 1:
        nearest, i, j = max((likeness[i][j], i, j) for i in range(len(groups)) for j in range(i))
        if nearest < APART:
            break
        _join(groups, likeness, i, j)
    while len(groups) > 1 and min(map(len, groups)) < LEAST_SHARE * len(cosines):
        i = min(range(len(groups)), key=lambda place: len(groups[place]))
        j = max((place for place in range(len(groups)) if place != i), key=likeness[i].__getitem__)
        _join(groups, likeness, max(i, j), min(i, j))
    return sorted(groups, key=lambda group: (-len(group), group))


def _join(groups: list[list[int]], likeness: list[list[float]], i: int, j: int) -> None:
    """Make group i part of group j; their likeness to the others is the mean of both (Lance and Williams)."""
    share = len(groups[i]) / (len(groups[i]) + len(groups[j]))
    for row in likeness:
        row[j] = share * row[i] + (1 - share) * row[j]
    likeness[j] = [
        share * one + (1 - share) * other for one, other in zip(likeness[i], likeness[j], strict=True)
    ]
    groups[j] = sorted(groups[j] + groups.pop(i))
    del likeness[i]
    for row in likeness:
        del row[i]


def common_genres(genres: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the genres that most of a taste's seeds have, commonest first, equal ones by name."""
    counts = Counter(name for names in genres for name in names)
    return tuple(sorted(counts, key=lambda name: (-counts[name], name))[:MAX_GENRES])
