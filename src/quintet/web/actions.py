"""What a listener does with the list, done: each changes the page's state, and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from quintet.web.components import text_or_none
from quintet.web.controls import read_controls
from quintet.web.rating_desk import rate
from quintet.web.ratings import STARS, Rating
from quintet.web.state import SLOTS
from quintet.web.tracks import Track
from quintet.web.visit import Visit


def act(visit: Visit, deed: Mapping[str, Any]) -> None:
    """Do what the browser side says was done: with the dials, with the list, or with a song of it.

    By the time it is done, the song may have left the list it was seen in.
    """
    what, value = deed.get("what"), deed.get("value")
    if what == "tuned" and isinstance(value, dict):
        _tune(visit, value)
    if what == "longer":
        visit.go_to(visit.state.longer())
    if what == "another":
        visit.change(visit.state.another(), visit.texts.tools.said_another)
    song = visit.memory.tracks.get(text_or_none(deed.get("id")) or "")
    if song is not None:
        _with_song(visit, song, text_or_none(deed.get("list")) or "", what, value)


def _tune(visit: Visit, tuned: dict[str, Any]) -> None:
    texts = {name: value for name, value in tuned.items() if isinstance(value, str)}
    another = {"another": str(visit.state.controls.another)}
    visit.change(visit.state.tuned(read_controls(another | texts)), visit.texts.tools.said_tuned)


def _with_song(visit: Visit, item: Track, request_id: str, what: object, value: object) -> None:
    if what == "more":
        _more(visit, item, text_or_none(value))
    elif what == "less":
        said = visit.texts.cards.said_less.format(title=item.track_name)
        visit.change(visit.state.disliking(item.track_id), said)
    elif what == "block" and item.artists:
        _block(visit, item.artists[0])
    elif what in ("stars", "known", "bad"):
        _rate(visit, item, request_id, what, value)


def _more(visit: Visit, item: Track, old: str | None) -> None:
    """Make the song a seed: in a free slot, or in the place of `old`."""
    state, texts = visit.state, visit.texts.cards
    if len(state.seeds) < SLOTS:
        visit.change(state.adding(item.track_id), texts.said_more.format(title=item.track_name))
    if old in state.seeds:
        known = visit.memory.tracks
        left = known[old].track_name if old in known else old
        said = texts.said_swap.format(title=item.track_name, old=left)
        visit.change(state.swapping(old, item.track_id), said)


def _block(visit: Visit, artist: str) -> None:
    controls = visit.state.controls
    blocked = replace(controls, blocked_artists=tuple(dict.fromkeys((*controls.blocked_artists, artist))))
    visit.change(visit.state.tuned(blocked), visit.texts.cards.said_block.format(artist=artist))


def _rate(visit: Visit, item: Track, request_id: str, what: str, value: object) -> None:
    """Keep a rating; a song that is known or bad makes room for another one."""
    before = visit.memory.ratings.get(item.track_id, Rating())
    after = {
        "stars": replace(before, stars=value if isinstance(value, int) and value in STARS else before.stars),
        "known": replace(before, is_known=True),
        "bad": replace(before, is_bad=True),
    }[what]
    texts = visit.texts.cards
    state = visit.state if what == "stars" else visit.state.passing(item.track_id)
    if after != before and rate(visit, request_id, item.track_id, after):
        said = getattr(texts, f"said_{what}").format(title=item.track_name, stars=after.stars)
        visit.memory.history.note(visit.state, said, (request_id, item.track_id), before)
        visit.go_to(state)
    elif what != "stars":
        visit.change(state, texts.said_passed.format(title=item.track_name))
    else:
        visit.draw_again()
