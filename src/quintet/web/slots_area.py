"""The five slots: what was chosen, put in order, taken out again. Its browser side is assets/slots."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from quintet.web.components import track_data
from quintet.web.deeds import draw_part
from quintet.web.state import SLOTS
from quintet.web.texts import Texts
from quintet.web.tracks import Track
from quintet.web.visit import Visit


def draw(visit: Visit, tracks: tuple[Track, ...]) -> None:
    """Show the slots with `tracks` in them."""
    for deed in draw_part("slots", key="slots", data=_data(tracks, visit.texts)):
        kept = kept_seeds(visit.state.seeds, deed)
        visit.change(visit.state.with_seeds(kept), _said(tracks, kept, visit.texts))


def kept_seeds(seeds: tuple[str, ...], deed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the seeds after a deed; one that makes no sense any more changes nothing."""
    song, to = deed.get("id"), deed.get("to")
    others = tuple(seed for seed in seeds if seed != song)
    if deed.get("what") == "clear":
        return ()
    if deed.get("what") == "remove":
        return others
    if deed.get("what") == "move" and song in seeds and isinstance(to, int):
        at = min(max(to, 0), len(others))
        return (*others[:at], song, *others[at:])
    return seeds


def _said(tracks: tuple[Track, ...], kept: tuple[str, ...], texts: Texts) -> str:
    """Name the step from `tracks` to the seeds that were kept."""
    words, gone = texts.tools.undo, [track for track in tracks if track.track_id not in kept]
    if not gone:
        return words["said_moved"]
    return (
        words["said_removed"].format(title=gone[0].track_name)
        if kept or len(gone) == 1
        else words["said_cleared"]
    )


def _data(tracks: tuple[Track, ...], texts: Texts) -> dict[str, Any]:
    filled = [track_data(track) | _labels(track.track_name, texts) for track in tracks]
    empty = [texts.slot_empty.format(number=number) for number in range(len(tracks) + 1, SLOTS + 1)]
    return {
        "filled": filled,
        "empty": empty,
        "texts": {"label": texts.slots_label, "clear": texts.clear},
        "language": texts.language,
    }


def _labels(title: str, texts: Texts) -> dict[str, str]:
    return {
        "remove": texts.remove.format(title=title),
        "left": texts.move_left.format(title=title),
        "right": texts.move_right.format(title=title),
    }
