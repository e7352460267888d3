"""The taste map with seeds and results on it, drawn and in words. No Streamlit, no HTTP."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from html import escape
from math import atan2, degrees, hypot
from typing import Any

from quintet.web.catalogue_map import Place, Region, TasteMap
from quintet.web.radar_picture import DRAWN
from quintet.web.texts.pictures import PictureTexts
from quintet.web.tracks import RankedTrack, Track, byline

PICKED = "picked"  # the selection's name
POINTS = "points"  # the layer that can be clicked: Vega-Lite takes one only
RING = "here"  # the data of the ring around the song that was chosen on the map
# What tells the kinds apart; their colours stand in for those of the page's style.
SAMPLE = {"shape": "circle", "size": 16, "opacity": 0.55, "width": 0}
RESULT = {"shape": "circle", "size": 230, "opacity": 1, "width": 2, "colour": "var(--q-feature)"}
SEED = {"shape": "diamond", "size": 260, "opacity": 1, "width": 2, "colour": "var(--q-genre)"}

# Where the map is as narrow as on a phone, names that would lie on others stay away; sizes in px.
PHONE_WIDTH, HEIGHT, LETTER, LINE = 500, 420, 7, 16
PHONE_HALF = 165

Row = dict[str, Any]


def map_spec(
    taste_map: TasteMap,
    places: Iterable[Place],
    seeds: Sequence[Track],
    items: Sequence[RankedTrack],
    texts: PictureTexts,
) -> dict[str, Any]:
    """Draw the map as a Vega-Lite chart whose selection `PICKED` holds the id of the point that was clicked.

    Colours of marks are those of the page's style, so that they follow its theme.
    """
    at = {place.track_id: place for place in places}
    # What is drawn last covers the others: the seeds, and of the results the best.
    results = [
        _marked(item, at) | RESULT | {"rank": str(item.rank)}
        for item in reversed(items)
        if item.track_id in at
    ]
    chosen = [_marked(seed, at) | SEED for seed in seeds if seed.track_id in at]
    marked = [*results, *chosen]
    regions = [
        {"x": r.x, "y": r.y, "genre": r.genre, "crowded": _is_crowded(r, taste_map.regions[:number])}
        for number, r in enumerate(taste_map.regions)
    ]
    points = _points([*_sample(taste_map, {row["id"] for row in marked}), *marked], texts)
    layers = [points, _names(regions), _ranks(results), _ring()]
    select = {"type": "point", "fields": ["id"], "toggle": False}
    params = [{"name": PICKED, "select": select, "views": [POINTS]}]
    return {
        "description": texts.map_explore,
        "layer": layers,
        "params": params,
        "height": HEIGHT,
        **DRAWN,
    }


def map_words(taste_map: TasteMap, places: Iterable[Place], n_seeds: int, texts: PictureTexts) -> str:
    """Say in a sentence where the seeds, the first `n_seeds` of the places, stand."""
    regions = [taste_map.region_of(place) for place in list(places)[:n_seeds]]
    named = list(dict.fromkeys(region for region in regions if region))
    return texts.map_regions.format(regions=", ".join(named)) if named else texts.map_nowhere


def map_table(
    taste_map: TasteMap,
    places: Iterable[Place],
    seeds: Sequence[Track],
    items: Sequence[RankedTrack],
    texts: PictureTexts,
) -> str:
    """Write what is marked on the map as a table, in HTML."""
    regions = {place.track_id: taste_map.region_of(place) for place in places}
    rows = "".join(
        f"<tr><td>{escape(what)}</td>"
        f'<th scope="row">{escape(track.track_name)} <span>{escape(byline(track))}</span></th>'
        f"<td>{escape(regions.get(track.track_id) or texts.no_region)}</td></tr>"
        for what, track in (
            *((texts.seed_mark, seed) for seed in seeds),
            *((str(item.rank), item) for item in items),
        )
    )
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in texts.map_columns)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _sample(taste_map: TasteMap, marked: Container[str]) -> list[Row]:
    return [
        _row(point, point.track_name, ", ".join(point.artists), point.genre)
        | SAMPLE
        | {"colour": _colour(point)}
        for point in taste_map.points
        if point.track_id not in marked
    ]


def _colour(place: Place) -> str:
    """Give neighbours alike colours: the hue goes round the map, and its middle is pale."""
    hue = degrees(atan2(place.y, place.x)) % 360
    return f"hsl({hue:.0f} {25 + 45 * min(hypot(place.x, place.y), 1):.0f}% 52%)"


def _marked(track: Track, at: Mapping[str, Place]) -> Row:
    return _row(at[track.track_id], track.track_name, byline(track), next(iter(track.genres), None))


def _row(place: Place, title: str, artists: str, genre: str | None) -> Row:
    return {
        "id": place.track_id,
        "x": place.x,
        "y": place.y,
        "title": title,
        "byline": artists,
        "genre": genre or "",
    }


def _points(values: list[Row], texts: PictureTexts) -> Row:
    fields = zip(("title", "byline", "genre"), texts.map_tooltip, strict=True)
    encoding: Row = _places() | {"tooltip": [{"field": field, "title": title} for field, title in fields]}
    styles = {
        "shape": "shape",
        "size": "size",
        "opacity": "opacity",
        "strokeWidth": "width",
        "fill": "colour",
    }
    for style, field in styles.items():
        kind = "nominal" if style in ("shape", "fill") else "quantitative"
        encoding[style] = {"field": field, "type": kind, "scale": None, "legend": None}
    mark = {"type": "point", "stroke": "var(--q-ground)", "cursor": "pointer", "aria": False}
    return {"name": POINTS, "data": {"values": values}, "mark": mark, "encoding": encoding}


def _names(regions: list[Row]) -> Row:
    mark = {
        "type": "text",
        "fontSize": 13,
        "fontWeight": 600,
        "align": {"expr": "datum.x > 0.7 ? 'right' : datum.x < -0.7 ? 'left' : 'center'"},
        "fill": "var(--q-ink)",
        "stroke": "var(--q-ground)",
        "strokeWidth": 4,
        "opacity": {"expr": f"datum.crowded && width < {PHONE_WIDTH} ? 0 : 1"},
        "aria": False,
    }
    text = {"text": {"field": "genre", "type": "nominal"}}
    behind = {"mark": mark, "encoding": _places() | text}
    front = {"mark": mark | {"strokeWidth": 0}, "encoding": _places() | text}
    return {"data": {"values": regions}, "layer": [behind, front]}


def _is_crowded(region: Region, others: Iterable[Region]) -> bool:
    """Tell whether a name would lie on another one on a phone."""
    return any(
        2 * abs(region.x - other.x) * PHONE_HALF < LETTER * (len(region.genre) + len(other.genre))
        and abs(region.y - other.y) * HEIGHT / 2 < LINE
        for other in others
    )


def _ranks(results: list[Row]) -> Row:
    mark = {"type": "text", "fontSize": 10, "fontWeight": 700, "fill": "var(--q-ground)", "aria": False}
    encoding = _places() | {"text": {"field": "rank", "type": "nominal"}}
    return {"data": {"values": results}, "mark": mark, "encoding": encoding}


def here_data(here: Place | None) -> dict[str, list[Row]]:
    """Return the data of the ring, which stand apart: a step draws nothing else anew."""
    return {RING: [{"x": here.x, "y": here.y}] if here else []}


def _ring() -> Row:
    mark = {
        "type": "point",
        "shape": "circle",
        "size": 500,
        "filled": False,
        "stroke": "var(--q-ink)",
        "strokeWidth": 3,
        "aria": False,
    }
    return {"data": {"name": RING}, "mark": mark, "encoding": _places()}


def _places() -> dict[str, Row]:
    return {
        axis: {"field": axis, "type": "quantitative", "axis": None, "scale": {"domain": [-1.04, 1.04]}}
        for axis in ("x", "y")
    }
