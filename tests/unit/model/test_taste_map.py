"""What the taste map shows: a fixed sample, no song twice, regions that do not cover each other."""

from __future__ import annotations

import numpy as np
import pytest
from tests.fakes.catalogues import make_tracks

from quintet.data.dataset import Dataset
from quintet.model import taste_map
from quintet.model.features import fit
from quintet.model.taste_map import TasteMap

COUNT = 120


@pytest.fixture(scope="module")
def shown() -> TasteMap:
    tracks = make_tracks(COUNT)
    tracks["recording"] = np.arange(COUNT, dtype=np.int32)
    tracks["song"] = np.arange(COUNT, dtype=np.int32) // 2  # two versions of every song
    table = fit(Dataset(tracks, "0" * 64)).tracks
    places = np.random.default_rng(0).uniform(-0.02, 0.02, (COUNT, 2)).astype(np.float32)
    corner = table.genre_set[:, None] / table.genre_set.max() * np.array([[1.8, 0.9]]) - np.array(
        [[0.9, 0.45]]
    )
    return TasteMap(table, np.asarray(places + corner, dtype=np.float32))


def test_no_song_is_shown_twice_and_points_stand_where_their_tracks_do(shown: TasteMap) -> None:
    points = shown.points
    assert len(points) == COUNT // 2
    assert shown.places_of([point["track_id"] for point in points]) == [
        {name: point[name] for name in ("track_id", "x", "y")} for point in points
    ]


def test_a_large_catalogue_is_shown_by_a_sample_that_prefers_known_songs(
    shown: TasteMap, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taste_map, "POINTS", 20)
    twice = [TasteMap(shown.tracks, shown.places).points for _ in range(2)]
    assert twice[0] == twice[1]
    assert len(twice[0]) == 20
    rows = [shown.tracks.row(point["track_id"]) for point in twice[0]]
    assert shown.tracks.popularity[rows].mean() > shown.tracks.popularity.mean()


def test_every_genre_that_keeps_together_names_its_region(shown: TasteMap) -> None:
    names = {region["genre"]: (region["x"], region["y"]) for region in shown.regions}
    assert {"jazz", "nu metal", "k-pop"} <= set(names)
    assert len({"pop", "dance pop"} & set(names)) == 1  # always together: one name is enough
    jazz = next(point for point in shown.points if point["genre"] == "jazz")
    assert names["jazz"] == pytest.approx((jazz["x"], jazz["y"]), abs=0.05)


def test_tracks_nobody_knows_have_no_place_and_repeated_ones_one(shown: TasteMap) -> None:
    places = shown.places_of(["t00003", "nobody", "t00001", "t00003"])
    assert [place["track_id"] for place in places] == ["t00003", "t00001"]


def test_a_model_without_a_map_shows_nothing(shown: TasteMap) -> None:
    empty = TasteMap(shown.tracks, np.zeros((0, 2), dtype=np.float32))
    assert (empty.points, empty.regions, empty.places_of(["t00001"])) == ([], [], [])
