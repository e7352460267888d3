"""The operator's page: the model that answers, its catalogue, the last crawl, ratings. Run by Streamlit.

What it says is in `operator_words`; the listener's page is `streamlit_app`.
"""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from quintet.web import frame, waiting
from quintet.web.components import ASSETS
from quintet.web.operator_words import overview_html
from quintet.web.texts import TEXTS, Texts
from quintet.web.texts.operator import OPERATOR_TEXTS, OperatorTexts
from quintet.web.visit import LISTENERS_PAGE, api_client, here, speak


def main() -> None:
    """Draw the page once."""
    state = here()
    page, texts = TEXTS[state.language], OPERATOR_TEXTS[state.language]
    st.set_page_config(page_title=f"Quintet · {texts.title}", page_icon=str(ASSETS / "quintet.svg"))
    for style in ("page.css", "operator.css"):
        st.html(ASSETS / style)
    speak(state, page)
    st.html(frame.page_header_html(texts.title, texts.lead, page))
    # A link of Streamlit's: the session, with what was connected and rated, goes along.
    st.page_link(st.session_state[LISTENERS_PAGE], label=f"← {texts.back}", query_params=state.to_params())
    waiting.calmly(lambda: _body(page, texts), page)


def _body(page: Texts, texts: OperatorTexts) -> None:
    client = api_client()
    model, overview = client.model(), client.overview()
    if model.is_invented:
        st.html(frame.note_html(page.invented, page))
    if not overview.database_answers:
        st.html(frame.note_html(texts.stale, page))
    st.html(overview_html(model, overview, datetime.now(UTC), page, texts))


if __name__ == "__main__":
    main()
