"""The page itself: what is shown when. `streamlit run` runs this file; importing it does nothing.

Each run reads the state from the page's address, asks the API, and draws. Each part is an `…_area` with one
function `draw`; markup lives in `results` and `frame`, HTTP in `api_client`, the session in `visit`.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

import streamlit as st

from quintet.settings import PageSettings
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
)
from quintet.web.api_client import ApiClient
from quintet.web.components import ASSETS
from quintet.web.errors import ApiDownError, NoModelYetError, PageError, RefusedError, UnknownTracksError
from quintet.web.state import LANGUAGES, PageState, read_state
from quintet.web.texts import TEXTS, Texts
from quintet.web.visit import Visit, go_to, known_tracks

log = logging.getLogger(__name__)

RETRY_EVERY_S = 2.0


def main() -> None:
    """Draw the page once."""
    connected.come_back()
    state = read_state(st.query_params.to_dict(), st.context.locale)
    texts = TEXTS[state.language]
    st.set_page_config(page_title=texts.title, page_icon=str(ASSETS / "quintet.svg"))
    st.html(ASSETS / "page.css")
    _language_switch(state, texts)
    st.html(frame.header_html(texts, compact=bool(state.seeds)))
    try:
        _body(_client(), state, texts)
    except UnknownTracksError as error:
        _go_on_without(error.track_ids, state, texts)
    except PageError as error:
        log.warning("waiting: %s", error)
        _wait(error, texts)
    except Exception:
        # The last resort: whatever it was, a listener sees calm words, and a page that tries again.
        log.exception("the page failed")
        _wait(PageError(), texts)


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
    pictures_area.draw(visit, seeds, answer)
    st.html(frame.footer_html(visit.model, datetime.now(UTC), texts))


def _language_switch(state: PageState, texts: Texts) -> None:
    if st.button(texts.other_language, key="language", type="tertiary"):
        go_to(state.speaking(next(language for language in LANGUAGES if language != state.language)))


def _wait(error: PageError, texts: Texts) -> None:
    """Say what is being waited for, and try the whole page again soon."""
    title, text = texts.broken_title, texts.broken_text
    if isinstance(error, NoModelYetError):
        title, text = texts.training_title, texts.training_text
    elif isinstance(error, ApiDownError | RefusedError):
        title, text = texts.down_title, texts.down_text
    st.html(frame.waiting_html(title, text, texts))
    st.session_state["waits"] = True
    _try_again()


@st.fragment(run_every=RETRY_EVERY_S)
def _try_again() -> None:
    """Run with the page the first time, and by the clock after that."""
    if not st.session_state.pop("waits", False):
        st.rerun()


def _go_on_without(gone: tuple[str, ...], state: PageState, texts: Texts) -> None:
    """Go on after a model swap took songs away: say which, by name where it is known."""
    known = known_tracks()
    titles = ", ".join(known[track_id].track_name if track_id in known else track_id for track_id in gone)
    st.session_state["removed"] = texts.removed_tracks.format(titles=titles)
    go_to(state.without(gone))


@st.cache_resource(show_spinner=False)
def _client() -> ApiClient:
    return ApiClient(PageSettings())


if __name__ == "__main__":
    main()
