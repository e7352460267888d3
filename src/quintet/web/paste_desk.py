"""Takes what was pasted or opened to the slots, in one step, and says what became of it."""

from __future__ import annotations

import logging
from typing import NoReturn

from quintet.web.errors import PageError
from quintet.web.importing import Found, find_songs
from quintet.web.pasting import Pasted, read_pasted
from quintet.web.state import SLOTS
from quintet.web.visit import Visit

log = logging.getLogger(__name__)


def take_pasted(visit: Visit, text: str) -> None:
    """Fill slots from a pasted text: links into free ones, a playlist into all five."""
    words, pasted = visit.texts.paste, read_pasted(text)
    free = SLOTS if pasted.kind in ("export", "names") else SLOTS - len(visit.state.seeds)
    if not pasted.songs:
        _tell(visit, words[f"no_{pasted.kind}"])
    if not free:
        _tell(visit, words["full"])
    try:
        found = find_songs(visit.client, pasted, free)
    except PageError as error:
        log.warning("paste: %s", error)
        _tell(visit, words["down"])
        return
    if not found.tracks:
        _tell(visit, words["none"].format(total=found.n_pasted))
    _fill(visit, pasted, found)


def _fill(visit: Visit, pasted: Pasted, found: Found) -> None:
    visit.memory.remember(found.tracks)
    chosen = tuple(track.track_id for track in found.tracks)
    kept = visit.state.seeds if pasted.kind == "links" else ()
    said = visit.texts.paste["found"].format(known=found.n_known, total=found.n_pasted, taken=len(chosen))
    visit.change(visit.state.with_seeds((*kept, *chosen)), said)


def _tell(visit: Visit, notice: str) -> NoReturn:
    """Say what became of the paste, and stop here."""
    visit.memory.history.tell(notice)
    visit.draw_again()
