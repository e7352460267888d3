"""The list on the page: asked for, drawn, made longer."""

from __future__ import annotations

import logging

import streamlit as st

from quintet.web import frame, results
from quintet.web.errors import RefusedError
from quintet.web.state import LIST_LENGTHS, SLOTS
from quintet.web.tracks import Recommendation, Track
from quintet.web.visit import Visit, go_to

log = logging.getLogger(__name__)


def draw(visit: Visit, seeds: tuple[Track, ...]) -> Recommendation | None:
    """Show the list that `seeds` lead to, and return it; grey rows stand in until it is there."""
    place = st.empty()
    place.html(results.skeleton_html(visit.state.k))
    try:
        answer = visit.recommendation()
    except RefusedError as error:
        log.warning("no list: %s", error)
        place.html(frame.waiting_html(visit.texts.refused_title, visit.texts.refused_text, visit.texts))
        return None
    place.html(results.results_html(answer.items, seeds, SLOTS, visit.texts))
    more = len(answer.items) == visit.state.k < LIST_LENGTHS[-1]
    if more and st.button(visit.texts.longer, key="longer"):
        go_to(visit.state.longer())
    return answer
