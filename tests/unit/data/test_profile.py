"""The data profile on a catalogue small enough to count by hand."""

from __future__ import annotations

import json

from tests.fakes.track_store import invented_tracks

from quintet.data.dataset import build_dataset
from quintet.data.profile import as_markdown, profile


def test_counts_gaps_ranges_and_genres_are_those_of_the_tracks() -> None:
    tracks = invented_tracks(30)
    tracks["tempo"] = [float("nan")] * 10 + [100.0] * 10 + [140.0] * 10
    tracks["is_invented"] = [True] * 12 + [False] * 18
    found = profile(build_dataset(tracks))
    assert found["counts"]["tracks"] == 30
    assert found["counts"]["artists"] == 10
    assert found["counts"]["invented"] == 12
    assert found["counts"]["without_genres"] == 6
    assert found["missing"]["tempo"] == round(1 / 3, 6)
    assert found["missing"]["isrc"] == 1
    assert "track_name" not in found["missing"]
    assert found["ranges"]["tempo"] == {
        "min": 100,
        "p5": 100,
        "median": 120,
        "p95": 140,
        "mean": 120,
        "max": 140,
    }
    assert found["top_genres"]["dance pop"] == 12
    assert sum(found["decades"].values()) == 30
    assert found["decades"]["1970s"] == 10


def test_a_profile_is_fit_for_json_and_for_reading() -> None:
    tracks = invented_tracks(9)
    tracks.at[0, "genres"] = ["a|b"]
    tracks["valence"] = float("nan")
    found = profile(build_dataset(tracks))
    assert json.loads(json.dumps(found, allow_nan=False)) == found
    text = as_markdown(found)
    assert "| tracks | 9 |" in text
    assert r"a\|b" in text
    assert "valence" not in found["ranges"]
