"""Songs out of pasted text: links and URIs of Spotify, playlist exports as CSV, lines of artist and title.

Pure functions. What of it is in the catalogue is found out in `importing`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

MAX_TEXT = 1_000_000
MAX_SONGS = 2000
MAX_WORDS = 150  # of a line that may be a song
TRACK_LINK = re.compile(
    r"(?:spotify:track:|open\.spotify\.com/(?:intl-[\w-]+/)?(?:embed/)?track/)([0-9A-Za-z]{22})(?![0-9A-Za-z])"
)
OTHER_LINK = re.compile(r"(?:spotify:|open\.spotify\.com/)\S*(?:playlist|album|artist)[:/]")
BARE_ID = re.compile(r"[0-9A-Za-z]{22}")
DELIMITERS = ",;\t"
# Columns of both Exportify sites, of this page's own export, and of what others write.
ID_COLUMNS = (
    "track uri",
    "spotify uri",
    "uri",
    "track_id",
    "spotify id",
    "spotify_id",
    "track id",
    "id",
    "url",
)
TITLE_COLUMNS = ("track name", "track_name", "title", "name", "song", "track")
ARTIST_COLUMNS = ("artist name(s)", "artist name", "artists", "artist", "artist_name", "track_artist")

Kind = Literal["links", "export", "names", "other", "nothing"]


@dataclass(frozen=True)
class PastedSong:
    """A song somebody means: by id, by name, or both; what is not known is empty."""

    track_id: str = ""
    title: str = ""
    artist: str = ""


@dataclass(frozen=True)
class Pasted:
    """What a text holds.

    Parameters
    ----------
    kind : {"links", "export", "names", "other", "nothing"}
        Links of songs; a table; lines of names; a link of something that is no song; none of it.
    songs : tuple of PastedSong
        In the order of the text, each once, at most `MAX_SONGS`.
    """

    kind: Kind
    songs: tuple[PastedSong, ...] = ()


def read_pasted(text: str) -> Pasted:
    """Read whatever somebody pasted or opened; any text gives an answer."""
    text = text[:MAX_TEXT].removeprefix("\ufeff").strip()
    if songs := _table(text):
        return Pasted("export", songs)
    ids = [*TRACK_LINK.findall(text)] or [line for line in text.split() if BARE_ID.fullmatch(line)]
    if ids:
        return Pasted("links", _once(PastedSong(track_id) for track_id in ids))
    if OTHER_LINK.search(text):
        return Pasted("other")
    if "\n" in text and (songs := _lines(text)):
        return Pasted("names", songs)
    return Pasted("nothing")


def _table(text: str) -> tuple[PastedSong, ...]:
    """Read a table whose header names songs."""
    header, _, rest = text.partition("\n")
    delimiter = max(DELIMITERS, key=header.count)
    if not rest or delimiter not in header:
        return ()
    names = [name.strip().casefold() for name in next(csv.reader([header.strip()], delimiter=delimiter), [])]
    columns = [_column(names, known) for known in (ID_COLUMNS, TITLE_COLUMNS, ARTIST_COLUMNS)]
    if columns[:2] == [None, None]:
        return ()
    return _once(_song(row, columns) for row in _rows(rest, delimiter))


def _column(names: Sequence[str], known: Iterable[str]) -> int | None:
    return next((names.index(name) for name in known if name in names), None)


def _rows(text: str, delimiter: str) -> Iterable[list[str]]:
    """Read rows up to the first that is no CSV."""
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error:
        return


def _song(row: Sequence[str], columns: Sequence[int | None]) -> PastedSong:
    place, title, artist = (
        row[column].strip() if column is not None and column < len(row) else "" for column in columns
    )
    linked = TRACK_LINK.search(place)
    track_id = linked[1] if linked else place if BARE_ID.fullmatch(place) else ""
    return PastedSong(track_id, title[:MAX_WORDS], re.split(r"[,;]", artist)[0].strip()[:MAX_WORDS])


def _lines(text: str) -> tuple[PastedSong, ...]:
    """Read lines such as "Artist - Title"; the search takes the words in any order."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return _once(
        PastedSong(title=line) for line in lines if len(line) <= MAX_WORDS and not line.startswith("#")
    )


def _once(songs: Iterable[PastedSong]) -> tuple[PastedSong, ...]:
    named = (song for song in songs if song.track_id or song.title)
    return tuple(dict.fromkeys(named))[:MAX_SONGS]
