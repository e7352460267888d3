"""The drawer of dials and filters, described to the browser side (assets/dials). Meanings: `controls`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from quintet.web.controls import LENGTHS_MIN, MAX_NAMES, SCRIPTS, SEPARATOR, YEARS, Controls
from quintet.web.texts import Texts
from quintet.web.tracks import Track

# Positions of the dials; each has a word in the texts.
POPULARITY = ("-1", "-0.5", "0", "0.5", "1")
DIVERSITY = ("0", "0.25", "0.5", "0.75", "1")


def drawer(controls: Controls, tracks: Iterable[Track], texts: Texts) -> dict[str, Any]:
    """Describe the drawer.

    Parameters
    ----------
    controls : Controls
        As they are set.
    tracks : iterable of Track
        What genres and artists may be suggested from.
    texts : Texts

    Returns
    -------
    dict
        ``fields`` in the order they are shown; ``values`` by name, as texts; ``n_set``.
    """
    words, known = texts.tools, tuple(tracks)
    genres = sorted({genre for track in known for genre in track.genres})
    artists = sorted({artist for track in known for artist in track.artists})
    return {
        "values": controls.to_params(),
        "n_set": controls.n_set(),
        "separator": SEPARATOR,
        "most": MAX_NAMES,
        "fields": [
            _dial("popularity", POPULARITY, texts),
            _dial("diversity", DIVERSITY, texts),
            _choice("per_artist", ("1", "", "all"), texts),
            _choice("explicit", ("", "no", "only"), texts),
            _choice("length", ("", *LENGTHS_MIN), texts),
            {"kind": "years", "name": "years", "low": YEARS[0], "high": YEARS[1], **words.years},
            _choice("scripts", SCRIPTS, texts, kind="several"),
            _names("genres", genres, texts),
            _names("exclude_genres", genres, texts),
            _names("blocked_artists", artists, texts),
        ],
    }


def _dial(name: str, positions: tuple[str, ...], texts: Texts) -> dict[str, Any]:
    label, *words = texts.tools.dials[name]
    return {"kind": "dial", "name": name, "label": label, "positions": positions, "words": words}


def _choice(name: str, values: tuple[str, ...], texts: Texts, kind: str = "one") -> dict[str, Any]:
    label, *words = texts.tools.choices[name]
    options = [{"value": value, "label": word} for value, word in zip(values, words, strict=True)]
    return {"kind": kind, "name": name, "label": label, "options": options}


def _names(name: str, suggestions: list[str], texts: Texts) -> dict[str, Any]:
    label, hint = texts.tools.names[name]
    return {"kind": "names", "name": name, "label": label, "hint": hint, "suggestions": suggestions}
