"""What a list is like as a whole: diversity, popularity, artists, novelty. In answers and evaluations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from quintet.model.audio import normalise
from quintet.model.fitted import FittedModel
from quintet.model.terms import Rows


@dataclass(frozen=True, slots=True)
class ListMetrics:
    """Of one list.

    Parameters
    ----------
    intra_list_diversity : float
        One minus the mean cosine of its pairs, genres and sound 1:1; 0 with fewer than two tracks.
    mean_popularity : float or None
        0–100, of the tracks whose popularity is known; None where it is of none.
    artists : int
        Different first artists.
    novelty : float
        Bits: the mean of -log2 of the share of the catalogue that is no more popular.
    """

    intra_list_diversity: float
    mean_popularity: float | None
    artists: int
    novelty: float


class ListMeter:
    """Measures lists of one catalogue.

    Parameters
    ----------
    model : FittedModel
        Of n tracks.
    """

    def __init__(self, model: FittedModel) -> None:
        self._model = model
        self._has_genres = bool((model.genres.set_of_row > 0).any())
        self._surprise = surprise(model.tracks.popularity, model.tracks.popularity)

    def measure(self, rows: Rows) -> ListMetrics:
        """Return what a list is like.

        Parameters
        ----------
        rows : int array, shape (k,)
            Its tracks; may be empty.
        """
        popularity = self._model.tracks.popularity[rows]
        known = popularity[~np.isnan(popularity)]
        return ListMetrics(
            intra_list_diversity=self._diversity(rows),
            mean_popularity=float(known.sum()) / len(known) if len(known) else None,
            artists=len(set(self._model.artists.of_row[rows].tolist())),
            novelty=float(self._surprise[rows].sum()) / len(rows) if len(rows) else 0.0,
        )

    def _diversity(self, rows: Rows) -> float:
        """Sum the cosines of all pairs at once: the square of the sum of unit vectors holds them."""
        if len(rows) < 2:
            return 0.0
        genres, audio, count = self._model.genres, self._model.audio, len(rows)
        sets, (sounds, lengths) = genres.set_of_row[rows], normalise(audio.scaled(rows))
        cosines = [_cosines_of_pairs(sounds.sum(axis=0), int(np.count_nonzero(lengths)))]
        if self._has_genres:
            cosines.append(_cosines_of_pairs(genres.vectors.mean(sets) * count, int(np.count_nonzero(sets))))
        return 1 - sum(cosines) / len(cosines) / (count * (count - 1))


def surprise(catalogue: NDArray[np.float32], popularity: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return popularity turned round: -log2 of the share of the catalogue less or equally popular, in bits.

    Parameters
    ----------
    catalogue : float32 array, shape (n,)
        Everyone's popularity; NaN where not known, which counts as least popular.
    popularity : float32 array, shape (k,)
        Of the tracks in question, which belong to the catalogue.
    """
    known = np.sort(np.nan_to_num(catalogue, nan=-1.0))
    at_most = np.searchsorted(known, np.nan_to_num(popularity, nan=-1.0), side="right")
    return np.asarray(-np.log2(at_most / len(known)), dtype=np.float32)


def _cosines_of_pairs(total: NDArray[np.float32], units: int) -> float:
    """Return the sum of the cosines of all ordered pairs of `units` unit vectors whose sum is `total`."""
    return float(total @ total) - units
