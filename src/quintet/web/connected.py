"""A listener's own Spotify on the page: connect, start from what they played, save a list, disconnect.

Tokens live in the session of that one listener and nowhere else: closing the page forgets them. HTTP is in
`spotify`, the way there and back in `agreeing`.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from quintet.settings import MusicSettings, PageSettings
from quintet.web.agreeing import Departures, Leaving, browser_key
from quintet.web.components import ids_or_none
from quintet.web.covers import cover_src
from quintet.web.deeds import draw_part
from quintet.web.errors import SpotifyEndedError, SpotifyError, SpotifyRefusedError, UnknownTracksError
from quintet.web.memory import stay
from quintet.web.spotify import RECENT, TOP, SpotifyAccount, Tokens
from quintet.web.state import SLOTS
from quintet.web.texts.connected import CONNECTED_TEXTS, ConnectedTexts
from quintet.web.tracks import Track, byline
from quintet.web.visit import Visit

log = logging.getLogger(__name__)

KEY = "spotify"  # of the session: the connection
PICKABLE = 20
REST_S = 60.0  # after Spotify failed: the page does not wait for it at every click


@dataclass
class Connection:
    """What the session of a connected listener holds; songs are read once and kept.

    Where reading them fails, it is not tried again before `again_s`, by the monotonic clock.
    """

    tokens: Tokens
    played: dict[str, tuple[Track, ...]] = field(default_factory=dict)
    again_s: float = 0.0


def come_back() -> None:
    """Finish connecting where Spotify has just sent a listener back; to be called before the state is read.

    Code and state leave the address at once, and what stood there before comes back.
    """
    params = st.query_params.to_dict()
    if "state" not in params or not ({"code", "error"} & params.keys()):
        return
    left = _departures().come_back(params["state"], browser_key(st.context.cookies.to_dict()))
    st.query_params.from_dict(left.params if left is not None else {})
    if left is None:
        st.session_state["spotify_note"] = "ended"
    elif "code" not in params:
        st.session_state["spotify_note"] = "declined"
    else:
        _try_to(lambda: _begin(params["code"], left))


def draw(visit: Visit) -> None:
    """Show the way to connect, or the sets and songs of a connected listener; nothing without an app."""
    settings, texts = MusicSettings(), CONNECTED_TEXTS[visit.state.language]
    if not settings.spotify_client_id or not settings.spotify_redirect_uri:
        return
    connection: Connection | None = st.session_state.get(KEY)
    if connection is not None:
        _try_to(lambda: _read(connection))
    if note := st.session_state.pop("spotify_note", ""):
        st.info(getattr(texts, note))
    if KEY not in st.session_state:
        _draw_offer(visit, texts, settings.spotify_redirect_uri)
    elif connection is not None:
        _draw_songs(visit, connection, texts)
        if st.button(texts.disconnect, key="spotify_disconnect", type="tertiary", on_click=stay):
            st.session_state.pop(KEY)
            visit.draw_again()


def draw_saving(visit: Visit, seeds: Iterable[Track], listed: Iterable[Track]) -> None:
    """Show a button that saves a list as a connected listener's playlist; what Spotify lacks stays out."""
    connection: Connection | None = st.session_state.get(KEY)
    texts = CONNECTED_TEXTS[visit.state.language]
    track_ids = [track.track_id for track in listed if track.spotify_url]
    first = next(iter(seeds), None)
    if connection is None or not track_ids or first is None:
        return
    if st.button(texts.save, key="spotify_save", on_click=stay):
        name = texts.playlist_name.format(title=first.track_name)
        _try_to(lambda: _save(connection, name, texts, track_ids))
    if st.session_state.get("spotify_saved", ("", ()))[1] == tuple(track_ids):
        address = f"https://open.spotify.com/playlist/{st.session_state['spotify_saved'][0]}"
        link = f'<a href="{escape(address)}" target="_blank" rel="noopener">{escape(name_of(address))}</a>'
        st.html(f'<p class="q-note" lang="{visit.state.language}">{escape(texts.saved)} {link}</p>')


def name_of(address: str) -> str:
    """Return an address as a person reads it."""
    return address.removeprefix("https://")


def _begin(code: str, left: Leaving) -> None:
    st.session_state[KEY] = Connection(_account().exchange(code, left.verifier))


def _save(connection: Connection, name: str, texts: ConnectedTexts, track_ids: list[str]) -> None:
    playlist_id = _account().save_playlist(connection.tokens, name, texts.playlist_about, track_ids)
    st.session_state["spotify_saved"] = playlist_id, tuple(track_ids)


