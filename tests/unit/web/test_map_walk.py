"""Walking the map: where one starts, where each step leads."""

from __future__ import annotations

from quintet.web.catalogue_map import Place, Point, Region, TasteMap, around
from quintet.web.map_walk import drawn_songs, walk
from quintet.web.texts.pictures import PICTURE_TEXTS
from quintet.web.tracks import Track

TEXTS = PICTURE_TEXTS["ko"]
AT = {
    "middle": (0.0, 0.0),
    "right": (0.4, 0.0),
    "far right": (0.8, 0.1),
    "up": (0.0, 0.3),
    "down left": (-0.5, -0.5),
}
POINTS = tuple(Point(track_id=name, x=x, y=y, track_name=f"Song {name}") for name, (x, y) in AT.items())
MAP = TasteMap(points=POINTS, regions=(Region(genre="jazz", x=0.7, y=0), Region(genre="folk", x=0, y=0.9)))


def ids(walked: dict[str, list[dict[str, str]]]) -> list[str]:
    return [step["id"] for step in walked["steps"]]


def test_a_step_leads_to_the_nearest_song_of_its_direction() -> None:
    drawn = drawn_songs(MAP, (), ())
    steps = walk(drawn["middle"], drawn, (), MAP, TEXTS)["steps"]
    assert [(step["way"], step["id"]) for step in steps] == [
        ("위", "up"),
        ("오른쪽", "right"),
        ("왼쪽 아래", "down left"),
    ]


def test_every_song_can_be_reached_from_every_other() -> None:
    for start in POINTS:
        reached, waiting = {start.track_id}, [start]
        while waiting:
            for point in around(waiting.pop(), POINTS).values():
                if point.track_id not in reached:
                    reached.add(point.track_id)
                    waiting.append(point)
        assert reached == set(AT)


def test_one_starts_from_the_chosen_songs_or_else_from_the_middles_of_the_regions() -> None:
    seed = Track(track_id="seed", track_name="Mine")
    drawn = drawn_songs(MAP, [Place(track_id="seed", x=0.1, y=0.1)], [seed])
    assert ids(walk(None, drawn, [seed], MAP, TEXTS)) == ["seed"]
    assert ids(walk(None, drawn, (), MAP, TEXTS)) == ["far right", "up"]
    assert walk(None, drawn, (), MAP, TEXTS)["title"] == TEXTS.walk_start


def test_songs_at_one_place_are_no_step_from_each_other() -> None:
    twin = Point(track_id="twin", x=0, y=0, track_name="Twin")
    assert "twin" not in {point.track_id for point in around(POINTS[0], (*POINTS, twin)).values()}
