"""What a catalogue teaches of itself: which sounds tell artists apart, and which genres a track would have.

The batch side's, numpy, scipy and scikit-learn. No playlist is read. `features` lays out what is learnt.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import ndtri
from scipy.stats import rankdata
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.preprocessing import normalize

Floats = NDArray[np.float64]
SHRINKAGE = 0.05  # of the within-artist covariance, towards a ball
LEAST_ARTISTS = 30  # below, neither metric nor scene can be learnt
SCENE_DIMENSIONS, TEXT_DIMENSIONS, WAVES = 32, 100, 300
WAVE_GAMMA, RIDGE, FOLDS, SEED = 0.03, 3.0, 5, 0
MAX_WORDS, SAMPLE, CHUNK = 20_000, 100_000, 20_000


def artist_axes(sounds: NDArray[np.float32], artists: NDArray[np.int32]) -> NDArray[np.float32]:
    """Learn the axes on which tracks of one artist lie together and those of strangers apart.

    Linear discriminant analysis with artists as classes: whiten the covariance within artists, then keep
    every axis by the share of its variance, l / (1 + l), that lies between artists.

    Parameters
    ----------
    sounds : float32 array, shape (n, 12)
        Scaled features.
    artists : int32 array, shape (n,)
        The artist of every track.

    Returns
    -------
    float32 array, shape (12, 12)
        To multiply scaled features by; the identity where there is too little to learn from.
    """
    size = sounds.shape[1]
    counts = np.bincount(artists)
    if (counts >= 2).sum() < LEAST_ARTISTS:
        return np.eye(size, dtype=np.float32)
    means = sums(sounds, artists) / np.maximum(counts, 1)[:, None]
    several = counts[artists] >= 2
    apart = (sounds - means[artists])[several].astype(np.float64)
    within = apart.T @ apart / (counts[counts >= 2] - 1).sum()
    ball = np.eye(size) * max(np.trace(within) / size, 1e-9)
    within = (1 - SHRINKAGE) * within + SHRINKAGE * ball
    variances, directions = np.linalg.eigh(within)
    whitening = directions / np.sqrt(variances) @ directions.T
    between = whitening @ (np.cov(sounds.T.astype(np.float64)) - within) @ whitening
    ratios, axes = np.linalg.eigh(between)
    ratios = np.maximum(ratios, 0)
    found = whitening @ axes * np.sqrt(ratios / (1 + ratios))
    return found.astype(np.float32) if found.any() else np.eye(size, dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Evidence:
    """What the scene of a track is told from; no genre is among it.

    Parameters
    ----------
    sounds : float32 array, shape (n, 12)
        Scaled audio features.
    numbers : float64 array, shape (n, c)
        Year, popularity, duration: whatever is a number; NaN where not known.
    texts : sequence of (title, album, artist), length n
        Their words.
    """

    sounds: NDArray[np.float32]
    numbers: Floats
    texts: Sequence[tuple[str, str, str]]


def artist_scenes(
    evidence: Evidence,
    artists: NDArray[np.int32],
    genre_vectors: csr_matrix[np.float32],
    set_of_row: NDArray[np.int32],
) -> NDArray[np.float32]:
    """Guess where every artist belongs among the genres, from all but the artist's own genres.

    Genre sets are embedded by a half-whitened truncated SVD over artists. Ridge regression with random
    Fourier features predicts a track's place from the evidence; it is cross-fitted over artists, so that no
    guess has seen its own artist's genres, and the guesses of an artist's tracks are added up.

    Parameters
    ----------
    evidence : Evidence
        Of every track.
    artists : int32 array, shape (n,)
        The artist of every track; 0 for none.
    genre_vectors : csr_matrix of float32, shape (s, t)
        Of the distinct genre sets, the empty one first.
    set_of_row : int32 array, shape (n,)
        The genre set of every track.

    Returns
    -------
    float32 array, shape (artists, d)
        L2-normalised; d is 0 where too few artists have genres.
    """
    count = int(artists.max(initial=0)) + 1
    known = set_of_row > 0
    firsts = np.unique(artists[known], return_index=True)[1]
    if len(firsts) < LEAST_ARTISTS or genre_vectors.shape[1] < 3:
        return np.zeros((count, 0), dtype=np.float32)
    places = _embed(genre_vectors, set_of_row[known][firsts])[set_of_row]
    guesses = _cross_fit(_Regressors(evidence), places, artists, known)
    return np.asarray(normalize(sums(guesses - guesses.mean(axis=0), artists)), dtype=np.float32)


def _embed(vectors: csr_matrix[np.float32], sets_of_artists: NDArray[np.int32]) -> NDArray[np.float32]:
    """Place genre sets, shape (s, d), so that sets whose genres occur together are near."""
    rows = vectors[sets_of_artists]
    svd = TruncatedSVD(min(SCENE_DIMENSIONS, min(rows.shape) - 1), random_state=SEED).fit(rows)
    spread = np.sqrt(np.maximum(svd.singular_values_, 1e-6))
    return np.asarray(normalize(svd.transform(vectors) / spread), dtype=np.float32)


class _Regressors:
    """Numbers, waves (random Fourier features) and words of every track, a chunk of rows at a time."""

    def __init__(self, evidence: Evidence) -> None:
        ranks = [normal_ranks(column) for column in evidence.numbers.T]
        self._numbers = np.column_stack([evidence.sounds, *ranks]).astype(np.float32)
        self._words = word_space(evidence.texts)
        random, width = np.random.default_rng(SEED), self._numbers.shape[1]
        self._waves = (random.normal(size=(width, WAVES)) * np.sqrt(2 * WAVE_GAMMA)).astype(np.float32)
        self._phases = random.uniform(0, 2 * np.pi, WAVES).astype(np.float32)

    def chunks(self) -> Iterator[tuple[slice, NDArray[np.float32]]]:
        """Yield rows and their regressors, shape (rows, p)."""
        for start in range(0, len(self._numbers), CHUNK):
            rows = slice(start, start + CHUNK)
            numbers = self._numbers[rows]
            waves = np.float32(np.sqrt(2 / WAVES)) * np.cos(numbers @ self._waves + self._phases)
            yield rows, np.hstack([numbers / 4, waves, self._words[rows]])


def _cross_fit(
    regressors: _Regressors,
    places: NDArray[np.float32],
    artists: NDArray[np.int32],
    known: NDArray[np.bool_],
) -> NDArray[np.float32]:
    """Predict every track's place by a ridge regression on other artists' tracks.

    A track counts by one over the root of its artist's number of tracks: many, but not in proportion.
    """
    weights = np.where(known, 1 / np.sqrt(np.bincount(artists)[artists]), 0.0).astype(np.float32)
    folds = (artists.astype(np.int64) * 2_654_435_761 % 2**32) % FOLDS
    moments = [_moments(regressors, places, np.where(folds == fold, weights, 0)) for fold in range(FOLDS)]
    solved = [_ridge([moments[other] for other in range(FOLDS) if other != fold]) for fold in range(FOLDS)]
    guesses = np.empty(places.shape, dtype=np.float32)
    for rows, values in regressors.chunks():
        for fold, (slopes, constant) in enumerate(solved):
            mine = folds[rows] == fold
            guesses[rows][mine] = values[mine] @ slopes + constant
    return guesses


def _moments(
    regressors: _Regressors, places: NDArray[np.float32], weights: NDArray[np.float32]
) -> tuple[Floats, Floats]:
    """Return the weighted second moments of regressors and 1, and their products with the places."""
    square, product = np.zeros(()), np.zeros(())
    for rows, values in regressors.chunks():
        counted = weights[rows] > 0
        one = np.hstack([values[counted], np.ones((int(counted.sum()), 1), np.float32)])
        weighted = one * weights[rows][counted, None]
        square, product = square + weighted.T @ one, product + weighted.T @ places[rows][counted]
    return square, product


def _ridge(moments: Sequence[tuple[Floats, Floats]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Solve for slopes, shape (p, d), and constant, shape (d,); the constant is not shrunk."""
    square = sum((moment[0] for moment in moments), np.zeros(()))
    product = sum((moment[1] for moment in moments), np.zeros(()))
    penalty = np.diag(np.array([RIDGE] * (len(square) - 1) + [1e-9]))
    solution = np.linalg.solve(square + penalty, product).astype(np.float32)
    return solution[:-1], solution[-1]


