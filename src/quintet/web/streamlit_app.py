"""The page itself: what is shown when. `streamlit run` runs this file; importing it does nothing.

Each run reads the state from the page's address, asks the API, and draws. Markup lives in `results` and
`frame`, the interactive parts in `components`, HTTP in `api_client`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime

import streamlit as st

from quintet.settings import PageSettings
from quintet.web import components, frame, results
from quintet.web.api_client import ApiClient
from quintet.web.errors import NoModelYetError, PageError, RefusedError, UnknownTracksError
from quintet.web.starters import Starter, find_starters
from quintet.web.state import LANGUAGES, LIST_LENGTHS, SLOTS, Language, PageState, read_state
from quintet.web.texts import TEXTS, Texts
from quintet.web.tracks import ModelInfo, Recommendation, Track

log = logging.getLogger(__name__)

SEARCH_LIMIT = 8
RETRY_EVERY_S = 2.0


def main() -> None:
    """Draw the page once."""
    state = read_state(st.query_params.to_dict(), st.context.locale)
    texts = TEXTS[state.language]
    st.set_page_config(page_title=texts.title, page_icon=str(components.ASSETS / "quintet.svg"))
    st.html(components.ASSETS / "page.css")
    _language_switch(state, texts)
    st.html(frame.header_html(texts, compact=bool(state.seeds)))
    try:
        _body(_client(), state, texts)
    except UnknownTracksError as error:
        _go_on_without(error.track_ids, state, texts)
    except PageError as error:
        log.warning("waiting: %s", error)
        _wait(error, texts)


def _body(client: ApiClient, state: PageState, texts: Texts) -> None:
    model = client.model()
    if model.is_invented:
        st.html(frame.note_html(texts.invented, texts))
    if removed := st.session_state.pop("removed", ""):
        st.html(frame.note_html(removed, texts))
    tracks = _seed_tracks(client, state.seeds)
    _search_area(client, state, texts, tag_invented=not model.is_invented)
    kept = components.slots(tracks, texts)
    if kept is not None:
        _go_to(state.with_seeds(kept))
    if state.seeds:
        _results_area(client, state, model, tracks, texts)
    else:
        _starters_area(client, state, model, texts)
    st.html(frame.footer_html(model, datetime.now(UTC), texts))


@st.fragment
def _search_area(client: ApiClient, state: PageState, texts: Texts, *, tag_invented: bool) -> None:
    """Search as you type: only this part runs again for every pause in typing."""
    query = components.typed_query()
    found: tuple[Track, ...] = ()
    status = "ok"
    try:
        found = client.search(query, SEARCH_LIMIT).items if query else ()
    except RefusedError:
        pass  # what nobody can search for, nobody finds
    except PageError as error:
        log.warning("search: %s", error)
        status = "down"
    shown = (
        found if tag_invented else tuple(track.model_copy(update={"is_invented": False}) for track in found)
    )
    picked = components.search_box(query, shown, status, state.seeds, texts)
    if picked is not None:
        _remember(found)
        _go_to(state.adding(picked))


def _results_area(
    client: ApiClient, state: PageState, model: ModelInfo, tracks: tuple[Track, ...], texts: Texts
) -> None:
    """Show the list; grey rows stand in until it is there."""
    place = st.empty()
    place.html(results.skeleton_html(state.k))
    try:
        answer = _recommendation(client, state, model)
    except RefusedError as error:
        log.warning("no list: %s", error)
        place.html(frame.waiting_html(texts.refused_title, texts.refused_text, texts))
        return
    place.html(results.results_html(answer.items, tracks, SLOTS, texts))
    more = len(answer.items) == state.k < LIST_LENGTHS[-1]
    if more and st.button(texts.longer, key="longer"):
        _go_to(state.longer())


def _starters_area(client: ApiClient, state: PageState, model: ModelInfo, texts: Texts) -> None:
    starters = _starters(client, model.version, state.language)
    seeds = components.starter_sets(starters, texts) if starters else None
    if seeds is not None:
        _remember(track for starter in starters for track in starter.tracks)
        _go_to(state.with_seeds(seeds))


def _language_switch(state: PageState, texts: Texts) -> None:
    if st.button(texts.other_language, key="language", type="tertiary"):
        _go_to(state.speaking(next(language for language in LANGUAGES if language != state.language)))


def _wait(error: PageError, texts: Texts) -> None:
    """Say what is being waited for, and try the whole page again soon."""
    training = isinstance(error, NoModelYetError)
    title = texts.training_title if training else texts.down_title
    text = texts.training_text if training else texts.down_text
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
    known: dict[str, Track] = st.session_state.get("tracks", {})
    titles = ", ".join(known[track_id].track_name if track_id in known else track_id for track_id in gone)
    st.session_state["removed"] = texts.removed_tracks.format(titles=titles)
    _go_to(state.without(gone))


def _go_to(state: PageState) -> None:
    """Write the state into the address and draw again."""
    st.query_params.from_dict(state.to_params())
    st.rerun()


@st.cache_resource(show_spinner=False)
def _client() -> ApiClient:
    return ApiClient(PageSettings())


@st.cache_data(show_spinner=False, max_entries=2 * len(LANGUAGES), ttl="1h")
def _starters(_client: ApiClient, version: str, language: Language) -> tuple[Starter, ...]:
    return find_starters(_client, language)


def _recommendation(client: ApiClient, state: PageState, model: ModelInfo) -> Recommendation:
    """Get the list; it is kept for this visitor, so that a switch of language does not ask again."""
    wanted = (model.version, state.seeds, state.k)
    kept = st.session_state.get("list")
    if kept is None or kept[0] != wanted:
        kept = (wanted, client.recommend(state.seeds, state.k))
        st.session_state["list"] = kept
    answer: Recommendation = kept[1]
    return answer


def _seed_tracks(client: ApiClient, seeds: tuple[str, ...]) -> tuple[Track, ...]:
    """Get the chosen songs; the API is asked only for those this visitor has not seen."""
    known: dict[str, Track] = st.session_state.setdefault("tracks", {})
    gone = []
    for seed in seeds:
        try:
            known[seed] = known.get(seed) or client.track(seed)
        except UnknownTracksError:
            gone.append(seed)
    if gone:
        raise UnknownTracksError(tuple(gone))
    return tuple(known[seed] for seed in seeds)


def _remember(tracks: Iterable[Track]) -> None:
    known: dict[str, Track] = st.session_state.setdefault("tracks", {})
    known.update({track.track_id: track for track in tracks})


if __name__ == "__main__":
    main()
