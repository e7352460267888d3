"""Text as search sees it: without case, accents and apostrophes, cut into words and single CJK characters.

The same folding is used when the index is written and when a query is read. Nothing is looked up here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

MAX_WORD_LENGTH = 40

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ß": "ss"}
)
# Apostrophes, and what nobody sees: control characters, zero-width marks, soft hyphens.
_DROPPED = re.compile(r"['’‘ʼ`´′\x00-\x08\x0e-\x1b\x7f\u00ad\u200b-\u200f\u2060\ufeff]")
_ACCENTS = re.compile(r"[\u0300-\u036f]")
_AND = re.compile(r"(?<=\s)&(?=\s)")
# Stylised spellings, where a sign stands for a letter: P!nk, Ke$ha, A$AP.
_SIGN_AS_I = re.compile(r"(?<=[a-z])!(?=[a-z])")
_SIGN_AS_S = re.compile(r"\$(?=[a-z])|(?<=[a-z])\$")
_CJK = (
    r"\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31c0-\u31ff\u3400-\u4dbf"
    r"\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_CJK_RUN = re.compile(f"([{_CJK}]+)")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """What stands between two spaces.

    Parameters
    ----------
    parts : tuple of str
        Its words, in order: "ac/dc" has two. A run of CJK characters is one part.
    joined : str
        The words as one, where they are several and of one script, else empty: "acdc".
    signs : tuple of str
        Its symbols, such as "$" and "+"; punctuation is not among them.
    """

    parts: tuple[str, ...]
    joined: str
    signs: tuple[str, ...]


def fold(text: str) -> str:
    """Return a text without case, accents, apostrophes and width, its spaces single."""
    text = text.lower() if text.isascii() else _fold_letters(text)
    text = _AND.sub("and", _DROPPED.sub("", text))
    return " ".join(_SIGN_AS_S.sub("s", _SIGN_AS_I.sub("i", text)).split())


def _fold_letters(text: str) -> str:
    text = unicodedata.normalize("NFKD", text.casefold()).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text)).translate(_LETTERS)


def chunks(text: str) -> list[Chunk]:
    """Fold a text and cut it; chunks that hold neither word nor symbol are left out."""
    cut = (_chunk(piece) for piece in fold(text).split())
    return [chunk for chunk in cut if chunk.parts or chunk.signs]


@lru_cache(maxsize=65_536)  # words repeat: most of a catalogue's are cut once
def _chunk(piece: str) -> Chunk:
    words = _WORD.findall(piece)
    parts = tuple(part[:MAX_WORD_LENGTH] for word in words for part in _CJK_RUN.split(word) if part)
    joined = "".join(words) if len(words) > 1 and not _CJK_RUN.search(piece) else ""
    signs = tuple(dict.fromkeys(sign for sign in piece if unicodedata.category(sign).startswith("S")))
    return Chunk(parts, joined[:MAX_WORD_LENGTH], signs)


def closed_up(pieces: Sequence[Chunk]) -> Chunk:
    """Return several chunks as one word."""
    return Chunk(("".join("".join(piece.parts) for piece in pieces)[:MAX_WORD_LENGTH],), "", ())


def is_cjk(part: str) -> bool:
    """Tell whether a part is a run of Han, Hangul or kana, which is searched character by character."""
    return bool(_CJK_RUN.match(part))


def words(pieces: Iterable[Chunk]) -> list[str]:
    """Return the words of chunks in order; of a chunk without words, its symbols."""
    return [word for chunk in pieces for word in (chunk.parts or chunk.signs)]


def plain(text: str) -> str:
    """Return a text's words joined by spaces; of a text that is all punctuation, the folded text itself."""
    return " ".join(words(chunks(text))) or fold(text)
