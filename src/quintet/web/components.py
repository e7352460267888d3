"""The page's three interactive parts: search box, slots, starter sets. Their browser side lives in assets/.

They get data only; the browser side makes text nodes of it, so that nothing in it can become markup.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from quintet.web.covers import cover_src
from quintet.web.results import byline
from quintet.web.starters import Starter
from quintet.web.state import SLOTS
from quintet.web.texts import Texts
from quintet.web.tracks import Track

ASSETS = Path(__file__).with_name("assets")
SEARCH_KEY = "search"
DEBOUNCE_MS = 150


@st.cache_resource(show_spinner=False)
def _renderer(name: str) -> ComponentRenderer:
    """Register a component once per process: its own script and style, after what all of them share."""
    script, style = (
        "\n".join((ASSETS / f"{part}.{kind}").read_text("utf-8") for part in ("shared", name))
        for kind in ("js", "css")
    )
    return st.components.v2.component(f"quintet_{name}", js=script, css=style)


def typed_query() -> str:
    """Tell what is typed into the search box, as far as it got here."""
    return str((st.session_state.get(SEARCH_KEY) or {}).get("query") or "").strip()


def search_box(
    query: str, tracks: Iterable[Track], status: str, chosen: tuple[str, ...], texts: Texts
) -> str | None:
    """Mount the search box.

    Parameters
    ----------
    query : str
        What `tracks` answer.
    tracks : iterable of Track
        Best match first.
    status : {"ok", "down"}
        Whether the search answered.
    chosen : tuple of str
        Ids that are already in a slot.
    texts : Texts

    Returns
    -------
    str or None
        The id of a song that was picked just now.
    """
    options = [_option(track) | {"chosen": track.track_id in chosen} for track in tracks]
    found = texts.search_found.format(count=len(options)) if options else texts.search_none
    data = {
        "query": query,
        "options": options,
        "down": status == "down",
        "full": len(chosen) >= SLOTS,
        "debounce_ms": DEBOUNCE_MS,
        "language": texts.language,
        "texts": {
            "label": texts.search_label,
            "hint": texts.search_hint,
            "full": texts.search_full,
            "found": found,
            "none": texts.search_none,
            "down": texts.search_down,
            "chosen": texts.search_chosen,
            "invented": texts.invented_tag,
        },
    }
    result = _renderer("search_box")(
        key=SEARCH_KEY, data=data, on_query_change=_noted, on_picked_change=_noted
    )
    return _text_or_none(result.get("picked"))


def slots(tracks: tuple[Track, ...], texts: Texts) -> tuple[str, ...] | None:
    """Mount the five slots; returns the seeds that stay when one was removed or all were, just now."""
    filled = [_option(track) | {"remove": texts.remove.format(title=track.track_name)} for track in tracks]
    empty = [texts.slot_empty.format(number=number) for number in range(len(tracks) + 1, SLOTS + 1)]
    data = {
        "filled": filled,
        "empty": empty,
        "texts": {"label": texts.slots_label, "clear": texts.clear},
        "language": texts.language,
    }
    result = _renderer("slots")(key="slots", data=data, on_seeds_change=_noted)
    return _ids_or_none(result.get("seeds"))


def starter_sets(starters: tuple[Starter, ...], texts: Texts) -> tuple[str, ...] | None:
    """Mount the sets to start from; returns the seeds of the set that was picked just now."""
    data = {
        "sets": [_starter(starter, texts) for starter in starters],
        "texts": {"title": texts.starters_title, "lead": texts.starters_lead},
        "language": texts.language,
    }
    result = _renderer("starters")(key="starters", data=data, on_seeds_change=_noted)
    return _ids_or_none(result.get("seeds"))


def _option(track: Track) -> dict[str, Any]:
    return {
        "id": track.track_id,
        "title": track.track_name,
        "byline": byline(track),
        "year": (track.release_date or "")[:4],
        "cover": cover_src(track),
        "invented": track.is_invented,
    }


def _starter(starter: Starter, texts: Texts) -> dict[str, Any]:
    first = starter.tracks[0]
    return {
        "title": starter.genre or texts.starter_like.format(title=first.track_name),
        "byline": texts.starter_artists.format(artists=byline(first)),
        "covers": [cover_src(track) for track in starter.tracks],
        "seeds": [track.track_id for track in starter.tracks],
    }


def _text_or_none(value: object) -> str | None:
    """Take a text only: a browser may send anything."""
    return value if isinstance(value, str) else None


def _ids_or_none(value: object) -> tuple[str, ...] | None:
    """Take a list of texts only: a browser may send anything."""
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        return None
    return tuple(value)


def _noted() -> None:
    """Streamlit keeps a value only where a callback listens for it."""