def normal_ranks(values: Floats) -> Floats:
    """Return values as normal scores of their ranks; 0, the middle, where not known."""
    known = ~np.isnan(values)
    scores = np.zeros(len(values))
    if known.any():
        scores[known] = ndtri((rankdata(values[known]) - 0.5) / known.sum())
    return scores


def word_space(texts: Sequence[tuple[str, str, str]]) -> NDArray[np.float32]:
    """Place tracks by the words and scripts of their titles, shape (n, d); d is 0 without common words."""
    vectorizer = TfidfVectorizer(
        analyzer=_tokens, min_df=5, max_df=0.3, max_features=MAX_WORDS, dtype=np.float32
    )
    sample = texts[:: -(-len(texts) // SAMPLE)]
    try:
        counted = vectorizer.fit_transform(sample)
    except ValueError:  # scikit-learn's word for an empty vocabulary
        return np.zeros((len(texts), 0), dtype=np.float32)
    size = min(TEXT_DIMENSIONS, min(counted.shape) - 1)
    if size < 1:
        return np.zeros((len(texts), 0), dtype=np.float32)
    svd = TruncatedSVD(size, random_state=SEED).fit(counted)
    return np.asarray(svd.transform(vectorizer.transform(texts)), dtype=np.float32)


def words(text: str) -> list[str]:
    """Return the distinct words of a text, folded to lower case and sorted."""
    return sorted(set(re.findall(r"\w+", text.casefold())))


def _tokens(texts: tuple[str, str, str]) -> list[str]:
    """Return the words of title and album, and the scripts and accented letters of all three texts."""
    title, album, artist = texts
    letters = {letter for letter in f"{title} {album} {artist}".casefold() if ord(letter) > 127}
    scripts = {_script(letter) for letter in letters if letter.isalpha()}
    return [*words(f"{title} {album}"), *sorted(scripts)]


@lru_cache(maxsize=4096)
def _script(letter: str) -> str:
    """Return the script of a letter; of a Latin letter itself, since accents tell languages apart."""
    script = unicodedata.name(letter, "unnamed").split(" ")[0].split("-")[0]
    return f"accent {letter}" if script == "LATIN" else f"script {script}"


def sums(values: NDArray[np.float32], groups: NDArray[np.int32]) -> Floats:
    """Return the sums of rows by group, shape (groups, columns)."""
    spread = csr_matrix((np.ones(len(groups)), (groups, np.arange(len(groups)))))
    return np.asarray(spread @ values, dtype=np.float64)
