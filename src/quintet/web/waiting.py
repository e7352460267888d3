"""What stands in for a page that cannot be drawn: calm words, and another try every few seconds."""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st

from quintet.web import frame
from quintet.web.errors import ApiDownError, NoModelYetError, PageError, RefusedError
from quintet.web.memory import memory
from quintet.web.texts import Texts

log = logging.getLogger(__name__)

RETRY_EVERY_S = 2.0


def calmly(draw: Callable[[], None], texts: Texts) -> None:
    """Draw a page; whatever goes wrong, a visitor sees no traceback but words, and another try soon."""
    try:
        draw()
    except PageError as error:
        log.warning("waiting: %s", error)
        wait(error, texts)
    except Exception:
        log.exception("the page failed")
        memory().finish()  # what breaks the page is not tried again and again
        wait(PageError(), texts)


def wait(error: PageError, texts: Texts) -> None:
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
