"""The search box: searches as one types, takes what is picked. Its browser side is assets/search_box."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

import streamlit as st

from quintet.web.components import noted, text_or_none, track_data
from quintet.web.deeds import draw_part
from quintet.web.errors import PageError, RefusedError
from quintet.web.memory import memory
from quintet.web.paste_desk import take_pasted
from quintet.web.state import SLOTS
from quintet.web.texts import Texts
from quintet.web.tracks import Track
from quintet.web.visit import Visit

log = logging.getLogger(__name__)

SEARCH_KEY = "search"
SEARCH_LIMIT = 8
DEBOUNCE_MS = 150


@st.fragment
def draw(visit: Visit) -> None:
    """Show the box; only this part runs again for every pause in typing."""
    query = typed_query()
    found, is_down = _found(visit, query)
    visit.memory.remember(found)
    data = _data(visit, query, found, is_down=is_down)
    deeds = draw_part(
        "search_box", key=SEARCH_KEY, data=data, on_query_change=noted, on_pasted_change=_keep_pasted
    )
    pasted, visit.memory.pasted = visit.memory.pasted, ""
    if pasted:
        take_pasted(visit, pasted)
    for deed in deeds:
        if picked := text_or_none(deed.get("id")):
            _pick(visit, picked)


def _pick(visit: Visit, track_id: str) -> None:
    song = visit.memory.tracks.get(track_id)  # the box is empty by now, and nothing found any more
    title = song.track_name if song else track_id
    visit.change(visit.state.adding(track_id), visit.texts.tools.undo["said_added"].format(title=title))


def _keep_pasted() -> None:
    """Keep a pasted text until it is read: too much to be sent with all that is done later, as deeds are."""
    memory().pasted = text_or_none((st.session_state.get(SEARCH_KEY) or {}).get("pasted")) or ""


def typed_query() -> str:
    """Tell what is typed into the search box, as far as it got here."""
    return str((st.session_state.get(SEARCH_KEY) or {}).get("query") or "").strip()


def _found(visit: Visit, query: str) -> tuple[tuple[Track, ...], bool]:
    """Find songs, best match first, and tell whether the search is down."""
    try:
        return (visit.client.search(query, SEARCH_LIMIT).items if query else ()), False
    except RefusedError:
        return (), False  # what nobody can search for, nobody finds
    except PageError as error:
        log.warning("search: %s", error)
        return (), True


def _data(visit: Visit, query: str, found: Iterable[Track], *, is_down: bool) -> dict[str, Any]:
    state, texts = visit.state, visit.texts
    options = [track_data(track) | {"chosen": track.track_id in state.seeds} for track in found]
    for option in options:
        option["invented"] &= not visit.model.is_invented  # where all are invented, the page says so once
    return {
        "query": query,
        "options": options,
        "down": is_down,
        "full": len(state.seeds) >= SLOTS,
        "debounce_ms": DEBOUNCE_MS,
        "language": texts.language,
        "texts": _texts(len(options), texts),
    }


def _texts(n_found: int, texts: Texts) -> dict[str, str]:
    return {
        "label": texts.search_label,
        "hint": texts.search_hint,
        "full": texts.search_full,
        "found": texts.search_found.format(count=n_found) if n_found else texts.search_none,
        "none": texts.search_none,
        "down": texts.search_down,
        "chosen": texts.search_chosen,
        "invented": texts.invented_tag,
        "outside": texts.search_outside,
        "open": texts.search_open,
        "reading": texts.search_reading,
    }
