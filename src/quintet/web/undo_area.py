"""What was done last, and the way back, at the foot of the window. Its browser side is assets/undo."""

from __future__ import annotations

import streamlit as st

from quintet.web.components import noted, renderer
from quintet.web.rating_desk import restore
from quintet.web.visit import Visit, go_to, history


def draw(visit: Visit) -> None:
    """Show the bar, and take a step back where that was asked just now."""
    kept = history()
    said = kept.notice or (kept.steps[-1].said if kept.steps else "")
    data = {
        "said": said,
        "left": len(kept.steps),
        "number": kept.number,
        "texts": visit.texts.tools.undo,
        "language": visit.texts.language,
    }
    with st.container(key="undo_bar"):
        result = renderer("undo")(key="undo", data=data, on_undone_change=noted)
    if result.get("undone"):
        _back(visit)


def _back(visit: Visit) -> None:
    step = history().back(visit.state)
    if step is None:
        st.rerun()
        return
    if step.rated and not restore(visit, *step.rated, step.rating):
        history().tell(visit.texts.tools.undo["not_undone"])
    else:
        history().tell(visit.texts.tools.undo["undone"])
    go_to(step.before)
