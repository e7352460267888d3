"""The five slots: what was chosen, to be taken out again. Its browser side is assets/slots."""

from __future__ import annotations

from typing import Any

from quintet.web.components import ids_or_none, noted, renderer, track_data
from quintet.web.state import SLOTS
from quintet.web.texts import Texts
from quintet.web.tracks import Track
from quintet.web.visit import Visit, go_to


def draw(visit: Visit, tracks: tuple[Track, ...]) -> None:
    """Show the slots with `tracks` in them."""
    result = renderer("slots")(key="slots", data=_data(tracks, visit.texts), on_seeds_change=noted)
    kept = ids_or_none(result.get("seeds"))
    if kept is not None:
        go_to(visit.state.with_seeds(kept))


def _data(tracks: tuple[Track, ...], texts: Texts) -> dict[str, Any]:
    filled = [track_data(track) | {"remove": texts.remove.format(title=track.track_name)} for track in tracks]
    empty = [texts.slot_empty.format(number=number) for number in range(len(tracks) + 1, SLOTS + 1)]
    return {
        "filled": filled,
        "empty": empty,
        "texts": {"label": texts.slots_label, "clear": texts.clear},
        "language": texts.language,
    }
