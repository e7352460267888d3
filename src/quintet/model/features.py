"""Fitting: a data set in, a fitted model out. The batch side's; so are `packing`, `grouping` and `learning`.

How a single track is placed is in `genres` and `audio`, which serving shares; this file learns their numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import RobustScaler

from quintet.data.dataset import Dataset
from quintet.data.schema import FEATURE_NAMES, Columns
from quintet.model.artist_terms import ArtistBlock
from quintet.model.audio import AudioBlock, AudioScale, bend, normalise
from quintet.model.config import PLAIN, ModelConfig
from quintet.model.fitted import FittedModel
from quintet.model.genres import GenreBlock, GenreSet, genre_terms
from quintet.model.grouping import group_albums, group_artists, group_dates
from quintet.model.learning import Evidence, artist_axes, artist_scenes
from quintet.model.near_term import NumberBlock
from quintet.model.packing import distinct_sets, in_order, pack
from quintet.model.sparse_rows import SparseRows
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
    tracks = in_order(dataset.tracks)
    sets, set_of_row = distinct_sets(tracks[Columns.GENRES])
    features = tracks[list(FEATURE_NAMES)].to_numpy(dtype=np.float32, na_value=np.nan)
    config = config or ModelConfig()
    table, genres = pack(tracks, sets, set_of_row, features), fit_genres(sets, set_of_row)
    by_artist = group_artists(table.first_artists)
    years, days = group_dates(table.release_date)
    audio = fit_audio(features, None if config.recipe == PLAIN else by_artist)
    scenes = np.zeros((int(by_artist.max()) + 1, 0), dtype=np.float32)
    if config.recipe != PLAIN:
        evidence = _evidence(table, audio, years)
        scenes = artist_scenes(evidence, by_artist, genres.vectors.matrix, set_of_row)
    return FittedModel(
        config=config,
        tracks=table,
        genres=genres,
        audio=audio,
        artists=ArtistBlock(by_artist, np.asfortranarray(scenes)),
        albums=group_albums(table.album_name),
        years=years,
        days=days,
        fingerprint=dataset.fingerprint,
    )


def _evidence(tracks: TrackTable, audio: AudioBlock, years: NumberBlock) -> Evidence:
    """Return what the scenes of artists are told from."""
    released = np.where(years.known, years.values, np.nan)[years.of_row]
    numbers = np.column_stack([released, tracks.popularity, tracks.duration_ms])
    texts = list(zip(tracks.track_name, tracks.album_name, tracks.first_artists, strict=True))
    return Evidence(audio.scale.scale(audio.features), numbers, texts)


def fit_genres(sets: Sequence[GenreSet], set_of_row: NDArray[np.int32]) -> GenreBlock:
    """Learn the genre vocabulary and its weights from the distinct genre sets, the empty one first.

    Each set counts once, however many tracks have it: genres belong to artists, and a hundred tracks of one
    artist say no more of how common a genre is than one.
    """
    if len(sets) == 1:
        nothing = csr_matrix(np.zeros((1, 0), dtype=np.float32))
        return GenreBlock((), np.zeros(0, np.float32), SparseRows(nothing), set_of_row)
    vectorizer = TfidfVectorizer(analyzer=genre_terms, sublinear_tf=True, dtype=np.float32)
    vectors = vectorizer.fit_transform(sets[1:])
    first = csr_matrix(np.zeros((1, vectors.shape[1]), dtype=np.float32))
    stacked = csr_matrix(vstack([first, vectors]), dtype=np.float32)
    stacked.sort_indices()
    terms = tuple(vectorizer.get_feature_names_out().tolist())
    return GenreBlock(terms, vectorizer.idf_.astype(np.float32), SparseRows(stacked), set_of_row)


def fit_audio(features: NDArray[np.float32], artists: NDArray[np.int32] | None = None) -> AudioBlock:
    """Learn the audio scale from features, shape (n, 12), and place every track.

    With `artists`, int32, shape (n,), the axes are learnt from them too; without, they are the features.
    """
    bent = bend(features)
    seen = np.where(np.isnan(bent).all(axis=0), 0.0, bent)  # a feature nobody has scales like a constant one
    scaler = RobustScaler(quantile_range=QUANTILE_RANGE, unit_variance=True).fit(seen)
    scale = AudioScale(tuple(scaler.center_.tolist()), tuple(scaler.scale_.tolist()))
    lengths = np.linalg.norm(scale.scale(features), axis=1)
    typical = float(np.median(lengths[lengths > 0])) if (lengths > 0).any() else 1.0
    scale = AudioScale(scale.centre, scale.unit, typical)
    scaled = scale.scale(features)
    axes = np.eye(scaled.shape[1], dtype=np.float32) if artists is None else artist_axes(scaled, artists)
    unit_vectors, lengths = normalise(scaled @ axes)
    return AudioBlock(scale, axes, features, np.asfortranarray(unit_vectors), lengths)
