"""The page itself: what is shown when. `streamlit run` runs this file; importing it does nothing.

Each run reads the state from the page's address, asks the API, and draws. Each part is an `…_area` with one
function `draw`; markup lives in `results` and `frame`, HTTP in `api_client`, the session in `visit`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from quintet.web import (
    connected,
    frame,
    hottest_area,
    list_area,
    pictures_area,
    search_area,
    slots_area,
    starters_area,
    undo_area,
    waiting,
)
from quintet.web.api_client import ApiClient
from quintet.web.components import ASSETS
from quintet.web.errors import UnknownTracksError
from quintet.web.memory import memory
from quintet.web.state import PageState
from quintet.web.texts import TEXTS, Texts
from quintet.web.texts.operator import OPERATOR_TEXTS
from quintet.web.visit import LISTENERS_PAGE, Visit, api_client, go_to, here, speak

OPERATOR_PAGE = Path(__file__).with_name("operator_page.py")


def main() -> None:
    """Draw the page that the address names."""
    pages = [
        st.Page(listeners_page, title="Quintet", default=True),
        st.Page(OPERATOR_PAGE, title="Quintet", url_path="operator"),
    ]
    st.session_state[LISTENERS_PAGE] = pages[0]
    st.navigation(pages, position="hidden").run()


def listeners_page() -> None:
    """Draw the listener's page once."""
    connected.come_back()
    state = here()
    texts = TEXTS[state.language]
    st.set_page_config(page_title=texts.title, page_icon=str(ASSETS / "quintet.svg"))
    st.html(ASSETS / "page.css")
    speak(state, texts)
    st.html(frame.header_html(texts, compact=bool(state.seeds)))
    waiting.calmly(lambda: _list_page(state, texts), texts)


def _list_page(state: PageState, texts: Texts) -> None:
    try:
        _body(api_client(), state, texts)
    except UnknownTracksError as error:
        _go_on_without(error.track_ids, state, texts)


def _body(client: ApiClient, state: PageState, texts: Texts) -> None:
    visit = Visit(client, state, texts, client.model())
    if visit.model.is_invented:
        st.html(frame.note_html(texts.invented, texts))
    if removed := st.session_state.pop("removed", ""):
        st.html(frame.note_html(removed, texts))
    seeds = visit.tracks(state.seeds)
    search_area.draw(visit)
    slots_area.draw(visit, seeds)
    hottest_area.draw(visit)
    answer = None
    if seeds:
        answer = list_area.draw(visit, seeds)
        connected.draw_saving(visit, seeds, answer.items if answer is not None else ())
    connected.draw(visit)
    if not seeds:
        starters_area.draw(visit)
    undo_area.draw(visit)
    visit.memory.leave_out()
    pictures_area.draw(visit, seeds, answer)
    st.html(frame.footer_html(visit.model, datetime.now(UTC), texts))
    more = OPERATOR_TEXTS[state.language].link
    with st.container(key="about"):  # a link of Streamlit's: the session, with what was connected, goes along
        st.page_link(OPERATOR_PAGE.name, label=more, query_params=state.to_params())


def _go_on_without(gone: tuple[str, ...], state: PageState, texts: Texts) -> None:
    """Go on after a model swap took songs away: say which, by name where it is known."""
    known = memory().tracks
    titles = ", ".join(known[track_id].track_name if track_id in known else track_id for track_id in gone)
    st.session_state["removed"] = texts.removed_tracks.format(titles=titles)
    go_to(state.without(gone))


if __name__ == "__main__":
    main()
