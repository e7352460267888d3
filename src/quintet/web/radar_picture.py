"""The radar: the sound of the seeds against that of the list, drawn and in words. No Streamlit, no HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from math import cos, pi, sin
from typing import Any

from quintet.web.texts.pictures import PictureTexts
from quintet.web.tracks import AudioProfile

FEATURES = (
    "energy",
    "loudness",
    "danceability",
    "valence",
    "tempo",
    "speechiness",
    "liveness",
    "acousticness",
    "instrumentalness",
)
"""Round the circle: features that go together stand together."""

FEWEST = 3  # a shape needs three corners
RINGS = (0.25, 0.5, 0.75, 1.0)
LABEL_AT = 1.12
WIDTH_PX, HEIGHT_PX = 350, 280
REACH = 1.3  # of the circle's radius, up and down; sideways there is room for the words
HIGH, LOW = 0.62, 0.38  # percentiles from which a feature is worth a word
CLOSE = 0.08  # percentiles that look the same
SIDES = ("seeds", "items")
COLOURS = {"seeds": "var(--q-genre)", "items": "var(--q-feature)"}

Row = dict[str, Any]


def shown_features(profile: AudioProfile) -> list[str]:
    """Return the features both sides have, in the order of the circle; none where they are too few."""
    both = [name for name in FEATURES if name in profile.seeds and name in profile.items]
    return both if len(both) >= FEWEST else []


def radar_spec(profile: AudioProfile, names: Mapping[str, str], texts: PictureTexts) -> dict[str, Any]:
    """Draw the radar as a Vega-Lite chart; its colours are those of the page's style and follow its theme."""
    features = shown_features(profile)
    corners = {side: _corners(side, features, profile, names, texts) for side in SIDES}
    labels = [_at(i, len(features), LABEL_AT) | {"label": names[name]} for i, name in enumerate(features)]
    grid = [
        _at(i % len(features), len(features), ring) | {"ring": ring, "order": i}
        for ring in RINGS
        for i in range(len(features) + 1)
    ]
    layers = [_line(grid, "ring", "var(--q-line)")]
    layers += [_shape(corners[side], COLOURS[side], dashed=side == "items") for side in SIDES]
    layers += [_dots(corners[side], COLOURS[side], texts) for side in SIDES]
    layers.append(_labels(labels))
    return {
        "description": texts.radar_title,
        "layer": layers,
        "width": WIDTH_PX,
        "height": HEIGHT_PX,
        **DRAWN,
    }


DRAWN: dict[str, Any] = {
    "background": "transparent",
    "padding": 0,
    "autosize": {"type": "none"},
    "config": {"view": {"stroke": None}, "font": "'Source Sans', sans-serif"},
    # Only in SVG do colours follow the style of the page.
    "usermeta": {"embedOptions": {"renderer": "svg", "actions": False}},
}


def radar_words(profile: AudioProfile, names: Mapping[str, str], texts: PictureTexts) -> str:
    """Say in a sentence or two what the radar shows."""
    features = shown_features(profile)
    marked = sorted(features, key=lambda name: -abs(profile.seeds[name] - 0.5))[:2]
    said = [
        (texts.more if profile.seeds[name] >= HIGH else texts.less).format(
            name=names[name], percent=_percent(max(profile.seeds[name], 1 - profile.seeds[name]))
        )
        for name in marked
        if not LOW < profile.seeds[name] < HIGH
    ]
    first = texts.stands_out.format(features=texts.both.join(said)) if said else texts.in_the_middle
    apart = max(features, key=lambda name: abs(profile.items[name] - profile.seeds[name]))
    gap = profile.items[apart] - profile.seeds[apart]
    if abs(gap) < CLOSE:
        return f"{first} {texts.list_same}"
    second = texts.list_more if gap > 0 else texts.list_less
    return f"{first} {second.format(name=names[apart], points=abs(_percent(gap)))}"


def radar_table(profile: AudioProfile, names: Mapping[str, str], texts: PictureTexts) -> str:
    """Write the radar as a table, in HTML."""
    rows = "".join(
        f'<tr><th scope="row">{escape(names[name])}</th>'
        f"<td>{_percent(profile.seeds[name])}</td><td>{_percent(profile.items[name])}</td></tr>"
        for name in shown_features(profile)
    )
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in texts.radar_columns)
    return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def _percent(share: float) -> int:
    return round(100 * share)


def _at(corner: int, of: int, radius: float) -> Row:
    angle = 2 * pi * corner / of
    return {"x": round(radius * sin(angle), 4), "y": round(radius * cos(angle), 4)}


def _corners(
    side: str, features: Sequence[str], profile: AudioProfile, names: Mapping[str, str], texts: PictureTexts
) -> list[Row]:
    shares: dict[str, float] = getattr(profile, side)
    return [
        _at(i, len(features), shares[name])
        | {"order": i, "who": texts.sides[side], "feature": names[name], "percent": _percent(shares[name])}
        for i, name in enumerate(features)
    ]


def _axis(field: str, reach: float) -> Row:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [-reach, reach]}}


def _places() -> dict[str, Row]:
    return {"x": _axis("x", REACH * WIDTH_PX / HEIGHT_PX), "y": _axis("y", REACH)}


def _line(values: list[Row], detail: str, colour: str) -> Row:
    mark = {"type": "line", "strokeWidth": 1, "color": colour, "aria": False}
    encoding = _places() | {"order": {"field": "order"}, "detail": {"field": detail, "type": "nominal"}}
    return {"data": {"values": values}, "mark": mark, "encoding": encoding}


def _shape(corners: list[Row], colour: str, *, dashed: bool) -> Row:
    mark = {
        "type": "line",
        "interpolate": "linear-closed",
        "strokeWidth": 2.5,
        "strokeDash": [6, 3] if dashed else [1, 0],
        "stroke": colour,
        "fill": colour,
        "fillOpacity": 0.16,
        "aria": False,
    }
    return {
        "data": {"values": corners},
        "mark": mark,
        "encoding": _places() | {"order": {"field": "order"}},
    }


def _dots(corners: list[Row], colour: str, texts: PictureTexts) -> Row:
    tooltip = [
        {"field": field, "title": title}
        for field, title in zip(("who", "feature", "percent"), texts.radar_tooltip, strict=True)
    ]
    mark = {"type": "point", "filled": True, "size": 46, "opacity": 1, "color": colour, "aria": False}
    return {"data": {"values": corners}, "mark": mark, "encoding": _places() | {"tooltip": tooltip}}


def _labels(labels: list[Row]) -> Row:
    outward = "datum.x > 0.1 ? 'left' : datum.x < -0.1 ? 'right' : 'center'"
    mark = {
        "type": "text",
        "fontSize": 13,
        "fill": "var(--q-soft)",
        "baseline": "middle",
        "lineBreak": " ",
        "align": {"expr": outward},
        "aria": False,
    }
    encoding = _places() | {"text": {"field": "label", "type": "nominal"}}
    return {"data": {"values": labels}, "mark": mark, "encoding": encoding}
