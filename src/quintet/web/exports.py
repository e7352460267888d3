"""The list as files to take away: CSV, M3U8, JSPF, Spotify URIs. Pure functions: texts out."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from quintet.web.covers import https_or_none
from quintet.web.tracks import RankedTrack, byline

SPOTIFY_ID = re.compile(r"[0-9A-Za-z]{22}")
# Exportify's names, so that what is read there (and on this page) reads this too.
CSV_HEADER = (
    "Track URI",
    "Track Name",
    "Artist Name(s)",
    "Album Name",
    "Album Release Date",
    "Track Duration (ms)",
    "Rank",
    "Score",
)
MS_PER_S = 1000
# A spreadsheet takes a cell that begins like this for a formula.
FORMULA = re.compile(r"^[=+\-@\t\r]")
NOT_IN_FILE_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')


def files(items: Sequence[RankedTrack], title: str, made_at: datetime) -> list[dict[str, str]]:
    """Write every format: ``kind``, file ``name``, media ``type`` and ``text``, empty where nothing fits."""
    made = {
        "csv": ("quintet.csv", "text/csv;charset=utf-8", to_csv(items)),
        "m3u8": ("quintet.m3u8", "application/vnd.apple.mpegurl", to_m3u8(items, title)),
        "jspf": ("quintet.jspf", "application/jspf+json", to_jspf(items, title, made_at)),
        "uris": ("quintet-spotify.txt", "text/plain;charset=utf-8", to_uris(items)),
    }
    keys = ("name", "type", "text")
    return [{"kind": kind, **dict(zip(keys, file, strict=True))} for kind, file in made.items()]


def to_csv(items: Sequence[RankedTrack]) -> str:
    """Write the list as CSV (RFC 4180), best first; a byte order mark tells spreadsheets that it is UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(CSV_HEADER)
    for item in items:
        facts = (item.album_name or "", item.release_date or "", item.duration_ms or "")
        cells = (uri(item) or "", item.track_name, byline(item), *facts)
        writer.writerow([*map(_no_formula, cells), item.rank, f"{item.score:.4f}"])
    return "\ufeff" + text.getvalue()


def to_m3u8(items: Sequence[RankedTrack], title: str) -> str:
    """Write the list as extended M3U in UTF-8.

    A song Spotify plays is named by its address there, an invented one by the file it might be.
    """
    lines = ["#EXTM3U", f"#PLAYLIST:{_one_line(title)}"]
    for item in items:
        name = _one_line(f"{byline(item)} - {item.track_name}")
        lines += [f"#EXTINF:{_seconds(item)},{name}", address(item) or f"{_file_name(name)}.mp3"]
    return "\n".join(lines) + "\n"


def to_jspf(items: Sequence[RankedTrack], title: str, made_at: datetime) -> str:
    """Write the list as JSPF: XSPF 1 in JSON.

    Parameters
    ----------
    items : sequence of RankedTrack
        Best first.
    title : str
        Of the playlist.
    made_at : datetime
        With a timezone.
    """
    playlist = {"title": title, "creator": "Quintet", "date": made_at.isoformat(timespec="seconds")}
    tracks = {"track": [_jspf_track(item) for item in items]}
    return json.dumps({"playlist": playlist | tracks}, ensure_ascii=False, indent=1) + "\n"


def to_uris(items: Sequence[RankedTrack]) -> str:
    """Write Spotify's URIs, one a line: pasted into a playlist of Spotify's own app, they are its songs."""
    return "".join(f"{found}\n" for item in items if (found := uri(item)))


def uri(item: RankedTrack) -> str | None:
    """Return Spotify's URI; an invented song has none."""
    return f"spotify:track:{item.track_id}" if _is_on_spotify(item) else None


def address(item: RankedTrack) -> str | None:
    """Return the https address of a song at Spotify; an invented song has none."""
    return f"https://open.spotify.com/track/{item.track_id}" if _is_on_spotify(item) else None


def _is_on_spotify(item: RankedTrack) -> bool:
    return not item.is_invented and SPOTIFY_ID.fullmatch(item.track_id) is not None


def _jspf_track(item: RankedTrack) -> dict[str, Any]:
    found = {
        "title": item.track_name,
        "creator": byline(item),
        "album": item.album_name,
        "duration": item.duration_ms,
        "trackNum": item.rank,
        "image": https_or_none(item.image_url),
        "location": [place] if (place := address(item)) else None,
        "identifier": [name] if (name := uri(item)) else None,
    }
    return {name: value for name, value in found.items() if value}


def _seconds(item: RankedTrack) -> int:
    """Round to seconds; M3U says -1 where nobody knows."""
    return round(item.duration_ms / MS_PER_S) if item.duration_ms else -1


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _file_name(text: str) -> str:
    return NOT_IN_FILE_NAMES.sub(" ", text).lstrip("#. ") or "-"


def _no_formula(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell
