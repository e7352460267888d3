"""The layout of the taste map: alike tracks beside each other, any catalogue, the same every time."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.fakes.catalogues import make_tracks

from quintet.data.dataset import Dataset
from quintet.data.schema import FEATURE_NAMES
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.map_layout import lay_out


def fitted(tracks: pd.DataFrame) -> FittedModel:
    tracks["recording"] = tracks["song"] = np.arange(len(tracks), dtype=np.int32)
    return fit(Dataset(tracks, "0" * 64))


def test_tracks_of_one_genre_stand_closer_together_than_those_of_two() -> None:
    model = fitted(make_tracks(200))
    places = lay_out(model)
    groups = np.asarray(model.tracks.genre_set)
    jazz = places[groups == groups[2]]  # every fifth track is jazz
    others = places[groups != groups[2]]
    within = np.linalg.norm(jazz - np.median(jazz, axis=0), axis=1)
    beyond = np.linalg.norm(others - np.median(jazz, axis=0), axis=1)
    assert np.median(within) < 0.5 * np.median(beyond)


@pytest.mark.parametrize("count", [1, 2, 9, 10, 31])
def test_a_map_of_any_size_fills_its_frame(count: int) -> None:
    places = lay_out(fitted(make_tracks(count)))
    assert places.shape == (count, 2)
    assert places.dtype == np.float32
    assert np.isfinite(places).all()
    assert np.abs(places).max() <= 1.0
    assert count == 1 or np.abs(places).max() == pytest.approx(1.0, abs=1e-5)


def test_the_same_catalogue_gives_the_same_map() -> None:
    model = fitted(make_tracks(40))
    assert np.array_equal(lay_out(model), lay_out(model))


def test_tracks_without_genres_and_features_have_a_place_too() -> None:
    tracks = make_tracks(30)
    tracks["genres"] = [[] for _ in range(30)]
    tracks[list(FEATURE_NAMES)] = np.nan
    places = lay_out(fitted(tracks))
    assert np.isfinite(places).all()
