"""Sets of songs to start from, one button each. Its browser side is assets/starters."""

from __future__ import annotations

from typing import Any

import streamlit as st

from quintet.web.api_client import ApiClient
from quintet.web.components import ids_or_none
from quintet.web.covers import cover_src
from quintet.web.deeds import draw_part
from quintet.web.starters import Starter, find_starters
from quintet.web.state import Language
from quintet.web.texts import Texts
from quintet.web.tracks import byline
from quintet.web.visit import Visit

TURN_KEY = "starters_turn"
# Sets of a few turns in both languages; after a swap of models, those of the old one go.
MAX_KEPT = 32


def draw(visit: Visit) -> None:
    """Show the sets, where the catalogue has any."""
    turn = int(st.session_state.get(TURN_KEY, 0))
    starters = _starters(visit.client, visit.model.version, visit.state.language, turn)
    if not starters:
        return
    for deed in draw_part("starters", key="starters", data=_data(starters, visit.texts)):
        if deed.get("what") == "others":
            st.session_state[TURN_KEY] = turn + 1
            visit.draw_again()
        seeds = ids_or_none(deed.get("seeds"))
        if seeds is not None:
            visit.memory.remember(track for starter in starters for track in starter.tracks)
            visit.change(visit.state.with_seeds(seeds), visit.texts.tools.undo["said_started"])


@st.cache_data(show_spinner=False, max_entries=MAX_KEPT, ttl="1h")
def _starters(_client: ApiClient, version: str, language: Language, turn: int) -> tuple[Starter, ...]:
    return find_starters(_client, language, turn)


def _data(starters: tuple[Starter, ...], texts: Texts) -> dict[str, Any]:
    return {
        "sets": [_set(starter, texts) for starter in starters],
        "texts": {
            "title": texts.starters_title,
            "lead": texts.starters_lead,
            "others": texts.starters_others,
        },
        "language": texts.language,
    }


def _set(starter: Starter, texts: Texts) -> dict[str, Any]:
    first = starter.tracks[0]
    return {
        "title": starter.genre or texts.starter_like.format(title=first.track_name),
        "byline": texts.starter_artists.format(artists=byline(first)),
        "covers": [cover_src(track) for track in starter.tracks],
        "seeds": [track.track_id for track in starter.tracks],
    }
