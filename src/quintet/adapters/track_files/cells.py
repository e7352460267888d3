"""How one cell holds several names: one splitter for each way the known files write a list.

Every splitter takes a column of text and returns one list of str for each cell. Which column is written how
is said in `layouts`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable

from quintet.data.names import clean
from quintet.data.schema import Columns

Splitter = Callable[[Iterable[str]], list[list[str]]]

ALBUM_COLUMNS = (Columns.ALBUM_NAME, Columns.ALBUM_ID, Columns.RELEASE_DATE, Columns.IMAGE_URL)

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_ESCAPED = re.compile(r"\\(.)")
_UNESCAPED_SEMICOLON = re.compile(r"((?:[^;\\]|\\.)*)(?:;|$)")
_FEATURING = re.compile(r"\s+(?:featuring|feat\.|ft\.)\s+", re.IGNORECASE)
_GUESTS = re.compile(r"\s*(?:,|&|\band\b)\s*", re.IGNORECASE)
_BARE_COMMA = re.compile(r",(?!\s)")
_COMMA_SPACE = re.compile(r"(?<!\\),\s*")


def _kept(names: Iterable[str]) -> list[str]:
    """Return the names that are not empty, cleaned, each once, in order."""
    return list(dict.fromkeys(name for name in map(clean, names) if name))


def whole(cells: Iterable[str]) -> list[list[str]]:
    """Take each cell as one name: "Earth, Wind & Fire" is a band."""
    return [_kept([cell]) for cell in cells]


def semicolons(cells: Iterable[str]) -> list[list[str]]:
    """Split at every semicolon."""
    return [_kept(cell.split(";")) for cell in cells]


def escaped_semicolons(cells: Iterable[str]) -> list[list[str]]:
    r"""Split at semicolons, where a backslash makes the next character ordinary: the canonical way."""
    return [_split_escaped(cell) for cell in cells]


def _split_escaped(cell: str) -> list[str]:
    if "\\" not in cell:
        return _kept(cell.split(";"))
    return _kept(_ESCAPED.sub(r"\1", part) for part in _UNESCAPED_SEMICOLON.findall(cell))


def join_escaped(names: Iterable[str]) -> str:
    """Write a list of names as one canonical cell: the inverse of `escaped_semicolons`."""
    return ";".join(name.replace("\\", "\\\\").replace(";", "\\;") for name in names)


def commas(cells: Iterable[str]) -> list[list[str]]:
    """Split at every comma or semicolon: genres hold neither."""
    return [_kept(re.split("[,;]", cell)) for cell in cells]


def python_list(cells: Iterable[str]) -> list[list[str]]:
    """Read a Python list of str as text, such as `['pop', "rock 'n' roll"]`; anything else is empty."""
    return [
        _kept(_ESCAPED.sub(r"\1", single or double) for single, double in _QUOTED.findall(cell))
        if cell.startswith("[")
        else []
        for cell in cells
    ]


def credits_with_guests(cells: Iterable[str]) -> list[list[str]]:
    """Part "X Featuring Y & Z" into X, Y and Z, but leave "Simon & Garfunkel" one act."""
    return [_split_credit(cell) for cell in cells]


def _split_credit(cell: str) -> list[str]:
    act, *guests = _FEATURING.split(cell)
    return _kept([act, *(name for guest in guests for name in _GUESTS.split(guest))])


def exportify_net(cells: Iterable[str]) -> list[list[str]]:
    """Split at semicolons, else at commas no space follows: "Tyler, The Creator" is one name."""
    return [_kept(cell.split(";") if ";" in cell else _BARE_COMMA.split(cell)) for cell in cells]


def exportify_app(cells: Iterable[str]) -> list[list[str]]:
    r"""Split at commas; one that belongs to a name is written `\,` there."""
    return [_kept(name.replace("\\,", ",") for name in _COMMA_SPACE.split(cell)) for cell in cells]


def album_object(cell: str) -> dict[str, str]:
    """Read Spotify's album object written as a Python dict; what cannot be read is empty.

    Returns
    -------
    dict
        `album_name`, `album_id`, `release_date` and `image_url`, each "" where the object lacks it.
    """
    try:
        album = ast.literal_eval(cell)
        images = album.get("images") or [{}]
        found = (album.get("name"), album.get("id"), album.get("release_date"), images[0].get("url"))
    except (ValueError, SyntaxError, TypeError, AttributeError, MemoryError, RecursionError, LookupError):
        found = ("", "", "", "")
    return dict(zip(ALBUM_COLUMNS, (text if isinstance(text, str) else "" for text in found), strict=True))


def spotify_ids(cells: Iterable[str]) -> list[list[str]]:
    """Find Spotify's ids in a cell, bare or as `spotify:artist:…`, however they are joined."""
    return [re.findall(r"(?<![0-9A-Za-z])[0-9A-Za-z]{22}(?![0-9A-Za-z])", cell) for cell in cells]
