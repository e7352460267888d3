"""A song of the list as the browser side shows it: rank, song, reason, how it matches, its rating.

Plain data and plain text: markup is made in assets/cards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from quintet.web.components import track_data
from quintet.web.covers import https_or_none
from quintet.web.ratings import Rating
from quintet.web.texts import Texts
from quintet.web.tracks import Contribution, RankedTrack, Reasons, Track

# More lines than this explain less.
MAX_CONTRIBUTIONS = 8
MS_PER_S = 1000
# Kinds of contributions are drawn in four colours.
DRAWN_AS = {"genre": "genre", "feature": "feature", "artist": "artist", "scene": "artist", "album": "artist"}
COLOURS = ("genre", "feature", "artist", "other")
SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}")


def card(item: RankedTrack, seeds: Mapping[str, str], rating: Rating, texts: Texts) -> dict[str, Any]:
    """Describe one song of the list.

    Parameters
    ----------
    item : RankedTrack
    seeds : mapping of str to str
        Titles of the songs the list comes from, by id.
    rating : Rating
        What the visitor thinks of it so far.
    texts : Texts

    Returns
    -------
    dict
        JSON values only.
    """
    return track_data(item) | {
        "rank": item.rank,
        "numbers": numbers(item),
        "explicit": bool(item.explicit),
        "percent": percent(item.score),
        "bar": bar(item.reasons),
        "reason": sentence(item.reasons, seeds, texts),
        "parts": parts(item.reasons, texts),
        "play": player(item),
        "link": None if item.is_invented else https_or_none(item.spotify_url),
        "artist": item.artists[0] if item.artists else "",
        "closest": item.reasons.closest_seed,
        "stars": rating.stars or 0,
    }


def percent(score: float) -> int:
    """Put a score as listeners read it: 0 to 100."""
    return round(100 * min(max(score, 0.0), 1.0))


def numbers(track: Track) -> str:
    """Join year and length; what nobody knows is left out."""
    minutes, seconds = divmod((track.duration_ms or 0) // MS_PER_S, 60)
    length = f"{minutes}:{seconds:02}" if track.duration_ms else ""
    return " · ".join(part for part in ((track.release_date or "")[:4], length) if part)


def player(track: Track) -> str | None:
    """Where Spotify plays the song in a frame; an invented song is played nowhere."""
    if track.is_invented or not SPOTIFY_ID.fullmatch(track.track_id):
        return None
    return f"https://open.spotify.com/embed/track/{track.track_id}"


def drawn_as(part: Contribution) -> str:
    """Return the colour of a part of a score."""
    return DRAWN_AS.get(part.kind, "other")


def bar(reasons: Reasons) -> list[dict[str, Any]]:
    """Cut the score into pieces by what it is made of, in percent of a score of 1."""
    sums = {
        colour: sum(part.value for part in reasons.contributions if drawn_as(part) == colour)
        for colour in COLOURS
    }
    return [
        {"kind": kind, "width": round(100 * min(sum_, 1.0), 1)} for kind, sum_ in sums.items() if sum_ > 0
    ]


def sentence(reasons: Reasons, seeds: Mapping[str, str], texts: Texts) -> list[dict[str, Any]]:
    """Give the reason in the listener's language, in pieces; the seed it names is marked to stand out."""
    said = reasons.text.get(texts.language) or reasons.text.get("en", "")
    name = seeds.get(reasons.closest_seed or "")
    before, marked, after = said.partition(f"*{name}*") if name else (said, "", "")
    pieces = ((before, False), (marked[1:-1], True), (after, False))
    return [{"text": text, "strong": strong} for text, strong in pieces if text]


def parts(reasons: Reasons, texts: Texts) -> list[dict[str, Any]]:
    """List what adds up to the score, largest first; what has one name is one part, as are all small ones."""
    sums: dict[tuple[str, str], float] = {}
    for part in reasons.contributions:
        key = _name(part, texts), drawn_as(part)
        sums[key] = sums.get(key, 0.0) + part.value
    largest = sorted(sums.items(), key=lambda item: -abs(item[1]))
    shown, rest = dict(largest[:MAX_CONTRIBUTIONS]), largest[MAX_CONTRIBUTIONS:]
    if rest:
        key = texts.other_part, "other"
        shown[key] = shown.get(key, 0.0) + sum(value for _, value in rest)
    widest = max(map(abs, shown.values()), default=0) or 1.0
    return [_part(name, kind, value, widest) for (name, kind), value in shown.items()]


def _name(part: Contribution, texts: Texts) -> str:
    names = {"genre": part.name, "feature": texts.features.get(part.name, part.name), **texts.bonds}
    return names.get(part.kind) or texts.cards.others.get(part.name) or texts.other_part


def _part(name: str, kind: str, value: float, widest: float) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "width": round(100 * abs(value) / widest, 1),
        "low": value < 0,
        "value": f"{100 * value:+.0f}".replace("-", "\N{MINUS SIGN}"),
    }
