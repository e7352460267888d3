"""The taste map without a mouse: from a song to its neighbours, step by step. No Streamlit, no HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import hypot
from typing import Any

from quintet.web.catalogue_map import Place, Point, TasteMap, around
from quintet.web.texts.pictures import PictureTexts
from quintet.web.tracks import Track

CLOCKWISE = (2, 1, 0, 7, 6, 5, 4, 3)  # the directions of `around`, from up
SIGNS = ("→", "↗", "↑", "↖", "←", "↙", "↓", "↘")
MAX_STARTS = 8
START = "•"


def drawn_songs(taste_map: TasteMap, places: Iterable[Place], tracks: Iterable[Track]) -> dict[str, Point]:
    """Return all songs that are drawn, by id: the sample, and the seeds and results that have a place."""
    at = {place.track_id: place for place in places}
    marked = (
        Point(
            **at[track.track_id].model_dump(include={"track_id", "x", "y"}),
            track_name=track.track_name,
            artists=track.artists,
        )
        for track in tracks
        if track.track_id in at
    )
    return {point.track_id: point for point in (*taste_map.points, *marked)}


def walk(
    here: Point | None,
    drawn: Mapping[str, Point],
    chosen: Sequence[Track],
    taste_map: TasteMap,
    texts: PictureTexts,
) -> dict[str, Any]:
    """Describe where one can go from `here`, or where to start.

    Parameters
    ----------
    here : Point or None
        The song one stands on; None before the first step.
    drawn : mapping of str to Point
        All songs on the map, by id.
    chosen : sequence of Track
        The seeds: one starts from them, or else from the songs in the middle of the regions.

    Returns
    -------
    dict
        ``title``, and ``steps``: ``id``, ``sign``, ``way`` (for those who hear it), ``title``, ``byline``.
    """
    if here is None:
        seeds = [drawn[track.track_id] for track in chosen if track.track_id in drawn]
        starts = seeds or _middles(taste_map)
        return {
            "title": texts.walk_start,
            "steps": [_step(point, START, "") for point in starts[:MAX_STARTS]],
        }
    near = around(here, drawn.values())
    steps = [_step(near[way], SIGNS[way], texts.walk_ways[way]) for way in CLOCKWISE if way in near]
    return {"title": texts.walk_on.format(title=here.track_name), "steps": steps}


def _middles(taste_map: TasteMap) -> list[Point]:
    middles = {}
    for region in taste_map.regions:
        point = min(taste_map.points, key=lambda p: hypot(p.x - region.x, p.y - region.y))
        middles[point.track_id] = point
    return list(middles.values()) or list(taste_map.points)


def _step(point: Point, sign: str, way: str) -> dict[str, str]:
    byline = ", ".join(point.artists)
    return {"id": point.track_id, "sign": sign, "way": way, "title": point.track_name, "byline": byline}
