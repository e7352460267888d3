"""What the page keeps of one visitor between two runs: plain values. What becomes of them is said elsewhere.

Streamlit may break off a run wherever it touches the session or draws. So a run takes this object once, and
what belongs together is changed without touching Streamlit in between: as a whole, or not at all.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from quintet.web.history import History
from quintet.web.ratings import Rating
from quintet.web.state import PageState
from quintet.web.tracks import Recommendation, Track

KEY = "memory"


@dataclass
class Memory:
    """Kept for one visitor, as long as the visit lasts.

    Parameters
    ----------
    listener : str
        What the API knows this visitor by: a random name that ends with the visit.
    tracks : dict of str to Track
        Songs that were seen, by id.
    ratings : dict of str to Rating
        What is thought of songs, by id.
    history : History
        Steps that can be taken back.
    answer : tuple or None
        What was asked for last, and the list that came.
    params : dict of str to str, or None
        The address of the page as it stands; None before the first run.
    stays : bool
        Whether the next run goes on from `params`, whatever address the browser sends along.
    pasted : str
        A text that is still to be read.
    told : dict of str to dict of int to dict
        The deeds that are still to do, by part of the page and by number.
    drawn : set of str
        The parts that were drawn since the page was drawn from the top.
    done : dict of str to int
        The number of the latest deed that was done, by part of the page.
    doing : tuple of (str, int) or None
        The part and the number of the deed that is being done.
    """

    listener: str = field(default_factory=lambda: secrets.token_hex(8))
    tracks: dict[str, Track] = field(default_factory=dict)
    ratings: dict[str, Rating] = field(default_factory=dict)
    history: History = field(default_factory=History)
    answer: tuple[object, Recommendation] | None = None
    params: dict[str, str] | None = None
    stays: bool = False
    pasted: str = ""
    told: dict[str, dict[int, dict[str, Any]]] = field(default_factory=dict)
    drawn: set[str] = field(default_factory=set)
    done: dict[str, int] = field(default_factory=dict)
    doing: tuple[str, int] | None = None

    def remember(self, tracks: Iterable[Track]) -> None:
        """Keep songs that may be asked for by id."""
        self.tracks.update({track.track_id: track for track in tracks})

    def begin(self) -> None:
        """Begin to draw the page from the top; what an earlier run was broken off at is still to do."""
        self.drawn.clear()
        self.doing = None

    def stand_at(self, state: PageState) -> None:
        """Have the page stand at a state from the next run on; what led there is done."""
        self.params = state.to_params()
        self.go_on()

    def go_on(self) -> None:
        """Have the next run go on where the page stands; what was being done is done."""
        self.stays = True
        self.finish()

    def leave_out(self) -> None:
        """Forget what was told to parts that are on the page no more: nobody expects it later."""
        self.told = {part: deeds for part, deeds in self.told.items() if part in self.drawn}

    def finish(self) -> None:
        """Count the deed that is being done as done."""
        if self.doing is not None:
            part, number = self.doing
            self.done[part] = number
            self.told[part] = {
                later: deed for later, deed in self.told.get(part, {}).items() if later > number
            }
            self.doing = None


def memory() -> Memory:
    """Return what is kept of the visitor of this run."""
    kept: Memory = st.session_state.setdefault(KEY, Memory())
    return kept


def stay() -> None:
    """Have the next run go on where the page stands: a callback for whatever a visitor presses."""
    memory().stays = True
