"""One run of the page for one visitor: whom to ask, what to show, what the session keeps between runs."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import streamlit as st

from quintet.settings import PageSettings
from quintet.web.api_client import ApiClient
from quintet.web.errors import UnknownTracksError
from quintet.web.history import History
from quintet.web.state import PageState
from quintet.web.texts import Texts
from quintet.web.tracks import ModelInfo, Recommendation, Track

LISTENERS_PAGE = "listeners_page"
"""Where the session keeps the first page, for links back to it."""


@dataclass(frozen=True)
class Visit:
    """What every part of the page is given.

    Parameters
    ----------
    client : ApiClient
    state : PageState
        What the address says.
    texts : Texts
        The visitor's language.
    model : ModelInfo
        The model that answers during this run.
    """

    client: ApiClient
    state: PageState
    texts: Texts
    model: ModelInfo

    def change(self, state: PageState, said: str) -> None:
        """Go to another state of the page, from which one step leads back here; `said` names the step."""
        if state != self.state:
            history().note(self.state, said)
        go_to(state)

    def tracks(self, track_ids: tuple[str, ...]) -> tuple[Track, ...]:
        """Get songs by id, in this order; the API is asked only for those this visitor has not seen.

        Raises
        ------
        UnknownTracksError
            Names all that the catalogue does not have.
        ApiDownError, NoModelYetError
        """
        known, gone = known_tracks(), []
        for track_id in track_ids:
            try:
                known[track_id] = known.get(track_id) or self.client.track(track_id)
            except UnknownTracksError:
                gone.append(track_id)
        if gone:
            raise UnknownTracksError(tuple(gone))
        return tuple(known[track_id] for track_id in track_ids)

    def recommendation(self) -> Recommendation:
        """Get the list; it is kept for this visitor, so that neither language nor order of seeds ask again.

        Raises
        ------
        ApiDownError, NoModelYetError, RefusedError, UnknownTracksError
        """
        state = self.state
        wanted = (self.model.version, sorted(state.seeds), state.k, state.wishes())
        kept: tuple[object, Recommendation] | None = st.session_state.get("list")
        if kept is None or kept[0] != wanted:
            kept = (wanted, self.client.recommend(state.seeds, state.k, state.wishes(), listener()))
            st.session_state["list"] = kept
            remember(kept[1].items)
        return kept[1]


@st.cache_resource(show_spinner=False)
def api_client() -> ApiClient:
    """Return the one client of all visitors."""
    return ApiClient(PageSettings())


def go_to(state: PageState) -> None:
    """Write the state into the address and draw again."""
    st.query_params.from_dict(state.to_params())
    st.rerun()


def remember(tracks: Iterable[Track]) -> None:
    """Keep songs that may be asked for by id."""
    known_tracks().update({track.track_id: track for track in tracks})


def known_tracks() -> dict[str, Track]:
    """Songs this visitor has seen, by id."""
    known: dict[str, Track] = st.session_state.setdefault("tracks", {})
    return known


def listener() -> str:
    """Return what the API knows this visitor by: a random name that ends with the visit."""
    name: str = st.session_state.setdefault("listener", secrets.token_hex(8))
    return name


def history() -> History:
    """Return the steps this visitor can take back."""
    kept: History = st.session_state.setdefault("history", History())
    return kept
