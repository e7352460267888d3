"""How texts look to search."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.model.folding import chunks, fold, plain


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Beyoncé", "beyonce"),
        ("DON'T  Stop", "dont stop"),
        ("don’t", "dont"),
        ("P!nk", "pink"),
        ("Ke$ha", "kesha"),
        ("$uicideBoy$", "suicideboys"),
        ("Simon & Garfunkel", "simon and garfunkel"),
        ("Mötley Crüe", "motley crue"),
        ("Sigur Rós", "sigur ros"),
        ("Røyksopp", "royksopp"),
        ("Straße", "strasse"),
        ("Ёлка", "елка"),
        ("ＡＢＣ", "abc"),
        ("ガガ", "ガガ"),
        ("방탄소년단", "방탄소년단"),
        ("방탄", "방탄"),  # the same syllables as decomposed letters
        ("Wham!", "wham!"),
    ],
)
def test_a_text_is_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "parts", "joined", "signs"),
    [
        ("AC/DC", ("ac", "dc"), "acdc", ()),
        ("R.E.M.", ("r", "e", "m"), "rem", ()),
        ("Jay-Z", ("jay", "z"), "jayz", ()),
        ("BTS방탄", ("bts", "방탄"), "", ()),
        ("+", (), "", ("+",)),
        ("snake_case", ("snake", "case"), "snakecase", ()),
    ],
)
def test_a_text_is_cut(text: str, parts: tuple[str, ...], joined: str, signs: tuple[str, ...]) -> None:
    (chunk,) = chunks(text)
    assert (chunk.parts, chunk.joined, chunk.signs) == (parts, joined, signs)


@pytest.mark.parametrize(
    ("text", "name"), [("AC/DC", "ac dc"), ("!!!", "!!!"), ("÷", "÷"), (" ", ""), ("\x00", "")]
)
def test_a_whole_name_is_its_words_or_else_itself(text: str, name: str) -> None:
    assert plain(text) == name


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert plain(plain(text)) == plain(text)
