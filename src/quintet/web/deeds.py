"""What a visitor did in an interactive part of the page: each deed once, in order, however fast they come.

Streamlit drops a trigger that the next one overtakes. So the browser side (`tell` in assets/shared.js) sends
all that was done and not yet answered, numbered, and here is kept how far that was worked off. What a deed
means is said in the part's own `…_area`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from quintet.web.components import renderer
from quintet.web.memory import Memory, memory, stay

MAX_NUMBER = 2**53  # whole numbers of a browser end here


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
    shown = data | {"done": kept.done.get(key, 0)}
    result = renderer(name, *parts)(key=key, data=shown, on_deeds_change=stay, **listeners)
    return still_to_do(result.get("deeds"), key, kept)


def still_to_do(told: object, key: str, kept: Memory) -> Iterator[dict[str, Any]]:
    """Go through the deeds a browser told of that are not done yet; arguments as for `draw_part`.

    What it tells of when a part is drawn for the first time is none of this visit: the browser outlived a
    server that had done it.
    """
    deeds = [deed for deed in told if _is_deed(deed)] if isinstance(told, list) else []
    deeds.sort(key=_number)
    kept.done.setdefault(key, max(map(_number, deeds), default=0))
    return _one_by_one(deeds, key, kept)


def _one_by_one(deeds: Iterable[dict[str, Any]], key: str, kept: Memory) -> Iterator[dict[str, Any]]:
    for deed in deeds:
        if _number(deed) > kept.done[key]:
            kept.doing = key, _number(deed)
            yield deed
            kept.finish()


def _number(deed: dict[str, Any]) -> int:
    return int(deed["n"])


def _is_deed(told: object) -> bool:
    """Tell deeds from what else a browser may send."""
    number = told.get("n") if isinstance(told, dict) else None
    return isinstance(number, int) and 0 < number < MAX_NUMBER
