"""Which tracks may be listed: a mask for every control that leaves tracks out, made only when it is used.

The order of tracks is `ranking`'s matter; what is said of a list that cannot be filled is `shortfall`'s.
"""

from __future__ import annotations

import numpy as np

from quintet.model.facets import Facets, Mask
from quintet.model.fitted import FittedModel
from quintet.model.wishes import Filters, Wishes

Masks = dict[str, Mask]


def eligible(wishes: Wishes, model: FittedModel, facets: Facets) -> Masks:
    """Return, by the control's name in a request, which tracks pass it; empty where nothing is filtered.

    Parameters
    ----------
    wishes : Wishes
        What is asked; `exclude_ids` and `disliked_ids` are not looked at here.
    model : FittedModel
        n tracks.
    facets : Facets
        Of the same tracks.

    Returns
    -------
    dict of str to bool array, shape (n,)
        A track may be listed where all are True.
    """
    filters, masks = wishes.filters, _of_names(wishes, facets)
    if filters.year_min is not None or filters.year_max is not None:
        masks["filters.year"] = _years(filters, model)
    if filters.duration_ms_min is not None or filters.duration_ms_max is not None:
        durations = model.tracks.duration_ms  # a missing one is NaN, which no comparison holds for
        masks["filters.duration_ms"] = _within(durations, filters.duration_ms_min, filters.duration_ms_max)
    if filters.explicit is not None:
        masks["filters.explicit"] = np.asarray(model.tracks.explicit == int(filters.explicit))
    return masks


def _of_names(wishes: Wishes, facets: Facets) -> Masks:
    filters, masks = wishes.filters, {}
    if wishes.blocked_artists:
        masks["blocked_artists"] = ~facets.by_artists(wishes.blocked_artists)
    if filters.genres:
        masks["filters.genres"] = facets.by_genres(filters.genres)
    if filters.exclude_genres:
        masks["filters.exclude_genres"] = ~facets.by_genres(filters.exclude_genres)
    if filters.scripts:
        masks["filters.scripts"] = facets.by_scripts(filters.scripts)
    return masks


def _years(filters: Filters, model: FittedModel) -> Mask:
    """Compare the few distinct dates, then spread to the rows."""
    years = model.years
    of_date = _within(years.values, filters.year_min, filters.year_max) & years.known
    return np.asarray(of_date[years.of_row])


def _within(values: np.ndarray, least: int | None, most: int | None) -> Mask:
    mask = np.ones(len(values), dtype=np.bool_)
    if least is not None:
        mask &= values >= least
    if most is not None:
        mask &= values <= most
    return mask
