"""The map: what is on it, what covers what, and its words."""

from __future__ import annotations

from typing import Any

import pytest
from tests.fakes.api import SCRIPT

from quintet.web.catalogue_map import Place, Point, Region, TasteMap
from quintet.web.map_picture import PICKED, RING, here_data, map_spec, map_table, map_words
from quintet.web.texts.pictures import PICTURE_TEXTS
from quintet.web.tracks import RankedTrack, Track

TEXTS = PICTURE_TEXTS["en"]
PLACES = tuple(Place(track_id=f"t{i}", x=i / 10, y=0) for i in range(5))
MAP = TasteMap(
    points=tuple(Point(**place.model_dump(), track_name=f"Song {place.track_id}") for place in PLACES),
    regions=(Region(genre="jazz", x=0.05, y=0), Region(genre="k-pop", x=-0.9, y=-0.9)),
)
SEEDS = (Track(track_id="t0", track_name=SCRIPT),)
ITEMS = tuple(RankedTrack(track_id=f"t{i}", track_name=f"T{i}", rank=i, score=0.5) for i in (1, 2))


def points(spec: dict[str, Any]) -> list[dict[str, Any]]:
    found = next(layer for layer in spec["layer"] if layer.get("name") == "points")
    values: list[dict[str, Any]] = found["data"]["values"]
    return values


def test_every_song_is_drawn_once_the_seeds_on_top_then_the_best() -> None:
    drawn = points(map_spec(MAP, PLACES, SEEDS, ITEMS, TEXTS))
    assert [row["id"] for row in drawn] == ["t3", "t4", "t2", "t1", "t0"]
    assert [row["shape"] for row in drawn] == ["circle"] * 4 + ["diamond"]


def test_a_song_without_a_place_is_left_out_of_the_picture_but_not_of_the_table() -> None:
    spec = map_spec(MAP, PLACES[1:], SEEDS, ITEMS, TEXTS)
    assert [row["shape"] for row in points(spec)].count("diamond") == 0
    assert TEXTS.no_region in map_table(MAP, PLACES[1:], SEEDS, ITEMS, TEXTS)


def test_only_points_can_be_clicked() -> None:
    (selection,) = map_spec(MAP, PLACES, SEEDS, ITEMS, TEXTS)["params"]
    assert (selection["name"], selection["views"]) == (PICKED, ["points"])
    assert selection["select"]["fields"] == ["id"]


def test_the_words_name_the_regions_of_the_seeds() -> None:
    assert map_words(MAP, PLACES, 1, TEXTS) == "Your songs are around jazz."
    far = (Place(track_id="far", x=0.9, y=0.9),)
    assert map_words(MAP, far, 1, TEXTS) == TEXTS.map_nowhere


def test_what_the_api_says_is_text_in_the_table() -> None:
    table = map_table(MAP, PLACES, SEEDS, ITEMS, TEXTS)
    assert SCRIPT not in table
    assert "&lt;script&gt;" in table
    assert table.count("<tr>") == 1 + 3


@pytest.mark.parametrize("regions", [(), MAP.regions])
def test_neighbours_have_alike_colours(regions: tuple[Region, ...]) -> None:
    near = TasteMap(
        points=tuple(
            Point(track_id=name, x=x, y=0.5, track_name=name)
            for name, x in (("a", 0.5), ("b", 0.5001), ("c", -0.9))
        ),
        regions=regions,
    )
    a, b, c = (row["colour"] for row in points(map_spec(near, (), (), (), TEXTS)))
    assert a == b != c


def test_only_the_ring_says_where_one_stands() -> None:
    assert here_data(PLACES[1]) == {RING: [{"x": 0.1, "y": 0.0}]}
    assert here_data(None) == {RING: []}


def test_of_two_names_that_would_lie_on_each_other_on_a_phone_one_stays() -> None:
    at = {"alternative r&b": (-0.4, 0.62), "trap": (-0.6, 0.61), "house": (0.1, -0.6)}
    regions = tuple(Region(genre=genre, x=x, y=y) for genre, (x, y) in at.items())
    layer = map_spec(TasteMap(points=MAP.points, regions=regions), (), (), (), TEXTS)["layer"][1]
    assert [row["genre"] for row in layer["data"]["values"] if row["crowded"]] == ["trap"]
