"""Dials and filters: an address brings them back, and the API is asked for what they mean."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.web.controls import CODECS, SCRIPTS, SEPARATOR, VARIETY, Controls, read_controls

names = st.lists(
    st.text(
        st.characters(exclude_characters=SEPARATOR, exclude_categories=("C", "Z")), min_size=1, max_size=20
    ),
    max_size=4,
    unique=True,
).map(tuple)
hundredths = st.integers(0, 100).map(lambda number: number / 100)
controls = st.builds(
    Controls,
    popularity=st.integers(-100, 100).map(lambda number: number / 100),
    diversity=hundredths,
    per_artist=st.sampled_from(["", "1", "all"]),
    year_min=st.none() | st.integers(1900, 1999),
    year_max=st.none() | st.integers(1999, 2100),
    explicit=st.sampled_from(["", "no", "only"]),
    length=st.sampled_from(["", "short", "medium", "long"]),
    scripts=st.sets(st.sampled_from(SCRIPTS)).map(lambda some: tuple(s for s in SCRIPTS if s in some)),
    genres=names,
    exclude_genres=names,
    blocked_artists=names,
    another=st.integers(0, 9999),
)


@given(controls)
def test_what_is_written_is_read_back(wanted: Controls) -> None:
    assert read_controls(wanted.to_params()) == wanted


@given(
    st.dictionaries(
        st.sampled_from([*CODECS, "x"]), st.text(max_size=60) | st.sampled_from(["nan", "inf", "-0", "1e99"])
    )
)
def test_any_text_gives_controls_the_api_can_be_asked_with(params: dict[str, str]) -> None:
    read = read_controls(params)
    assert -1 <= read.popularity <= 1
    assert 0 <= read.diversity <= 1
    assert (read.year_min or 0) <= (read.year_max or 9999)
    json.dumps(read.to_request(), allow_nan=False)
    assert read_controls(read.to_params()) == read


def test_the_usual_list_asks_for_nothing() -> None:
    assert Controls().to_request() == {}
    assert Controls().to_params() == {}
    assert Controls().n_set() == 0


@pytest.mark.parametrize(
    ("params", "request_"),
    [
        ({"popularity": "-0.5", "diversity": "1"}, {"popularity": -0.5, "diversity": 1.0}),
        ({"per_artist": "1"}, {"max_per_artist": 1}),
        ({"per_artist": "all"}, {"max_per_artist": None}),
        ({"year_min": "1990", "year_max": "1999"}, {"filters": {"year_min": 1990, "year_max": 1999}}),
        ({"year_min": "1999", "year_max": "1990"}, {"filters": {"year_min": 1990, "year_max": 1999}}),
        ({"explicit": "no"}, {"filters": {"explicit": False}}),
        ({"explicit": "only"}, {"filters": {"explicit": True}}),
        ({"length": "short"}, {"filters": {"duration_ms_max": 180_000}}),
        ({"length": "medium"}, {"filters": {"duration_ms_min": 180_000, "duration_ms_max": 300_000}}),
        ({"scripts": "hangul|latin"}, {"filters": {"scripts": ["latin", "hangul"]}}),
        ({"genres": "jazz| k-pop |jazz"}, {"filters": {"genres": ["jazz", "k-pop"]}}),
        ({"exclude_genres": "metal"}, {"filters": {"exclude_genres": ["metal"]}}),
        (
            {"blocked_artists": "Tyler, The Creator|방탄소년단"},
            {"blocked_artists": ["Tyler, The Creator", "방탄소년단"]},
        ),
        ({"another": "3"}, {"variety_seed": 3, "variety": VARIETY}),
    ],
)
def test_every_control_asks_the_api_for_what_it_means(
    params: dict[str, str], request_: dict[str, Any]
) -> None:
    assert read_controls(params).to_request() == request_


def test_two_years_are_one_filter_and_another_list_is_none() -> None:
    assert Controls(year_min=1990, year_max=1999, another=4).n_set() == 1
    assert Controls(year_min=1990, explicit="no").n_set() == 2