def _draw_offer(visit: Visit, texts: ConnectedTexts, redirect_uri: str) -> None:
    """Offer to connect; where the page stands at another address than Spotify sends back to, say so."""
    language, home = visit.state.language, urlsplit(redirect_uri)
    here = urlsplit(st.context.url or redirect_uri)
    if here.netloc != home.netloc:
        address = f"{home.scheme}://{home.netloc}/"
        shown = escape(texts.elsewhere.format(address="")).strip()
        link = f'<a href="{escape(address)}">{escape(address)}</a>'
        st.html(f'<p class="q-note" lang="{language}">{shown} {link}</p>')
        return
    leaving: Leaving | None = st.session_state.get("spotify_leaving")
    params = visit.state.to_params()
    if leaving is None or leaving.params != params or not _departures().is_waiting(leaving):
        leaving = _departures().leave(browser_key(st.context.cookies.to_dict()), params)
        st.session_state["spotify_leaving"] = leaving
    address = _account().agree_url(leaving.state, leaving.verifier)
    link = f'<a href="{escape(address)}">{escape(texts.connect)}</a>'
    st.html(f'<p class="q-note" lang="{language}">{link} {escape(texts.connect_lead)}</p>')


def _draw_songs(visit: Visit, connection: Connection, texts: ConnectedTexts) -> None:
    played = {texts.recent: connection.played.get(RECENT, ()), texts.top: connection.played.get(TOP, ())}
    everything = tuple({track.track_id: track for tracks in played.values() for track in tracks}.values())
    visit.memory.remember(everything)
    if not everything:
        if connection.played:  # Spotify answered
            st.html(f'<p class="q-note" lang="{visit.state.language}">{escape(texts.nothing)}</p>')
        return
    sets = [_set(name, tracks) for name, tracks in played.items() if tracks]
    data = {
        "sets": sets,
        "texts": {"title": texts.title, "lead": texts.lead},
        "language": visit.state.language,
    }
    for deed in draw_part("starters", key="spotify_sets", data=data):
        if (chosen := ids_or_none(deed.get("seeds"))) is not None:
            visit.go_to(visit.state.with_seeds(_known(visit, chosen)))
    _draw_single_songs(
        visit, [track for track in everything if track.track_id not in visit.state.seeds], texts
    )


def _draw_single_songs(visit: Visit, tracks: Iterable[Track], texts: ConnectedTexts) -> None:
    free = [track for track in tracks if track.track_id not in visit.state.seeds][:PICKABLE]
    named = {track.track_id: f"{track.track_name} · {byline(track)}" for track in free}
    if not named or len(visit.state.seeds) >= SLOTS:
        return
    key = f"spotify_pick_{len(visit.state.seeds)}_{hash(visit.state.seeds)}"
    picked = st.pills(texts.pick, list(named), format_func=named.__getitem__, key=key, on_change=stay)
    if picked is not None:
        visit.go_to(visit.state.adding(str(picked)))


def _known(visit: Visit, track_ids: Iterable[str]) -> tuple[str, ...]:
    """Return the first five songs the API can place, those it cannot left out."""
    known: list[str] = []
    for track_id in track_ids:
        if len(known) == SLOTS:
            break
        try:
            visit.client.track(track_id)
        except UnknownTracksError:
            continue
        known.append(track_id)
    return tuple(known)


def _read(connection: Connection) -> None:
    if time.monotonic() < connection.again_s:
        return
    connection.again_s = time.monotonic() + REST_S
    for path in (RECENT, TOP):
        if path not in connection.played:
            connection.played[path] = _account().played(connection.tokens, path)


def _set(name: str, tracks: tuple[Track, ...]) -> Mapping[str, Any]:
    return {
        "title": name,
        "byline": ", ".join(dict.fromkeys(byline(track) for track in tracks[:SLOTS])),
        "covers": [cover_src(track) for track in tracks[:SLOTS]],
        "seeds": [track.track_id for track in tracks[: 3 * SLOTS]],
    }


def _try_to(act: Callable[[], None]) -> None:
    """Do something at Spotify's; a note tells what went wrong, and a connection that ended is forgotten."""
    try:
        act()
    except SpotifyError as error:
        log.warning("spotify: %s %s", type(error).__name__, error)
        kind = "away"
        if isinstance(error, SpotifyEndedError):
            kind = "ended"
            st.session_state.pop(KEY, None)
        elif isinstance(error, SpotifyRefusedError):
            kind = "refused"
        st.session_state["spotify_note"] = kind


@st.cache_resource(show_spinner=False)
def _departures() -> Departures:
    return Departures()


@st.cache_resource(show_spinner=False)
def _account() -> SpotifyAccount:
    return SpotifyAccount(MusicSettings(), PageSettings().timeout_s)
