"""The taste map's layout: where every track of a catalogue stands in two dimensions. The batch side's.

What is shown of it is in `taste_map`, which serving uses.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.decomposition import TruncatedSVD
from sklearn.manifold import TSNE
from threadpoolctl import threadpool_limits

from quintet.model.fitted import FittedModel

Floats = NDArray[np.float32]

LANDMARKS = 1_200  # tracks that find their places among each other; all others stand by them
SAMPLE = 5_000  # tracks the directions are learnt from
DIRECTIONS = 30
NEIGHBOURS = 12  # landmarks a track stands among
NEARNESS = 0.02  # difference of cosine at which a landmark pulls 1/e as strongly
ITERATIONS = 350
PERPLEXITY = 30
FEWEST = 10  # below that, neighbourhoods say nothing
CHUNK = 20_000
SEED = 20


def lay_out(fitted: FittedModel) -> Floats:
    """Place every track of a catalogue, alike ones beside each other.

    Latent semantic analysis (truncated SVD of the genre and audio blocks, weighted as in a score), then t-SNE
    (van der Maaten and Hinton, 2008; Barnes-Hut) of a sample of landmarks. Every track stands at the weighted
    mean of its nearest landmarks, so that the time grows with the catalogue by one small product a track.

    Returns
    -------
    float32 array, shape (n, 2)
        In the model's order of rows, each coordinate in −1 to 1; the same for the same model.
    """
    count = len(fitted.tracks)
    if count < FEWEST:
        return _circle(count)
    drawn = np.random.default_rng(SEED).permutation(count)
    rows = np.sort(drawn[:LANDMARKS])
    directions = _directions(_vectors(fitted, np.sort(drawn[:SAMPLE])))
    landmarks = _unit(_vectors(fitted, rows) @ directions.T)
    places = _spread(landmarks)
    chunks = (np.arange(first, min(first + CHUNK, count)) for first in range(0, count, CHUNK))
    found = [_among(_unit(_vectors(fitted, chunk) @ directions.T), landmarks, places) for chunk in chunks]
    return _scaled(np.concatenate(found))


def _circle(count: int) -> Floats:
    angles = 2 * np.pi * np.arange(count) / max(count, 1)
    return np.column_stack([np.cos(angles), np.sin(angles)]).astype(np.float32)


def _vectors(fitted: FittedModel, rows: NDArray[np.intp]) -> csr_matrix:
    """Return tracks as genre and audio vectors side by side, each weighted by its share of a score."""
    share = fitted.config.genre_share
    genres = fitted.genres.vectors.matrix[fitted.genres.set_of_row[rows]] * np.float32(np.sqrt(share))
    audio = np.asarray(fitted.audio.unit_vectors[rows]) * np.float32(np.sqrt(1 - share))
    vectors = csr_matrix(hstack([genres, csr_matrix(audio)]))
    vectors.data = np.nan_to_num(vectors.data, posinf=0, neginf=0)  # a broken model is for the gate to refuse
    return vectors


def _directions(vectors: csr_matrix) -> Floats:
    """Return the directions in which the tracks differ most, shape (d, width)."""
    wanted = min(DIRECTIONS, min(vectors.shape) - 1)
    with np.errstate(invalid="ignore"):  # of tracks of which nothing is known
        found = TruncatedSVD(n_components=wanted, n_iter=4, random_state=SEED).fit(vectors)
    return np.nan_to_num(np.asarray(found.components_, dtype=np.float32))


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _spread(landmarks: Floats) -> Floats:
    if np.ptp(landmarks, axis=0).max() == 0:  # all alike: no neighbourhood to show
        return _circle(len(landmarks))
    perplexity = min(PERPLEXITY, (len(landmarks) - 1) / 3)
    model = TSNE(perplexity=perplexity, max_iter=ITERATIONS, random_state=SEED)
    # Its steps are so short that on a busy machine several threads mostly wait for each other.
    with threadpool_limits(1):
        found = model.fit_transform(landmarks)
    return np.asarray(found, dtype=np.float32)


def _among(vectors: Floats, landmarks: Floats, places: Floats) -> Floats:
    """Place tracks at the weighted mean of the landmarks most like them."""
    cosines = vectors @ landmarks.T
    nearest = np.argpartition(-cosines, min(NEIGHBOURS, len(landmarks)) - 1, axis=1)[:, :NEIGHBOURS]
    closeness = np.take_along_axis(cosines, nearest, axis=1)
    weights = np.exp((closeness - closeness.max(axis=1, keepdims=True)) / NEARNESS)
    weights /= weights.sum(axis=1, keepdims=True)
    return np.asarray((places[nearest] * weights[:, :, None]).sum(axis=1), dtype=np.float32)


def _scaled(places: Floats) -> Floats:
    """Move the map's middle to 0 and its farthest edge to 1, the same scale on both axes."""
    centred = places - (places.min(axis=0) + places.max(axis=0)) / 2
    farthest = np.abs(centred).max()
    return np.asarray(centred / (farthest if farthest > 0 else 1), dtype=np.float32)
