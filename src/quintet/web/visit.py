"""One run of the page for one visitor: whom to ask, what to show, what the session keeps between runs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NoReturn

import streamlit as st

from quintet.settings import PageSettings
from quintet.web.api_client import ApiClient
from quintet.web.errors import UnknownTracksError
from quintet.web.memory import Memory, memory, stay
from quintet.web.state import LANGUAGES, PageState, read_state
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
        What is shown, as `here` tells.
    texts : Texts
        The visitor's language.
    model : ModelInfo
        The model that answers during this run.
    memory : Memory
        What is kept between runs.
    """

    client: ApiClient
    state: PageState
    texts: Texts
    model: ModelInfo
    memory: Memory = field(default_factory=memory)

    def change(self, state: PageState, said: str) -> NoReturn:
        """Go to another state of the page, from which one step leads back here; `said` names the step."""
        if state != self.state:
            self.memory.history.note(self.state, said)
        self.go_to(state)

    def go_to(self, state: PageState) -> NoReturn:
        """Draw the page in another state; the address follows."""
        self.memory.stand_at(state)
        st.rerun()

    def draw_again(self) -> NoReturn:
        """Draw what the visit stands at, from the top."""
        self.memory.go_on()
        st.rerun()

    def tracks(self, track_ids: tuple[str, ...]) -> tuple[Track, ...]:
        """Get songs by id, in this order; the API is asked only for those this visitor has not seen.

        Raises
        ------
        UnknownTracksError
            Names all that the catalogue does not have.
        ApiDownError, NoModelYetError
        """
        known, gone = self.memory.tracks, []
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
        kept = self.memory.answer
        if kept is None or kept[0] != wanted:
            answer = self.client.recommend(state.seeds, state.k, state.wishes(), self.memory.listener)
            self.memory.answer = kept = wanted, answer
            self.memory.remember(answer.items)
        return kept[1]


@st.cache_resource(show_spinner=False)
def api_client() -> ApiClient:
    """Return the one client of all visitors."""
    return ApiClient(PageSettings())


def here() -> PageState:
    """Return what to show: what the address says, unless the visitor acted on the page itself.

    A browser sends along the address it shows. While a newer one is still on its way there, that is an older
    one, and would take back what was done in between.
    """
    kept, params = memory(), st.query_params.to_dict()
    if kept.stays and kept.params is not None:
        params = kept.params
        st.query_params.from_dict(params)
    kept.params, kept.stays = params, False
    kept.begin()
    return read_state(params, st.context.locale)


def speak(state: PageState, texts: Texts) -> None:
    """Offer the other language."""
    if st.button(texts.other_language, key="language", type="tertiary", on_click=stay):
        go_to(state.speaking(next(language for language in LANGUAGES if language != state.language)))


def go_to(state: PageState) -> NoReturn:
    """Draw another state of a page that may have no visit yet."""
    memory().stand_at(state)
    st.rerun()
