"""Fitting: a data set in, vectors and packed tracks out. The batch side's; pandas and scikit-learn stay here.

How a single track is placed is in `genres` and `audio`, which serving shares; this file learns their numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import RobustScaler

from quintet.data.dataset import Dataset
from quintet.data.schema import FEATURE_NAMES, Columns
from quintet.errors import TrainingError
from quintet.model.audio import AudioBlock, AudioScale, bend, normalise
from quintet.model.columns import TextColumn, join
from quintet.model.config import ModelConfig
from quintet.model.fitted import FittedModel
from quintet.model.genres import NO_GENRES, GenreBlock, GenreSet, genre_set, genre_terms
from quintet.model.tracks import TrackTable

QUANTILE_RANGE = (10.0, 90.0)  # a wide range, so that features that pile up at one value keep a spread


def fit(dataset: Dataset, config: ModelConfig | None = None) -> FittedModel:
    """Fit the recommender to a data set.

    Parameters
    ----------
    dataset : Dataset
        Tracks with `recording` and `song`; in any order.
    config : ModelConfig, optional
        Weights and metric; the defaults if not given.

    Returns
    -------
    FittedModel
        Rows ordered by track id. The same data set and config give the same model.

    Raises
    ------
    TrainingError
        If there is no track, a track id repeats, or a column is missing.
    """
    tracks = _in_order(dataset.tracks)
    sets, set_of_row = _distinct_sets(tracks[Columns.GENRES])
    features = tracks[list(FEATURE_NAMES)].to_numpy(dtype=np.float32, na_value=np.nan)
    return FittedModel(
        config=config or ModelConfig(),
        tracks=_pack(tracks, sets, set_of_row, features),
        genres=fit_genres(sets, set_of_row),
        audio=fit_audio(features),
        fingerprint=dataset.fingerprint,
    )


def fit_genres(sets: Sequence[GenreSet], set_of_row: NDArray[np.int32]) -> GenreBlock:
    """Learn the genre vocabulary and its weights from the distinct genre sets, the empty one first.

    Each set counts once, however many tracks have it: genres belong to artists, and a hundred tracks of one
    artist say no more of how common a genre is than one.
    """
    if len(sets) == 1:
        nothing = csr_matrix(np.zeros((1, 0), dtype=np.float32))
        return GenreBlock((), np.zeros(0, np.float32), nothing, set_of_row)
    vectorizer = TfidfVectorizer(analyzer=genre_terms, sublinear_tf=True, dtype=np.float32)
    vectors = vectorizer.fit_transform(sets[1:])
    first = csr_matrix(np.zeros((1, vectors.shape[1]), dtype=np.float32))
    stacked = csr_matrix(vstack([first, vectors]), dtype=np.float32)
    stacked.sort_indices()
    terms = tuple(vectorizer.get_feature_names_out().tolist())
    return GenreBlock(terms, vectorizer.idf_.astype(np.float32), stacked, set_of_row)


def fit_audio(features: NDArray[np.float32]) -> AudioBlock:
    """Learn the audio scale from features, shape (n, 12), and place every track."""
    bent = bend(features)
    seen = np.where(np.isnan(bent).all(axis=0), 0.0, bent)  # a feature nobody has scales like a constant one
    scaler = RobustScaler(quantile_range=QUANTILE_RANGE, unit_variance=True).fit(seen)
    scale = AudioScale(tuple(scaler.center_.tolist()), tuple(scaler.scale_.tolist()))
    lengths = np.linalg.norm(scale.scale(features), axis=1)
    typical = float(np.median(lengths[lengths > 0])) if (lengths > 0).any() else 1.0
    scale = AudioScale(scale.centre, scale.unit, typical)
    unit_vectors, lengths = normalise(scale.scale(features))
    return AudioBlock(scale, unit_vectors, lengths)


def _in_order(tracks: pd.DataFrame) -> pd.DataFrame:
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


def _distinct_sets(genres: pd.Series) -> tuple[list[GenreSet], NDArray[np.int32]]:
    """Return the distinct genre sets, the empty one first and the others sorted, and each track's."""
    by_row = [genre_set(value) for value in _lists(genres)]
    sets = [NO_GENRES, *sorted(set(by_row) - {NO_GENRES})]
    place = {genres: i for i, genres in enumerate(sets)}
    return sets, np.array([place[genres] for genres in by_row], dtype=np.int32)


def _pack(
    tracks: pd.DataFrame,
    sets: Sequence[GenreSet],
    set_of_row: NDArray[np.int32],
    features: NDArray[np.float32],
) -> TrackTable:
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
