"""NOW HOTTEST beside the search: the day's chart, each song to be picked. Browser side: assets/hottest."""

from __future__ import annotations

import logging
from typing import Any

import streamlit as st

from quintet.web.api_client import ApiClient
from quintet.web.components import ASSETS, track_data
from quintet.web.deeds import draw_part
from quintet.web.errors import PageError, UnknownTracksError
from quintet.web.hottest import ChartTrack, Hottest, trend
from quintet.web.state import SLOTS
from quintet.web.texts.pictures import PICTURE_TEXTS, PictureTexts
from quintet.web.tracks import byline
from quintet.web.visit import Visit

log = logging.getLogger(__name__)

PLACES = 10
SIGNS = {"up": "▲", "down": "▼", "same": "–", "new": "", "none": ""}


def draw(visit: Visit) -> None:
    """Show the chart, or plainly that there is none; where the API has nothing to show, nothing."""
    try:
        hottest = _hottest(visit.client, visit.model.version)
    except PageError as error:
        log.warning("no chart: %s", error)
        return
    if not hottest.items:
        return
    st.html(ASSETS / "pictures.css")
    with st.container(key="chart"):
        for deed in draw_part("hottest", key="hottest", data=_data(visit, hottest)):
            song = next((item for item in hottest.items if item.track_id == deed.get("id")), None)
            if song is not None:
                _pick(visit, song)


def _pick(visit: Visit, song: ChartTrack) -> None:
    """Add a song; one that neither the catalogue nor a live look-up knows is said to be missing."""
    try:
        visit.tracks((song.track_id,))
    except UnknownTracksError:
        texts = PICTURE_TEXTS[visit.state.language]
        st.toast(texts.chart_missing.format(title=song.track_name))
    else:
        said = visit.texts.tools.undo["said_added"].format(title=song.track_name)
        visit.change(visit.state.adding(song.track_id), said)


@st.cache_data(show_spinner=False, ttl="1m", max_entries=4)
def _hottest(_client: ApiClient, version: str) -> Hottest:
    """Ask once a minute for all visitors."""
    log.debug("chart beside version %s", version)
    return _client.hottest(PLACES)


def _data(visit: Visit, hottest: Hottest) -> dict[str, Any]:
    texts = PICTURE_TEXTS[visit.state.language]
    lead = texts.chart_of.format(date=hottest.date) if hottest.is_chart else texts.no_chart
    return {
        "title": texts.chart_title,
        "lead": lead,
        "places": [_place(item, visit, hottest, texts) for item in hottest.items],
        "language": visit.state.language,
    }


def _place(item: ChartTrack, visit: Visit, hottest: Hottest, texts: PictureTexts) -> dict[str, Any]:
    way = trend(item, is_chart=hottest.is_chart)
    moved = texts.trends[way].format(n=abs(item.change or 0))
    chosen = item.track_id in visit.state.seeds
    full = len(visit.state.seeds) >= SLOTS
    label = texts.chart_added if chosen else texts.chart_full if full else texts.chart_add
    unknown = "" if item.is_in_catalogue else texts.chart_unknown
    spoken = label.format(rank=item.rank, trend=moved, title=item.track_name, artists=byline(item))
    return track_data(item) | {
        "rank": item.rank,
        "trend": way,
        "sign": texts.trends["new"]
        if way == "new"
        else f"{SIGNS[way]} {abs(item.change or 0) or ''}".strip(),
        "label": ", ".join(filter(None, (spoken, unknown))),
        "unknown": unknown,
        "chosen": chosen,
        "disabled": chosen or full,
    }
