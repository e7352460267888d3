"""The dataset a model is fitted to: tracks in their one order, releases grouped, content fingerprinted.

Where the tracks are kept and how they got there is not known here.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import pandas as pd

from quintet.data.recordings import group_recordings
from quintet.data.schema import SNAPSHOT_COLUMNS, Columns
from quintet.errors import DataError

# Changes when the way a fingerprint is made does, so that old ones never match by accident.
_FINGERPRINT_FORMAT = b"quintet dataset 1\n"

ENOUGH_REAL_TRACKS = 1_000
"""From this many real tracks on, the invented ones of the demo catalogue leave the model."""


@dataclass(frozen=True, slots=True, eq=False)
class Dataset:
    """What a model is fitted to.

    Parameters
    ----------
    tracks : DataFrame
        One row a track, ordered by `track_id`, index 0…n-1: `data.schema.SNAPSHOT_COLUMNS`, then `recording`
        and `song` (int32, see `data.recordings`).
    fingerprint : str
        SHA-256 of the content, 64 hexadecimal digits, whatever order the rows came in.
    """

    tracks: pd.DataFrame
    fingerprint: str


def build_dataset(tracks: pd.DataFrame) -> Dataset:
    """Order, group and fingerprint a snapshot; invented tracks are left out once there are enough real ones.

    Parameters
    ----------
    tracks : DataFrame
        `data.schema.SNAPSHOT_COLUMNS` (more are dropped), in any order.

    Raises
    ------
    DataError
        When a column is missing or a track id stands twice.
    """
    lacking = [column for column in SNAPSHOT_COLUMNS if column not in tracks]
    if lacking:
        raise DataError(f"the snapshot lacks the columns {', '.join(lacking)}")
    ordered = _without_invented(tracks[list(SNAPSHOT_COLUMNS)])
    # By code points, as PostgreSQL's "C" collation has it.
    ordered = ordered.iloc[ordered[Columns.TRACK_ID].to_numpy(dtype=object).argsort(kind="stable")]
    ordered = ordered.reset_index(drop=True)
    if not ordered[Columns.TRACK_ID].is_unique:
        raise DataError("the snapshot holds a track id twice")
    recording, song = group_recordings(ordered)
    grouped = ordered.assign(**{Columns.RECORDING: recording, Columns.SONG: song})
    return Dataset(grouped, _fingerprint(ordered))


def _without_invented(tracks: pd.DataFrame) -> pd.DataFrame:
    """Return the real tracks alone where they suffice: nobody with real songs wants made-up ones."""
    real = ~tracks[Columns.IS_INVENTED].to_numpy(dtype=bool)
    return tracks[real] if real.sum() >= ENOUGH_REAL_TRACKS else tracks


def _fingerprint(ordered: pd.DataFrame) -> str:
    """Hash every column as JSON: one text for a value on every machine, and no value runs into the next."""
    digest = hashlib.sha256(_FINGERPRINT_FORMAT)
    for column in SNAPSHOT_COLUMNS:
        values = ordered[column].astype(object).where(ordered[column].notna(), None).tolist()
        digest.update(json.dumps([column, values], ensure_ascii=True).encode())
    return digest.hexdigest()
