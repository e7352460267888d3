"""Colours of the page: readable in both themes (WCAG 2.2 AA), and the same to Streamlit as to the style."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import quintet.web

WEB = Path(quintet.web.__file__).parent
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(
        r"--q-(\w+): light-dark\((#\w{6}), (#\w{6})\)", (WEB / "assets" / "page.css").read_text()
    )
}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it, 0 (black) to 1 (white)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("ground", ["ground", "card", "tint"])
@pytest.mark.parametrize(
    ("colour", "least"),
    [("ink", 4.5), ("soft", 4.5), ("accent", 4.5), ("edge", 3), ("focus", 3), ("genre", 3), ("feature", 3)],
)
def test_text_and_shapes_stand_out(theme: str, ground: str, colour: str, least: float) -> None:
    assert contrast(TOKENS[colour][theme], TOKENS[ground][theme]) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_streamlit_and_the_page_use_the_same_colours(theme: str) -> None:
    options = tomllib.loads((WEB / ".streamlit" / "config.toml").read_text())["theme"][theme]
    pairs = {
        "primaryColor": "accent",
        "backgroundColor": "ground",
        "secondaryBackgroundColor": "card",
        "textColor": "ink",
        "borderColor": "line",
    }
    assert {option: TOKENS[token][theme] for option, token in pairs.items()} == options
