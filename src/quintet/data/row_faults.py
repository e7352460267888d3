"""Why a row is no track: every reason there is, in the order a person would mend them.

Cells are cleaned and typed by `validation`, which also parts the rows.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pandas as pd

from quintet.data.schema import (
    AUDIO_FEATURES,
    FEATURE_NAMES,
    MAX_DURATION_MS,
    MAX_NAME_LENGTH,
    MIN_DURATION_MS,
    OPTIONAL_FEATURES,
    AudioFeature,
    Columns,
)

_SPOTIFY_ID = r"[0-9A-Za-z]{22}"
_ANY_ID = r"[0-9A-Za-z_-]{1,64}"

Mask = npt.NDArray[np.bool_]
Faults = Iterator[tuple[str, Mask]]


def faults(text: pd.DataFrame, typed: pd.DataFrame, has_spotify_ids: bool, may_lack_features: bool) -> Faults:
    """Yield every reason with the rows it holds for, most telling first.

    Parameters
    ----------
    text, typed : DataFrame
        The same rows, as trimmed text and as values; see `validation.check_rows`.
    has_spotify_ids, may_lack_features : bool
        As in `validation.RawRows`.

    Yields
    ------
    tuple of str and bool array of shape (n,)
        A reason, in words, and which rows it holds for.
    """
    track_id = text[Columns.TRACK_ID]
    yield "a local file: it has no Spotify id", as_mask(track_id.str.startswith("spotify:local:"))
    yield "a podcast episode", as_mask(track_id.str.startswith("spotify:episode:"))
    yield from _feature_presence_faults(text, may_lack_features)
    yield from _identity_faults(text, has_spotify_ids)
    duration = typed[Columns.DURATION_MS]
    yield from _number_faults(text, typed, Columns.DURATION_MS, is_integer=True)
    yield "duration_ms is missing", as_mask(duration.isna())
    yield f"shorter than {MIN_DURATION_MS // 1000} s", as_mask(duration < MIN_DURATION_MS)
    yield f"longer than {MAX_DURATION_MS // 3_600_000} h", as_mask(duration > MAX_DURATION_MS)
    yield "tempo is 0: no beat was found", as_mask(typed["tempo"] == 0)
    for feature in AUDIO_FEATURES:
        yield from _feature_faults(text, typed, feature)
    yield from _number_faults(text, typed, Columns.POPULARITY, is_integer=True)
    yield from _range_fault(typed, Columns.POPULARITY, 0, 100)
    yield from _other_faults(text, typed)


def _identity_faults(text: pd.DataFrame, has_spotify_ids: bool) -> Faults:
    track_id = text[Columns.TRACK_ID]
    yield "no track id", as_mask(track_id == "")
    pattern = _SPOTIFY_ID if has_spotify_ids else _ANY_ID
    yield "malformed track id", as_mask(~track_id.str.fullmatch(pattern))
    yield "no title", as_mask(text[Columns.TRACK_NAME] == "")
    yield "no artist", np.array([not any(names) for names in text[Columns.ARTISTS]], dtype=bool)
    too_long = as_mask(text[Columns.TRACK_NAME].str.len() > MAX_NAME_LENGTH)
    too_long = too_long | np.array(
        [max(map(len, names), default=0) > MAX_NAME_LENGTH for names in text[Columns.ARTISTS]], bool
    )
    yield f"a name longer than {MAX_NAME_LENGTH} characters", too_long


def _feature_presence_faults(text: pd.DataFrame, may_lack_all: bool) -> Faults:
    needed = [name for name in FEATURE_NAMES if name not in OPTIONAL_FEATURES]
    is_empty = text[needed] == ""
    lacks_all = is_empty.all(axis=1)
    if not may_lack_all:
        yield "no audio features", as_mask(lacks_all)
    yield "incomplete audio features", as_mask(is_empty.any(axis=1) & ~lacks_all)


def _feature_faults(text: pd.DataFrame, typed: pd.DataFrame, feature: AudioFeature) -> Faults:
    yield from _number_faults(text, typed, feature.name, feature.is_integer)
    yield from _range_fault(typed, feature.name, feature.low, feature.high)


def _number_faults(text: pd.DataFrame, typed: pd.DataFrame, column: str, is_integer: bool) -> Faults:
    yield f"{column} is not a number", as_mask((text[column] != "") & typed[column].isna())
    if is_integer:
        yield f"{column} is not a whole number", as_mask(typed[column] % 1 > 0)


def _range_fault(typed: pd.DataFrame, column: str, low: float, high: float) -> Faults:
    values = typed[column]
    yield f"{column} outside {low:g} to {high:g}", as_mask((values < low) | (values > high))


def _other_faults(text: pd.DataFrame, typed: pd.DataFrame) -> Faults:
    yield (
        "explicit is neither true nor false",
        as_mask((text[Columns.EXPLICIT] != "") & typed[Columns.EXPLICIT].isna()),
    )
    yield "release_date is not a date", ~_is_date_or_missing(typed[Columns.RELEASE_DATE])
    isrc = typed[Columns.ISRC]
    yield (
        "malformed isrc",
        as_mask(isrc.notna() & ~isrc.str.fullmatch(r"[A-Z]{2}[A-Z0-9]{3}[0-9]{7}", na=True)),
    )


def _is_date_or_missing(dates: pd.Series) -> Mask:
    """Tell which are YYYY, YYYY-MM or YYYY-MM-DD of the calendar, between 1800 and 2199, or missing."""
    shaped = dates.str.fullmatch(r"(?:1[89]|2[01])[0-9]{2}(?:-[0-9]{2}){0,2}", na=True)
    padded = dates.where(shaped).fillna("1900").astype("str")
    padded = padded + padded.str.len().map({4: "-01-01", 7: "-01", 10: ""})
    real = pd.to_datetime(padded, format="%Y-%m-%d", errors="coerce").notna()
    return as_mask(shaped & real)


def as_mask(series: pd.Series) -> Mask:
    """Return which values are true, shape (n,); a missing one is not."""
    return series.to_numpy(dtype=bool, na_value=False)
