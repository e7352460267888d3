"""Which rows are tracks: text cells in, typed rows and reasons for the others out. Pure, a chunk at a time.

A row is rejected for what makes it useless or doubtful as a whole; a cell a track can do without (album, date
"0000", popularity, genres) is merely missing. The reasons are in `row_faults`. Files, layouts and databases
are not known here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from quintet.data.names import clean
from quintet.data.row_faults import Mask, as_mask, faults
from quintet.data.schema import FEATURE_NAMES, INVENTED_ID_PREFIX, MAX_NAME_LENGTH, Columns

FAULT = "fault"
LIST_COLUMNS = (Columns.ARTISTS, Columns.ARTIST_IDS, Columns.GENRES)
TEXT_COLUMNS = (
    Columns.TRACK_ID,
    Columns.TRACK_NAME,
    Columns.ALBUM_ID,
    Columns.ALBUM_NAME,
    Columns.RELEASE_DATE,
    Columns.POPULARITY,
    Columns.EXPLICIT,
    Columns.DURATION_MS,
    Columns.ISRC,
    Columns.IMAGE_URL,
    *FEATURE_NAMES,
)
PLAYLIST_COLUMNS = (Columns.PLAYLIST_ID, Columns.PLAYLIST_NAME)

_TRUE, _FALSE = ("true", "1", "1.0", "t", "yes"), ("false", "0", "0.0", "f", "no")


@dataclass(frozen=True, slots=True)
class RawRows:
    """A chunk of rows as a source gave them.

    Parameters
    ----------
    frame : DataFrame
        One row a row of the source, in its order. `TEXT_COLUMNS` hold str ("" where missing), `LIST_COLUMNS`
        lists of str, `fault` a reason found already ("" for none); optionally `PLAYLIST_COLUMNS`, str.
        The index is the row's number in the source, from 1.
    originals : sequence of sequence of str
        The untouched cells of each row, for the file of rejected rows.
    has_spotify_ids : bool
        Whether every track id must be one of Spotify's (22 letters and digits).
    may_lack_features : bool
        Whether a track may come without any audio features, to wait for them.
    """

    frame: pd.DataFrame
    originals: Sequence[Sequence[str]]
    has_spotify_ids: bool = True
    may_lack_features: bool = False


@dataclass(frozen=True, slots=True)
class CheckedRows:
    """The same chunk, parted.

    Parameters
    ----------
    tracks : DataFrame
        Accepted rows in the columns of `data.schema`, typed, with `artist_ids`; a track may repeat.
    playlists : DataFrame or None
        `playlist_id, playlist_name, track_id` of the accepted rows, where the source has playlists.
    rejected : Series of str
        The reason of each rejected row, indexed by row number.
    """

    tracks: pd.DataFrame
    playlists: pd.DataFrame | None
    rejected: pd.Series


def check_rows(rows: RawRows) -> CheckedRows:
    """Part a chunk into typed tracks and reasons; every row is in exactly one of the two.

    A row with several faults is given the first, in the order a person would mend them.
    """
    text = _clean_text(rows.frame)
    typed = _typed(text)
    reason = np.full(len(text), "", dtype=object)
    for name, mask in faults(text, typed, rows.has_spotify_ids, rows.may_lack_features):
        reason[mask & (reason == "")] = name
    given = rows.frame[FAULT].to_numpy(dtype=object)
    reason = np.where(given != "", given, reason)
    accepted = reason == ""
    tracks = _integers(typed[accepted], rows.may_lack_features)
    is_invented = tracks[Columns.TRACK_ID].str.startswith(INVENTED_ID_PREFIX)
    tracks[Columns.IS_INVENTED] = as_mask(is_invented) & (not rows.has_spotify_ids)
    rejected = pd.Series(reason[~accepted], index=rows.frame.index[~accepted], dtype="object")
    return CheckedRows(tracks, _playlists(rows.frame, tracks, accepted), rejected)


def _clean_text(frame: pd.DataFrame) -> pd.DataFrame:
    """Trim every cell, clean the names, and bare the ids."""
    cleaned = {column: frame[column].str.strip() for column in TEXT_COLUMNS}
    for column in (Columns.TRACK_NAME, Columns.ALBUM_NAME):
        cleaned[column] = _cleaned(frame[column])
    cleaned[Columns.TRACK_ID] = cleaned[Columns.TRACK_ID].str.replace(
        r"^(?:spotify:track:|https://open\.spotify\.com/track/)([^?#/]*).*$", r"\1", regex=True
    )
    cleaned[Columns.ALBUM_ID] = cleaned[Columns.ALBUM_ID].str.removeprefix("spotify:album:")
    cleaned |= {column: frame[column] for column in LIST_COLUMNS}
    return pd.DataFrame(cleaned, index=frame.index)


def _typed(text: pd.DataFrame) -> pd.DataFrame:
    """Convert the cells: numbers to float64, missing text to NaN, `explicit` to bool or None."""
    typed = text.copy()
    for column in (Columns.DURATION_MS, Columns.POPULARITY, *FEATURE_NAMES):
        numbers = pd.to_numeric(text[column], errors="coerce").astype("float64")
        typed[column] = numbers.where(np.isfinite(numbers))
    for column in (Columns.ALBUM_ID, Columns.ALBUM_NAME, Columns.ISRC, Columns.IMAGE_URL):
        typed[column] = text[column].where((text[column] != "") & (text[column].str.len() <= MAX_NAME_LENGTH))
    typed[Columns.ISRC] = typed[Columns.ISRC].str.upper().str.replace("-", "")
    dates = text[Columns.RELEASE_DATE]
    # Spotify writes an unknown date as a year of zeros.
    typed[Columns.RELEASE_DATE] = dates.where((dates != "") & ~dates.str.startswith("0000"))
    lower = text[Columns.EXPLICIT].str.lower()
    flags = np.select([lower.isin(_TRUE), lower.isin(_FALSE)], [1, 0], default=-1)
    typed[Columns.EXPLICIT] = pd.Series(
        np.array([False, True, None], dtype=object)[flags], text.index, dtype=object
    )
    return typed


def _integers(typed: pd.DataFrame, may_lack_features: bool) -> pd.DataFrame:
    """Make the whole numbers that are never missing int64."""
    never_missing = (Columns.DURATION_MS,) if may_lack_features else (Columns.DURATION_MS, "key", "mode")
    return typed.astype(dict.fromkeys(never_missing, "int64"))


def _playlists(frame: pd.DataFrame, tracks: pd.DataFrame, accepted: Mask) -> pd.DataFrame | None:
    if Columns.PLAYLIST_ID not in frame:
        return None
    rows = frame.loc[accepted, list(PLAYLIST_COLUMNS)].assign(track_id=tracks[Columns.TRACK_ID])
    return check_playlists(rows)


def check_playlists(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the usable `playlist_id, playlist_name, track_id` rows, each (playlist, track) once.

    Parameters
    ----------
    rows : DataFrame
        Those three columns, str. A row whose playlist id is missing or malformed is left out; a playlist
        without a name is called by its id. Order is kept.
    """
    usable = rows[rows[Columns.PLAYLIST_ID].str.fullmatch(r"[\w:.-]{1,100}")]
    name = _cleaned(usable[Columns.PLAYLIST_NAME])
    name = name.str.slice(0, MAX_NAME_LENGTH).where(name != "", usable[Columns.PLAYLIST_ID])
    return usable.assign(playlist_name=name).drop_duplicates([Columns.PLAYLIST_ID, Columns.TRACK_ID])


def _cleaned(names: pd.Series) -> pd.Series:
    return pd.Series([clean(name) for name in names], names.index, dtype="str")
