"""What a listener does with the list, done: each changes the page's state, and can be taken back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from quintet.web.components import text_or_none
from quintet.web.controls import read_controls
from quintet.web.rating_desk import rate, ratings
from quintet.web.ratings import STARS, Rating
from quintet.web.state import SLOTS
from quintet.web.tracks import RankedTrack, Recommendation
from quintet.web.visit import Visit, go_to, history, known_tracks


def act(visit: Visit, answer: Recommendation | None, done: object, tuned: object) -> None:
    """Do what the browser side says was done just now: with a song (`done`), or with the dials (`tuned`)."""
    if isinstance(tuned, dict):
        _tune(visit, tuned)
    if not isinstance(done, dict):
        return
    what, value = done.get("what"), done.get("value")
    if what == "longer":
        go_to(visit.state.longer())
    if what == "another":
        visit.change(visit.state.another(), visit.texts.tools.said_another)
    item = next((item for item in (answer.items if answer else ()) if item.track_id == done.get("id")), None)
    if answer and item:
        _with_song(visit, answer, item, what, value)


def _tune(visit: Visit, tuned: dict[str, Any]) -> None:
    texts = {name: value for name, value in tuned.items() if isinstance(value, str)}
    another = {"another": str(visit.state.controls.another)}
    visit.change(visit.state.tuned(read_controls(another | texts)), visit.texts.tools.said_tuned)


def _with_song(visit: Visit, answer: Recommendation, item: RankedTrack, what: object, value: object) -> None:
    if what == "more":
        _more(visit, item, text_or_none(value))
    elif what == "less":
        said = visit.texts.cards.said_less.format(title=item.track_name)
        visit.change(visit.state.disliking(item.track_id), said)
    elif what == "block" and item.artists:
        _block(visit, item.artists[0])
    elif what in ("stars", "known", "bad"):
        _rate(visit, answer, item, what, value)


def _more(visit: Visit, item: RankedTrack, old: str | None) -> None:
    """Make the song a seed: in a free slot, or in the place of `old`."""
    state, texts = visit.state, visit.texts.cards
    if len(state.seeds) < SLOTS:
        visit.change(state.adding(item.track_id), texts.said_more.format(title=item.track_name))
    if old in state.seeds:
        left = known_tracks()[old].track_name if old in known_tracks() else old
        said = texts.said_swap.format(title=item.track_name, old=left)
        visit.change(state.swapping(old, item.track_id), said)


def _block(visit: Visit, artist: str) -> None:
    controls = visit.state.controls
    blocked = replace(controls, blocked_artists=tuple(dict.fromkeys((*controls.blocked_artists, artist))))
    visit.change(visit.state.tuned(blocked), visit.texts.cards.said_block.format(artist=artist))


def _rate(visit: Visit, answer: Recommendation, item: RankedTrack, what: str, value: object) -> None:
    """Keep a rating; a song that is known or bad makes room for another one."""
    before = ratings().get(item.track_id, Rating())
    after = {
        "stars": replace(before, stars=value if isinstance(value, int) and value in STARS else before.stars),
        "known": replace(before, is_known=True),
        "bad": replace(before, is_bad=True),
    }[what]
    texts = visit.texts.cards
    state = visit.state if what == "stars" else visit.state.passing(item.track_id)
    if after != before and rate(visit, answer.request_id, item.track_id, after):
        said = getattr(texts, f"said_{what}").format(title=item.track_name, stars=after.stars)
        history().note(visit.state, said, (answer.request_id, item.track_id), before)
        go_to(state)
    elif what != "stars":
        visit.change(state, texts.said_passed.format(title=item.track_name))
    else:
        st.rerun()
