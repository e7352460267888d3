"""Percentiles of audio features within the catalogue."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.data.schema import FEATURE_NAMES
from quintet.model.audio_profile import PROFILED, AudioProfiles

ENERGY = FEATURE_NAMES.index("energy")


def catalogue(count: int) -> np.ndarray:
    """Every feature grows with the row."""
    return np.repeat(np.linspace(0, 1, count, dtype=np.float32)[:, None], len(FEATURE_NAMES), axis=1)


def test_the_least_the_middle_and_the_most_are_told_apart() -> None:
    profiles = AudioProfiles(catalogue(101))
    for row, expected in [(0, 0.005), (50, 0.5), (100, 0.995)]:
        assert profiles.profile(np.array([row]))["energy"] == pytest.approx(expected, abs=0.001)


def test_equal_tracks_stand_in_the_middle() -> None:
    assert set(AudioProfiles(np.ones((7, 12), np.float32)).profile(np.array([3])).values()) == {0.5}


def test_a_missing_value_counts_for_nothing_and_a_missing_feature_is_left_out() -> None:
    features = catalogue(5)
    features[2, ENERGY] = np.nan
    profiles = AudioProfiles(features)
    assert profiles.profile(np.array([2, 4]))["energy"] == profiles.profile(np.array([4]))["energy"]
    assert "energy" not in profiles.profile(np.array([2]))
    assert profiles.profile(np.array([], dtype=np.intp)) == {}


def test_a_sample_of_a_large_catalogue_says_nearly_the_same() -> None:
    features = np.random.default_rng(1).random((50_000, 12), dtype=np.float32)
    row = int(np.argsort(features[:, ENERGY])[37_500])
    assert AudioProfiles(features).profile(np.array([row]))["energy"] == pytest.approx(0.75, abs=0.01)


@given(st.lists(st.integers(0, 99), min_size=1, max_size=20))
def test_a_profile_lies_between_its_tracks(rows: list[int]) -> None:
    profiles = AudioProfiles(catalogue(100))
    alone = [profiles.profile(np.array([row])) for row in rows]
    for name, value in profiles.profile(np.array(rows)).items():
        each = [profile[name] for profile in alone]
        assert min(each) - 0.001 <= value <= max(each) + 0.001
    assert set(alone[0]) == set(PROFILED)
