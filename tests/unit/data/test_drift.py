"""The population stability index: nothing for the same sound, much for another, never infinite."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.track_store import invented_tracks

from quintet.data.drift import FEWEST, feature_drift, stability_index
from quintet.data.schema import FEATURE_NAMES

SAMPLES = st.lists(st.floats(-60, 260), min_size=30, max_size=200).map(np.array)


@given(SAMPLES)
def test_the_same_values_do_not_drift(values: np.ndarray) -> None:
    assert stability_index(values, values[::-1]) == 0


@given(SAMPLES, SAMPLES)
def test_drift_is_finite_and_never_negative(before: np.ndarray, came: np.ndarray) -> None:
    assert 0 <= stability_index(before, came) < 100


def test_two_samples_of_one_sound_stay_below_a_tenth_and_another_sound_goes_above_a_quarter() -> None:
    random = np.random.default_rng(3)
    before, alike, other = random.normal(0, 1, 5_000), random.normal(0, 1, 5_000), random.normal(1, 1, 5_000)
    assert stability_index(before, alike) < 0.1
    assert stability_index(before, other) > 0.25


def test_the_index_of_two_bins_is_the_textbook_sum() -> None:
    before, came = np.array([0.0] * 50 + [1.0] * 50), np.array([0.0] * 80 + [1.0] * 20)
    wanted = (0.8 - 0.5) * np.log(0.8 / 0.5) + (0.2 - 0.5) * np.log(0.2 / 0.5)
    assert np.isclose(stability_index(before, came), wanted)


def test_every_feature_with_enough_values_has_an_index_and_no_other() -> None:
    tracks = invented_tracks(100)
    assert set(feature_drift(tracks, tracks)) == set(FEATURE_NAMES)
    without = tracks.assign(time_signature=np.nan)
    assert set(feature_drift(tracks, without)) == set(FEATURE_NAMES) - {"time_signature"}
    assert feature_drift(tracks.head(FEWEST - 1), tracks) == {}
    assert feature_drift(pd.DataFrame(columns=list(FEATURE_NAMES)), tracks) == {}
