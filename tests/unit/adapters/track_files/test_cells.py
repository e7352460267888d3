"""Cells that hold several names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.adapters.track_files import cells
from quintet.data.names import clean


@pytest.mark.parametrize(
    ("splitter", "cell", "names"),
    [
        (cells.whole, "Earth, Wind & Fire", ["Earth, Wind & Fire"]),
        (cells.semicolons, "A;B; ;A", ["A", "B"]),
        (cells.escaped_semicolons, r"A\;B;C\\;D", ["A;B", "C\\", "D"]),
        (cells.escaped_semicolons, "", []),
        (cells.commas, "pop, rock;jazz", ["pop", "rock", "jazz"]),
        (cells.python_list, """['pop', "rock 'n' roll", 'it\\'s']""", ["pop", "rock 'n' roll", "it's"]),
        (cells.python_list, "[]", []),
        (cells.python_list, "", []),
        (cells.python_list, "pop", []),
        (cells.credits_with_guests, "X Featuring Y & Z", ["X", "Y", "Z"]),
        (cells.credits_with_guests, "X feat. Y, Z And W", ["X", "Y", "Z", "W"]),
        (cells.credits_with_guests, "Simon & Garfunkel", ["Simon & Garfunkel"]),
        (cells.credits_with_guests, "Little Feat", ["Little Feat"]),
        (cells.exportify_net, "Tyler, The Creator,Kali Uchis", ["Tyler, The Creator", "Kali Uchis"]),
        (cells.exportify_net, "A;B, the Band", ["A", "B, the Band"]),
        (cells.exportify_app, r"Earth\, Wind & Fire, The Emotions", ["Earth, Wind & Fire", "The Emotions"]),
        (cells.spotify_ids, "spotify:artist:" + "a" * 22 + ", " + "b" * 22, ["a" * 22, "b" * 22]),
        (cells.spotify_ids, "x", []),
    ],
)
def test_each_way_to_write_a_list_is_read(splitter: cells.Splitter, cell: str, names: list[str]) -> None:
    assert splitter([cell]) == [names]


NAMES = st.lists(st.text(min_size=1).map(clean).filter(bool), unique=True)


@given(NAMES)
def test_what_is_joined_comes_apart_again(names: list[str]) -> None:
    assert cells.escaped_semicolons([cells.join_escaped(names)]) == [names]


@given(NAMES)
def test_a_python_list_of_any_names_is_read(names: list[str]) -> None:
    plain = [name for name in names if name.isprintable() and "\\" not in name]
    assert cells.python_list([str(plain)]) == [plain]


def test_an_album_object_gives_its_name_id_date_and_image() -> None:
    text = str(
        {"name": "reputation", "id": "x", "release_date": "2017-11-10", "images": [{"url": "https://i"}]}
    )
    assert list(cells.album_object(text).values()) == ["reputation", "x", "2017-11-10", "https://i"]


@pytest.mark.parametrize("text", ["{", "{'name': None}", "{'images': 3}", "{1, 2}", "(" * 5000, "{'a': x}"])
def test_a_broken_album_object_is_empty(text: str) -> None:
    assert not any(cells.album_object(text).values())
