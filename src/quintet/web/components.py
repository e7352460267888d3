"""How Python and the browser side of an interactive part meet. What each part says is in its own `…_area`.

Parts get data only; the browser side (assets/) makes text nodes of it: nothing in it can become markup.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from quintet.web.covers import cover_src
from quintet.web.tracks import Track, byline

ASSETS = Path(__file__).with_name("assets")


@st.cache_resource(show_spinner=False)
def renderer(name: str, *parts: str) -> ComponentRenderer:
    """Register a component once per process.

    Parameters
    ----------
    name : str
        Its script and style in assets/; they stand after what all components share.
    *parts : str
        Further scripts and styles it is made of, in front of its own.

    Returns
    -------
    ComponentRenderer
    """
    script, style = (
        "\n".join(
            path.read_text("utf-8") for part in ("shared", *parts, name) if (path := _asset(part, kind))
        )
        for kind in ("js", "css")
    )
    return st.components.v2.component(f"quintet_{name}", js=script, css=style)


def _asset(part: str, kind: str) -> Path | None:
    path = ASSETS / f"{part}.{kind}"
    return path if path.exists() else None


def track_data(track: Track) -> dict[str, Any]:
    """Return what a part shows of any track."""
    return {
        "id": track.track_id,
        "title": track.track_name,
        "byline": byline(track),
        "year": (track.release_date or "")[:4],
        "cover": cover_src(track),
        "invented": track.is_invented,
        "outside": not track.is_in_catalogue,
    }


def text_or_none(value: object) -> str | None:
    """Take a text only: a browser may send anything."""
    return value if isinstance(value, str) else None


def ids_or_none(value: object) -> tuple[str, ...] | None:
    """Take a list of texts only: a browser may send anything."""
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return None
    return tuple(value)


def noted() -> None:
    """Do nothing: Streamlit keeps a value only where a callback listens for it."""
