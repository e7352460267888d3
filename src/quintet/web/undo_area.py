"""What was done last, and the way back, at the foot of the window. Its browser side is assets/undo."""

from __future__ import annotations

import streamlit as st

from quintet.web.deeds import draw_part
from quintet.web.rating_desk import restore
from quintet.web.visit import Visit


def draw(visit: Visit) -> None:
    """Show the bar, and take a step back where that was asked just now."""
    kept = visit.memory.history
    said = kept.notice or (kept.steps[-1].said if kept.steps else "")
    data = {
        "said": said,
        "left": len(kept.steps),
        "number": kept.number,
        "texts": visit.texts.tools.undo,
        "language": visit.texts.language,
    }
    with st.container(key="undo_bar"):
        deeds = draw_part("undo", key="undo", data=data)
    for _ in deeds:
        _back(visit)


def _back(visit: Visit) -> None:
    step = visit.memory.history.back(visit.state)
    if step is None:
        visit.draw_again()
    if step.rated and not restore(visit, *step.rated, step.rating):
        visit.memory.history.tell(visit.texts.tools.undo["not_undone"])
    else:
        visit.memory.history.tell(visit.texts.tools.undo["undone"])
    visit.go_to(step.before)
