"""Pictures of a training: features, how they hang together, the catalogue as a map. Figures only, no files.

Figures are made without pyplot: no window, no state shared by callers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from matplotlib import colormaps
from matplotlib.figure import Figure
from numpy.typing import NDArray

from quintet.data.schema import AUDIO_FEATURES, FEATURE_NAMES, Columns
from quintet.model.evaluation.measures import mean

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

    from quintet.model.evaluation.table import Comparison

MAP_SIZE = 5_000
"""How many tracks the map shows at most: more only hide each other."""

_COLOURED_GENRES = 12
_OTHER = "other"
_MARKERS = "osD^vP*X<>"
_SEED = 20


def feature_distributions(tracks: pd.DataFrame) -> Figure:
    """Draw a histogram of every audio feature; one that no track has stays empty.

    Parameters
    ----------
    tracks : DataFrame
        With the columns `data.schema.FEATURE_NAMES`.
    """
    figure = Figure(figsize=(14, 9))
    figure.subplots_adjust(left=0.05, right=0.98, bottom=0.06, top=0.92, hspace=0.45)
    for axes, feature in zip(figure.subplots(3, 4).flat, AUDIO_FEATURES, strict=True):
        counts, edges = np.histogram(tracks[feature.name].dropna().astype(float), bins=40)
        axes.stairs(counts, edges, fill=True)
        axes.set_title(feature.name)
        axes.set_xlabel(feature.unit)
    figure.suptitle(f"Audio features of {len(tracks):,} tracks")
    return figure


def quality(found: Comparison) -> Figure:
    """Draw nDCG@10 with its intervals by way of ranking, and beside it accuracy against coverage."""
    figure = Figure(figsize=(13, 5))
    figure.subplots_adjust(left=0.14, right=0.98, bottom=0.13, top=0.9, wspace=0.22)
    bars, scatter = figure.subplots(1, 2)
    for place, outcome in enumerate(found.outcomes):
        reached, colour = outcome.measure("ndcg_at_10"), colormaps["tab10"](place % 10)
        bars.barh(place, reached.value, color=colour)
        bars.plot([reached.low, reached.high], [place, place], color="black")
        marker = _MARKERS[place % len(_MARKERS)]
        scatter.scatter(outcome.coverage, reached.value, 60, [colour], marker, label=outcome.name)
    bars.set_yticks(range(len(found.outcomes)), [outcome.name for outcome in found.outcomes])
    bars.set_xlabel("nDCG@10 and 95 % interval")
    scatter.set_xlabel("catalogue coverage of lists of ten")
    scatter.set_ylabel("nDCG@10")
    scatter.legend(reverse=True, fontsize=9)  # in the order of the bars; names at the dots would collide
    figure.suptitle(f"{len(found.protocol.lists)} held-out {found.protocol.source}")
    return figure


def slices(found: Comparison) -> Figure:
    """Draw nDCG@10 of the plain and the served model for every slice of the lists."""
    figure = Figure(figsize=(11, 5))
    figure.subplots_adjust(left=0.24, right=0.98, bottom=0.12, top=0.9)
    axes = figure.subplots()
    names = [name for name, chosen in found.slices.items() if chosen.any()]
    for shift, outcome, colour in (
        (-0.2, found.reference, "#bbbbbb"),
        (0.2, found.outcome(found.served), "#4477aa"),
    ):
        values = outcome.of("ndcg_at_10")
        reached = [mean(values[found.slices[name]]) for name in names]
        places = np.arange(len(names)) + shift
        axes.barh(places, [one.value for one in reached], height=0.38, color=colour, label=outcome.name)
        axes.hlines(places, [one.low for one in reached], [one.high for one in reached], color="black")
    axes.set_yticks(range(len(names)), [f"{name} ({int(found.slices[name].sum())})" for name in names])
    axes.set_xlabel("nDCG@10 and 95 % interval")
    axes.legend()
    figure.suptitle("By what the seeds are")
    return figure


def feature_importance(importance: Mapping[str, float]) -> Figure:
    """Draw how much every feature of the re-ranker tells, as shares of 1."""
    figure = Figure(figsize=(9, 6))
    figure.subplots_adjust(left=0.3, right=0.98, bottom=0.1, top=0.92)
    axes = figure.subplots()
    ordered = sorted(importance.items(), key=lambda one: one[1])
    axes.barh([name for name, _ in ordered], [share for _, share in ordered], color="#4477aa")
    axes.set_xlabel("share of what the trees' splits gain")
    figure.suptitle("What the re-ranker looks at")
    return figure


def feature_correlations(tracks: pd.DataFrame) -> Figure:
    """Draw Pearson's correlations of the audio features, pairs with a missing value left out."""
    correlations = tracks[list(FEATURE_NAMES)].astype(float).corr().to_numpy()
    figure = Figure(figsize=(10, 9))
    figure.subplots_adjust(left=0.15, right=0.98, bottom=0.15, top=0.95)
    axes = figure.subplots()
    image = axes.imshow(correlations, cmap="coolwarm", vmin=-1, vmax=1)
    axes.set_xticks(range(len(FEATURE_NAMES)), FEATURE_NAMES, rotation=60, ha="right")
    axes.set_yticks(range(len(FEATURE_NAMES)), FEATURE_NAMES)
    for (row, column), value in np.ndenumerate(correlations):
        if np.isfinite(value):
            axes.text(column, row, f"{value:.2f}", ha="center", va="center", fontsize=7)
    figure.colorbar(image)
    axes.set_title("Correlations of the audio features")
    return figure


