"""Tracks by group: the distinct artists, release dates and album titles of a catalogue. The batch side's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.preprocessing import normalize

from quintet.data.names import fold
from quintet.model.album_term import AlbumBlock
from quintet.model.dates import day_of, year_of
from quintet.model.learning import words
from quintet.model.near_term import NumberBlock
from quintet.model.sparse_rows import SparseRows

LEAST_TRACKS, LARGEST_SHARE = 2, 0.2  # of a word of album titles: rarer tells nothing, commoner little


def group_artists(names: Sequence[str]) -> NDArray[np.int32]:
    """Return the artist of every track by folded name, int32, shape (n,); 0 where there is no name."""
    return _group([fold(name) for name in names])[0]


def group_dates(release_dates: Sequence[str]) -> tuple[NumberBlock, NumberBlock]:
    """Return release years, and days (counted from year 1) where the date is whole, over the same groups."""
    of_row, dates = _group(release_dates)
    years, days = map(year_of, dates), map(day_of, dates)
    return _numbers(years, of_row), _numbers(days, of_row)


def group_albums(titles: Sequence[str]) -> AlbumBlock:
    """Return TF-IDF vectors of the distinct album titles; document frequencies count tracks."""
    of_row, albums = _group(titles)
    nothing = AlbumBlock(of_row, SparseRows(csr_matrix(np.zeros((len(albums), 0), dtype=np.float32))))
    try:
        present = CountVectorizer(analyzer=words, binary=True, dtype=np.float32).fit_transform(albums)
    except ValueError:  # scikit-learn's word for an empty vocabulary
        return nothing
    tracks = np.bincount(of_row, minlength=len(albums))
    frequency = np.asarray(present.T @ tracks)
    telling = (frequency >= LEAST_TRACKS) & (frequency <= LARGEST_SHARE * len(titles))
    if not telling.any():
        return nothing
    idf = np.log((1 + len(titles)) / (1 + frequency[telling])) + 1
    vectors = csr_matrix(normalize(present[:, telling] @ diags(idf)), dtype=np.float32)
    vectors.sort_indices()
    return AlbumBlock(of_row, SparseRows(vectors))


def _group(texts: Sequence[str]) -> tuple[NDArray[np.int32], list[str]]:
    """Return each text's number among the distinct ones, sorted, and those; the empty text is number 0."""
    codes, distinct = pd.factorize(np.array(["", *texts], dtype=object), sort=True)
    return codes[1:].astype(np.int32), [str(text) for text in distinct]


def _numbers(values: Iterable[int | None], of_row: NDArray[np.int32]) -> NumberBlock:
    found = np.array([-1 if value is None else value for value in values], dtype=np.int32)
    return NumberBlock(found, found >= 0, of_row)
