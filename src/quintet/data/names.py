"""How names are cleaned and compared. Neither rows nor titles are judged here."""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"[\x00-\x1f\x7f\s]+")
_LATIN_GREEK_CYRILLIC_MARKS = re.compile("[\u0300-\u036f]")


def clean(text: str) -> str:
    """Return `text` with every run of spaces, line ends and control characters made one space, trimmed."""
    if text.isprintable() and "  " not in text:  # nearly every name, and ten times as fast
        return text.strip()
    return _SPACE.sub(" ", text).strip()


def fold(name: str) -> str:
    """Return the form under which two spellings of an artist's name count as one.

    Case, width and spacing do not matter; accents do ("Sade" is not "Sadé").
    """
    return clean(unicodedata.normalize("NFKC", name).casefold())


def fold_accents(text: str) -> str:
    """Return folded text without the accents of Latin, Greek and Cyrillic letters.

    Hangul and kana keep their marks: they are letters of their own there.
    """
    folded = fold(text)
    if folded.isascii():
        return folded
    bare = _LATIN_GREEK_CYRILLIC_MARKS.sub("", unicodedata.normalize("NFKD", folded))
    return unicodedata.normalize("NFKC", bare)
