"""What a visitor did in an interactive part of the page: each deed once, in order, however fast they come.

Streamlit drops a trigger that the next one overtakes. So the browser side (`tell` in assets/shared.js) sends
all that was done and not yet answered, numbered, and here is kept what of it is still to do. What a deed
means is said in the part's own `…_area`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import streamlit as st

from quintet.web.components import renderer
from quintet.web.memory import Memory, memory, stay

MAX_NUMBER = 2**53  # whole numbers of a browser end here
MAX_TOLD = 100  # at once; no hand is faster


def draw_part(
    name: str, *parts: str, key: str, data: dict[str, Any], **listeners: Any
) -> Iterator[dict[str, Any]]:
    """Draw a part, and return what was done in it and is still to do.

    Parameters
    ----------
    name, *parts : str
        Its files in assets/, as `renderer` takes them.
    key : str
        Its name in the session.
    data : dict
        What it shows.
    **listeners
        What else Streamlit is to call: functions named `on_…_change`.

    Returns
    -------
    iterator of dict
        Deeds, oldest first. Each counts as done when the next is asked for or the page is drawn again; one at
        which the run is broken off comes again.
    """
    kept = memory()
    kept.drawn.add(key)
    kept.doing = None  # where a run of this part alone was broken off
    shown = data | {"done": kept.done.get(key, 0)}
    heard = partial(_hear, key)
    result = renderer(name, *parts)(key=key, data=shown, on_deeds_change=heard, **listeners)
    keep_told(result.get("deeds"), key, kept)  # a new visit's first run calls nobody back
    return still_to_do(key, kept)


def _hear(key: str) -> None:
    """Keep what was told before the run begins: it is told to this run only, which may be broken off."""
    stay()
    keep_told((st.session_state.get(key) or {}).get("deeds"), key, memory())


def keep_told(told: object, key: str, kept: Memory) -> None:
    """Keep the deeds a browser tells of that are not done yet; what else it may send is left out."""
    deeds = [deed for deed in told[:MAX_TOLD] if _is_deed(deed)] if isinstance(told, list) else []
    new = {_number(deed): deed for deed in deeds if _number(deed) > kept.done.get(key, 0)}
    kept.told.setdefault(key, {}).update(new)


def still_to_do(key: str, kept: Memory) -> Iterator[dict[str, Any]]:
    """Go through the deeds of a part that are still to do, as `draw_part` returns them."""
    while waiting := kept.told.get(key):
        number = min(waiting)
        kept.doing = key, number
        yield waiting[number]
        kept.finish()


def _number(deed: dict[str, Any]) -> int:
    return int(deed["n"])


def _is_deed(told: object) -> bool:
    """Tell deeds from what else a browser may send."""
    number = told.get("n") if isinstance(told, dict) else None
    return isinstance(number, int) and 0 < number < MAX_NUMBER
