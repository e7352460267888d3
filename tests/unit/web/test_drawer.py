"""The drawer of dials: every control has its place and words in both languages."""

from __future__ import annotations

import json

import pytest

from quintet.web.controls import CODECS, Controls, read_controls
from quintet.web.drawer import drawer
from quintet.web.texts import TEXTS
from quintet.web.tracks import Track

TRACKS = (Track(track_id="a", track_name="A", artists=("Zed", "Ann"), genres=("soul", "jazz")),)


@pytest.mark.parametrize("language", TEXTS)
def test_every_control_is_in_the_drawer_but_another_list(language: str) -> None:
    data = drawer(Controls(), TRACKS, TEXTS[language])
    names = {field["name"] for field in data["fields"]}
    assert (names - {"years"}) | {"year_min", "year_max", "another"} == set(CODECS)
    json.dumps(data)


@pytest.mark.parametrize("language", TEXTS)
def test_every_position_of_a_dial_and_every_choice_has_a_word_and_a_meaning(language: str) -> None:
    for field in drawer(Controls(), TRACKS, TEXTS[language])["fields"]:
        if field["kind"] == "dial":
            assert len(field["positions"]) == len(set(field["words"]))
            assert all(
                read_controls({field["name"]: text}).n_set() == (text != "0") for text in field["positions"]
            )
        elif field["kind"] in ("one", "several"):
            assert len({option["label"] for option in field["options"]}) == len(field["options"])
            for option in field["options"]:
                assert read_controls({field["name"]: option["value"]}).n_set() == bool(option["value"])


def test_genres_and_artists_of_the_songs_at_hand_are_suggested() -> None:
    fields = {field["name"]: field for field in drawer(Controls(), TRACKS, TEXTS["en"])["fields"]}
    assert fields["genres"]["suggestions"] == ["jazz", "soul"]
    assert fields["blocked_artists"]["suggestions"] == ["Ann", "Zed"]
