"""Which scripts the letters of texts belong to, for many texts at once: Hangul, kana, Cyrillic and so on.

A script is not a language: it is what can be told of one from a title. Filters are in `eligible`.
"""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from quintet.model.columns import TextColumn

SCRIPTS = (
    "latin",
    "hangul",
    "japanese",
    "han",
    "cyrillic",
    "greek",
    "hebrew",
    "arabic",
    "devanagari",
    "thai",
    "other",
)
"""`japanese` is kana, with or without Han characters; Han characters alone are `han`."""

Flags = NDArray[np.uint16]
ROWS_AT_ONCE = 65_536
CODE_POINTS = 0x110000
# The first word of a letter's Unicode name, where it is not the script's own.
_BY_NAME = {"HIRAGANA": "japanese", "KATAKANA": "japanese", "CJK": "han", "IDEOGRAPHIC": "han"}


def flag(script: str) -> np.uint16:
    """Return a script's bit."""
    return np.uint16(1 << SCRIPTS.index(script))


def scripts_of(*columns: TextColumn) -> Flags:
    """Return the scripts of every row, uint16, shape (n,): one bit each, in the order of `SCRIPTS`.

    A row is `latin` only if all its letters are: most Korean or Japanese titles hold Latin words too.

    Parameters
    ----------
    *columns : TextColumn
        n rows each, read together: titles and artists.
    """
    found = np.zeros(len(columns[0]), dtype=np.uint16)
    for column in columns:
        for start in range(0, len(column), ROWS_AT_ONCE):
            rows = slice(start, min(len(column), start + ROWS_AT_ONCE))
            found[rows] |= _letters(column, rows)
    kana = (found & flag("japanese")) > 0
    found[kana] &= ~flag("han")
    others = (found & ~flag("latin")) > 0
    found[others] &= ~flag("latin")
    return found


def _letters(column: TextColumn, rows: slice) -> Flags:
    """Return the scripts of all letters of each of some rows."""
    offsets = column.offsets[rows.start : rows.stop + 1]
    encoded = np.asarray(column.data[offsets[0] : offsets[-1]])
    codes = np.frombuffer(encoded.tobytes().decode("utf-8").encode("utf-32-le"), dtype="<u4")
    begins = np.concatenate([[0], np.cumsum((encoded & 0xC0) != 0x80)])  # characters before each byte
    starts = begins[offsets - offsets[0]]
    by_letter = np.append(_table(codes)[codes], np.uint16(0))
    by_row = np.bitwise_or.reduceat(by_letter, starts[:-1])
    return np.where(np.diff(starts) > 0, by_row, np.uint16(0))


def _table(codes: NDArray[np.uint32]) -> Flags:
    """Return the bit of every code point among `codes`; 0 for what is no letter."""
    present, table = np.zeros(CODE_POINTS, dtype=np.bool_), np.zeros(CODE_POINTS, dtype=np.uint16)
    present[codes] = True
    for code in np.flatnonzero(present).tolist():
        table[code] = _flag_of(chr(code))
    return table


def _flag_of(character: str) -> int:
    letter = unicodedata.normalize("NFKC", character)[:1]  # a wide or a mathematical letter is a letter
    if not letter.isalpha():
        return 0
    word = unicodedata.name(letter, "OTHER").split(" ")[0].split("-")[0]
    script = _BY_NAME.get(word, word.lower())
    return int(flag(script if script in SCRIPTS else "other"))
