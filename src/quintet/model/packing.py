"""A data set as the artifact's tables: rows in order, texts packed, genre sets apart. The batch side's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from quintet.data.schema import FEATURE_NAMES, Columns
from quintet.errors import TrainingError
from quintet.model.columns import TextColumn, join
from quintet.model.genres import NO_GENRES, GenreSet, genre_set
from quintet.model.tracks import TrackTable


def in_order(tracks: pd.DataFrame) -> pd.DataFrame:
    """Return the tracks ordered by the bytes of their id, which is also the order of Python's str."""
    wanted = {
        Columns.TRACK_ID,
        Columns.TRACK_NAME,
        Columns.ARTISTS,
        Columns.GENRES,
        *FEATURE_NAMES,
        "recording",
        "song",
    }
    if missing := sorted(wanted - set(tracks.columns)):
        raise TrainingError(f"the data set lacks the columns {', '.join(missing)}")
    if tracks.empty:
        raise TrainingError("the data set is empty: import a catalogue before training")
    if tracks[Columns.TRACK_ID].duplicated().any():
        raise TrainingError("a track id repeats in the data set")
    return tracks.sort_values(Columns.TRACK_ID, kind="stable", ignore_index=True)


def distinct_sets(genres: pd.Series) -> tuple[list[GenreSet], NDArray[np.int32]]:
    """Return the distinct genre sets, the empty one first and the others sorted, and each track's."""
    by_row = [genre_set(value) for value in _lists(genres)]
    sets = [NO_GENRES, *sorted(set(by_row) - {NO_GENRES})]
    place = {genres: i for i, genres in enumerate(sets)}
    return sets, np.array([place[genres] for genres in by_row], dtype=np.int32)


def pack(
    tracks: pd.DataFrame,
    sets: Sequence[GenreSet],
    set_of_row: NDArray[np.int32],
    features: NDArray[np.float32],
) -> TrackTable:
    """Return the tracks, ordered by `in_order`, as packed columns."""
    return TrackTable(
        track_id=TextColumn.of(tracks[Columns.TRACK_ID]),
        track_name=_texts(tracks, Columns.TRACK_NAME),
        artists=TextColumn.of(join(artists) for artists in _lists(tracks[Columns.ARTISTS])),
        album_name=_texts(tracks, Columns.ALBUM_NAME),
        release_date=_texts(tracks, Columns.RELEASE_DATE),
        image_url=_texts(tracks, Columns.IMAGE_URL),
        genres=TextColumn.of(join(genres) for genres in sets),
        genre_set=set_of_row,
        popularity=_numbers(tracks, Columns.POPULARITY),
        duration_ms=_numbers(tracks, Columns.DURATION_MS),
        explicit=np.nan_to_num(_numbers(tracks, Columns.EXPLICIT), nan=-1).astype(np.int8),
        is_invented=np.nan_to_num(_numbers(tracks, Columns.IS_INVENTED), nan=0).astype(np.bool_),
        features=features,
        recording=tracks["recording"].to_numpy(dtype=np.int32),
        song=tracks["song"].to_numpy(dtype=np.int32),
    )


def _lists(column: pd.Series) -> Iterable[Sequence[str]]:
    """Yield lists of str, an empty one where the value is missing."""
    return (() if value is None or isinstance(value, float) else value for value in column)


def _texts(tracks: pd.DataFrame, column: str) -> TextColumn:
    if column not in tracks:
        return TextColumn.of("" for _ in range(len(tracks)))
    return TextColumn.of("" if pd.isna(value) else str(value) for value in tracks[column])


def _numbers(tracks: pd.DataFrame, column: str) -> NDArray[np.float32]:
    if column not in tracks:
        return np.full(len(tracks), np.nan, dtype=np.float32)
    return pd.to_numeric(tracks[column]).to_numpy(dtype=np.float32, na_value=np.nan)