def catalogue_map(places: NDArray[np.float32], tracks: pd.DataFrame) -> Figure:
    """Draw the catalogue in two dimensions, coloured by main genre.

    Parameters
    ----------
    places : float32 array, shape (n, 2)
        As `map_layout.lay_out` places the tracks.
    tracks : DataFrame
        With the column `genres`, n rows in the same order.
    """
    figure = Figure(figsize=(11, 9))
    figure.subplots_adjust(left=0.02, right=0.98, bottom=0.02, top=0.95)
    axes = figure.subplots()
    axes.set_title(
        f"The catalogue in two dimensions: {min(len(tracks), MAP_SIZE):,} of {len(tracks):,} tracks"
    )
    rows = _sample(len(tracks))
    _scatter(axes, places[rows], _main_genres(tracks[Columns.GENRES], rows))
    return figure


def _sample(count: int) -> NDArray[np.intp]:
    if count <= MAP_SIZE:
        return np.arange(count)
    return np.sort(np.random.default_rng(_SEED).choice(count, MAP_SIZE, replace=False))


def _main_genres(genres: pd.Series, rows: NDArray[np.intp]) -> NDArray[np.str_]:
    """Return each row's most common genre if that is among the commonest of all, else "other"."""
    counts = Counter(genre for listed in genres for genre in listed)
    top = {genre for genre, _ in counts.most_common(_COLOURED_GENRES)}
    coloured = ([genre for genre in genres.iloc[row] if genre in top] for row in rows)
    return np.array([max(found, key=counts.__getitem__, default=_OTHER) for found in coloured])


def _scatter(axes: Axes, positions: NDArray[np.float32], genres: NDArray[np.str_]) -> None:
    counts = Counter(genres.tolist())
    colours = colormaps["tab20"]
    x, y = positions.T
    other = genres == _OTHER
    axes.scatter(x[other], y[other], s=4, color="#d0d0d0", label=f"{_OTHER} ({counts[_OTHER]})")
    for place, (genre, count) in enumerate(counts.most_common()):
        if genre != _OTHER:
            here = genres == genre
            axes.scatter(x[here], y[here], s=6, color=colours(place), label=f"{genre} ({count})")
    axes.legend(markerscale=3, fontsize=8, loc="upper right")
    axes.set_xticks([])
    axes.set_yticks([])
