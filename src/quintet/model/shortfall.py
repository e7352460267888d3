"""Why a list is shorter than was asked for: how many tracks qualify, and which wish costs most."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from quintet.model.eligible import Masks
from quintet.model.ranking import Rules, rank
from quintet.model.terms import Rows


def explain(found: int, k: int, rules: Rules, masks: Masks, seeds: Rows) -> str:
    """Word it for the reader of the answer.

    Parameters
    ----------
    found, k : int
        Tracks listed, and asked for.
    rules : Rules
        What the list kept to.
    masks : dict of str to bool array
        By the control that left tracks out.
    seeds : int array
        The rows that are barred whatever is asked; others of `rules.barred` are the listener's.
    """
    short = f"only {found} of {k} asked for"
    gains = {name: gain for name, gain in _gains(found, rules, masks, seeds).items() if gain > 0}
    if not gains:
        return f"{short}: the catalogue has no more"
    qualified = _songs(rules, masks)
    name = max(gains, key=lambda name: gains[name])
    return f"{short}: {qualified:,} qualify, and {name} costs most ({gains[name]:,} more without it)"


def _gains(found: int, rules: Rules, masks: Masks, seeds: Rows) -> dict[str, int]:
    """Return, by control, how many more songs there would be without it, or with it alone lifted."""
    qualified = _songs(rules, masks)
    gains = {
        name: _songs(rules, {other: mask for other, mask in masks.items() if other != name}) - qualified
        for name in masks
    }
    if masks and not any(gains.values()):  # several leave out the same tracks: the strictest by itself
        whole = _songs(rules, {})
        gains = {name: whole - _songs(rules, {name: mask}) for name, mask in masks.items()}
    gains["exclude_ids and disliked_ids"] = _songs(replace(rules, barred=seeds), masks) - qualified
    for cap in rules.caps:
        others = tuple(other for other in rules.caps if other is not cap)
        gains[cap.name] = _listable(replace(rules, caps=others)) - found
    return gains


def _songs(rules: Rules, masks: Masks) -> int:
    """Return how many songs pass all masks and are not barred; caps are not looked at."""
    songs = rules.tracks.song
    passing = np.unique(songs[np.logical_and.reduce(list(masks.values()))] if masks else songs)
    return len(np.setdiff1d(passing, songs[rules.barred]))


def _listable(rules: Rules) -> int:
    return len(rank(np.zeros(len(rules.tracks), dtype=np.float32), rules, len(rules.tracks)))
