"""The list on the page: asked for, and described to the browser side (assets/list). Deeds: `actions`."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

import streamlit as st

from quintet.web import frame
from quintet.web.actions import act
from quintet.web.cards import COLOURS, card, drawn_as
from quintet.web.components import track_data
from quintet.web.deeds import draw_part
from quintet.web.drawer import drawer
from quintet.web.errors import RefusedError
from quintet.web.exports import files
from quintet.web.list_words import facts, notes
from quintet.web.ratings import Rating
from quintet.web.state import LIST_LENGTHS, SLOTS
from quintet.web.texts import Texts
from quintet.web.tracks import Recommendation, Track
from quintet.web.visit import Visit

log = logging.getLogger(__name__)

DEBOUNCE_MS = 250


def draw(visit: Visit, seeds: tuple[Track, ...]) -> Recommendation | None:
    """Show the list that `seeds` lead to, and return it; grey rows stand in for a first one."""
    place = st.empty()
    if visit.memory.answer is None:
        place.html(frame.skeleton_html(visit.state.k))
    answer = _answer(visit)
    place.empty()
    for deed in draw_part("list", "cards", "dials", "keep", key="list", data=_data(visit, seeds, answer)):
        act(visit, deed)
    return answer


def _answer(visit: Visit) -> Recommendation | None:
    try:
        return visit.recommendation()
    except RefusedError as error:
        log.warning("no list: %s", error)
        return None


def _data(visit: Visit, seeds: tuple[Track, ...], answer: Recommendation | None) -> dict[str, Any]:
    texts, items = visit.texts, answer.items if answer else ()
    titles = {seed.track_id: seed.track_name for seed in seeds}
    thought = visit.memory.ratings
    kinds = {drawn_as(part) for item in items for part in item.reasons.contributions}
    return {
        "language": texts.language,
        "title": texts.results_title if answer else texts.refused_title,
        "lead": _lead(visit, seeds, answer),
        "facts": facts(answer, texts) if answer else [],
        "notes": notes(answer, titles, texts) if answer else [],
        "legend": [{"kind": kind, "name": texts.legend[kind]} for kind in COLOURS if kind in kinds],
        "request_id": answer.request_id if answer else "",
        "cards": [card(item, titles, thought.get(item.track_id, Rating()), texts) for item in items],
        "seeds": [track_data(seed) for seed in seeds],
        "full": len(seeds) >= SLOTS,
        "longer": len(items) == visit.state.k < LIST_LENGTHS[-1],
        "drawer": drawer(visit.state.controls, (*seeds, *items), texts),
        "files": files(items, _playlist_title(seeds, texts), datetime.now(UTC)),
        "debounce_ms": DEBOUNCE_MS,
        "texts": texts.cards.words | texts.tools.words | {"why": texts.why, "match": texts.match},
    }


def _playlist_title(seeds: tuple[Track, ...], texts: Texts) -> str:
    return texts.tools.playlist.format(titles=", ".join(seed.track_name for seed in seeds))


def _lead(visit: Visit, seeds: tuple[Track, ...], answer: Recommendation | None) -> str:
    texts = visit.texts
    if answer is None:
        return texts.refused_text
    if not answer.items:
        return texts.results_none
    return texts.results_enough if len(seeds) == SLOTS else texts.results_more.format(count=len(seeds))
