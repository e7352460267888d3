"""The two pictures under the list: how it sounds, and where it stands on the map of the catalogue.

What they show is in `radar_picture` and `map_picture`. They come after the list, and never hold it up.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from html import escape

import streamlit as st

from quintet.web.api_client import ApiClient
from quintet.web.catalogue_map import Place, TasteMap
from quintet.web.components import ASSETS, renderer, text_or_none
from quintet.web.covers import cover_src, https_or_none
from quintet.web.errors import PageError
from quintet.web.map_picture import PICKED, here_data, map_spec, map_table, map_words
from quintet.web.map_walk import drawn_songs, walk
from quintet.web.radar_picture import radar_spec, radar_table, radar_words, shown_features
from quintet.web.state import SLOTS
from quintet.web.texts.pictures import PICTURE_TEXTS, PictureTexts
from quintet.web.tracks import AudioProfile, RankedTrack, Recommendation, Track, byline
from quintet.web.visit import Visit

log = logging.getLogger(__name__)

HERE = "map_here"  # of the session: the id of the song chosen on the map, by a click or a step
WALK = "map_walk"
CHART = "map_chart"


def draw(visit: Visit, seeds: tuple[Track, ...] = (), answer: Recommendation | None = None) -> None:
    """Show both pictures of a list; without a list, the map alone, to look around."""
    st.html(ASSETS / "pictures.css")
    texts = PICTURE_TEXTS[visit.state.language]
    items = answer.items if answer else ()
    if answer and shown_features(answer.audio_profile):
        with st.container(key="radar"):
            _radar(answer.audio_profile, visit, texts)
    try:
        taste_map, places = _map(visit, [*seeds, *items])
    except PageError as error:
        log.warning("no map: %s", error)
        return
    if taste_map.points:
        with st.container(key="map"):
            _draw_map(visit, taste_map, places, seeds, items)


def _radar(profile: AudioProfile, visit: Visit, texts: PictureTexts) -> None:
    names = visit.texts.features
    lead = radar_words(profile, names, texts)
    legend = [("seeds", texts.sides["seeds"]), ("items", texts.sides["items"])]
    st.html(_head(texts.radar_title, lead, legend, visit))
    st.vega_lite_chart(radar_spec(profile, names, texts), theme=None, key="radar_chart", width="content")
    st.html(_foot(texts.radar_hint, radar_table(profile, names, texts), visit, texts))


@st.fragment
def _draw_map(
    visit: Visit,
    taste_map: TasteMap,
    places: tuple[Place, ...],
    seeds: tuple[Track, ...],
    items: tuple[RankedTrack, ...],
) -> None:
    """Show the map and what was picked on it; only this part runs again for a click."""
    texts = PICTURE_TEXTS[visit.state.language]
    title, legend = texts.map_explore, list[tuple[str, str]]()
    lead = texts.map_lead
    if seeds:
        title, lead = texts.map_title, f"{map_words(taste_map, places, len(seeds), texts)} {texts.map_lead}"
        legend = [("seed", texts.seed_mark), ("result", texts.result_mark)]
    st.html(_head(title, lead, legend, visit))
    drawn = drawn_songs(taste_map, places, (*items, *seeds))
    here = drawn.get(st.session_state.get(HERE) or "")
    st.vega_lite_chart(
        map_spec(taste_map, places, seeds, items, texts) | {"datasets": here_data(here)},
        theme=None,
        key=CHART,
        width="stretch",
        on_select=_note_click,
        selection_mode=PICKED,
    )
    _picked(visit, here.track_id if here else None, texts)
    data = walk(here, drawn, seeds, taste_map, texts) | {"language": visit.state.language}
    renderer("walk")(key=WALK, data=data, on_went_change=_note_step)
    if seeds:
        st.html(_foot(texts.map_hint, map_table(taste_map, places, seeds, items, texts), visit, texts))


def _note_click() -> None:
    """Stand on the song that was clicked; beside all songs, on none."""
    found = st.session_state[CHART].selection.get(PICKED) or [None]
    st.session_state[HERE] = text_or_none(found[0].get("id")) if isinstance(found[0], dict) else None


def _note_step() -> None:
    """Stand on the song that a step led to."""
    st.session_state[HERE] = text_or_none((st.session_state.get(WALK) or {}).get("went"))


def _picked(visit: Visit, track_id: str | None, texts: PictureTexts) -> None:
    """Show the song that was clicked: what it is, a place to listen, a button to add it."""
    if track_id is None:
        return
    try:
        (track,) = visit.tracks((track_id,))
    except PageError as error:
        log.warning("nothing of a point: %s", error)
        st.html(f'<p class="q-soft" role="status">{escape(visit.texts.down_title)}</p>')
        return
    with st.container(key="picked", horizontal=True, vertical_alignment="center"):
        st.html(_song(track, visit))
        address = https_or_none(track.spotify_url)
        if address and not track.is_invented:
            st.link_button(f"{texts.listen} ↗", address)
        state = visit.state
        said = texts.chosen if track_id in state.seeds else texts.full if len(state.seeds) >= SLOTS else ""
        if said:
            st.html(f'<p class="q-soft" role="status">{escape(said)}</p>')
        elif st.button(texts.add, key="add_picked", type="primary"):
            said = visit.texts.tools.undo["said_added"].format(title=track.track_name)
            visit.change(state.adding(track_id), said)


def _map(visit: Visit, tracks: Sequence[Track]) -> tuple[TasteMap, tuple[Place, ...]]:
    """Get the map, and where these songs stand on it."""
    taste_map = _taste_map(visit.client, f"{visit.model.version}, {visit.model.trained_at}")
    wanted = tuple(dict.fromkeys(track.track_id for track in tracks))
    if not taste_map.points or not wanted:
        return taste_map, ()
    return taste_map, visit.client.places(wanted).places


@st.cache_resource(show_spinner=False, max_entries=2, ttl="1h")
def _taste_map(_client: ApiClient, model: str) -> TasteMap:
    """Keep the map of a model: it is the same for every visitor."""
    log.info("map of version %s", model)
    return _client.taste_map()


def _head(title: str, lead: str, legend: Sequence[tuple[str, str]], visit: Visit) -> str:
    marks = "".join(
        f'<li><span class="q-sign q-sign-{kind}"></span>{escape(name)}</li>' for kind, name in legend
    )
    listed = f'<ul class="q-signs">{marks}</ul>' if marks else ""
    return (
        f'<div class="q-picture-head" lang="{visit.state.language}"><h2>{escape(title)}</h2>'
        f"<p>{escape(lead)}</p>{listed}</div>"
    )


def _foot(hint: str, table: str, visit: Visit, texts: PictureTexts) -> str:
    return (
        f'<div class="q-picture-foot" lang="{visit.state.language}"><p>{escape(hint)}</p>'
        f"<details><summary>{escape(texts.as_table)}</summary>{table}</details></div>"
    )


def _song(track: Track, visit: Visit) -> str:
    return (
        f'<div class="q-picked" role="status" lang="{visit.state.language}">'
        f'<img src="{escape(cover_src(track))}" alt=""><p><b>{escape(track.track_name)}</b>'
        f"<span>{escape(byline(track))}</span></p></div>"
    )
