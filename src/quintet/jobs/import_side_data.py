"""Artists' genres and playlists beside the tracks. Tracks themselves come by `import_catalogue`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quintet.errors import DataError
from quintet.ports import Origin, TrackStore

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class SideReport:
    """What became of a file of genres or playlists.

    Parameters
    ----------
    detail : str
        The path.
    accepted : int
        Rows taken.
    rejected : mapping of str to int
        Rows left out, by reason.
    changed : int
        Artists with other genres than before, or tracks new in a playlist.
    """

    detail: str
    accepted: int
    rejected: Mapping[str, int]
    changed: int


def import_artist_genres(
    genres: pd.DataFrame, rejected: Mapping[str, int], path: str, store: TrackStore
) -> SideReport:
    """Store `artist_name`, `genres` and perhaps `artist_id`; DataError when there are none."""
    _refuse_empty(genres, path)
    changed = store.upsert_artist_genres(genres, Origin("file", path))
    return SideReport(path, len(genres), rejected, changed)


def import_playlists(
    playlists: pd.DataFrame, rejected: Mapping[str, int], path: str, source: str, store: TrackStore
) -> SideReport:
    """Store playlists' tracks, of which only known ones stay; DataError when there are none."""
    _refuse_empty(playlists, path)
    changed = store.upsert_playlists(playlists, Origin(source, path))
    return SideReport(path, len(playlists), rejected, changed)


def _refuse_empty(frame: pd.DataFrame, path: str) -> None:
    if frame.empty:
        raise DataError(f"{path} holds no usable rows")
