"""A list that cannot be filled says how many tracks qualify, and what costs most."""

from __future__ import annotations

from typing import Any

import pytest

from quintet.model.recommender import Recommender
from quintet.model.wishes import Filters, Wishes


def asked(**filters: Any) -> Wishes:
    return Wishes(max_per_artist=None, max_per_album=None, filters=Filters(**filters))


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        (asked(genres=("FOLK",)), "only 3 of 10 asked for: 3 qualify, and filters.genres costs most"),
        (
            asked(genres=("folk",), year_min=1900),
            "only 3 of 10 asked for: 3 qualify, and filters.genres costs most",
        ),
        (asked(scripts=("hangul",)), "only 1 of 10 asked for: 1 qualify, and filters.scripts costs most"),
        (asked(explicit=True), "only 0 of 10 asked for: 0 qualify, and filters.explicit costs most"),
        (asked(year_max=1990, scripts=("thai",)), "only 0 of 10 asked for: 0 qualify, and filters."),
        (
            Wishes(max_per_artist=1, max_per_album=None),
            "only 7 of 10 asked for: 10 qualify, and max_per_artist costs most (3 more without it)",
        ),
        (
            Wishes(exclude_ids=("b1", "b3", "b4", "b6"), max_per_artist=None, max_per_album=None),
            "only 6 of 10 asked for: 6 qualify, and exclude_ids and disliked_ids costs most (4 more",
        ),
    ],
)
def test_the_warning_names_the_wish_that_costs_most(
    recommender: Recommender, wish: Wishes, said: str
) -> None:
    (warning,) = recommender.recommend(["a1"], 10, wish).warnings
    assert warning.startswith(said)


def test_a_catalogue_that_is_too_small_is_not_the_listeners_fault(recommender: Recommender) -> None:
    (warning,) = recommender.recommend(["a1"], 200, asked()).warnings
    assert warning == "only 10 of 200 asked for: the catalogue has no more"
