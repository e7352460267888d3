"""A fitted model in memory: two blocks of vectors, the tracks they belong to, and how they were made.

Made by `features.fit` or read by `artifact.load`; used by `recommender`, `search_index` and `evaluation`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from quintet.model.audio import AudioBlock
from quintet.model.config import ModelConfig
from quintet.model.genres import GenreBlock
from quintet.model.terms import AudioTerm, GenreTerm, Term
from quintet.model.tracks import TrackTable


@dataclass(frozen=True, eq=False)
class FittedModel:
    """All a recommender needs; arrays may be memory-mapped.

    Parameters
    ----------
    config : ModelConfig
        How it was fitted and how it scores.
    tracks : TrackTable
        n tracks, ordered by track id.
    genres : GenreBlock
        Vectors of the distinct genre sets.
    audio : AudioBlock
        A vector for every track.
    fingerprint : str
        Of the data set it was fitted to.
    """

    config: ModelConfig
    tracks: TrackTable
    genres: GenreBlock
    audio: AudioBlock
    fingerprint: str

    def terms(self) -> tuple[Term, ...]:
        """Return the parts of a score; their weights add up to 1."""
        share, metric, quantile = self.config.genre_share, self.config.metric, self.config.unknown_quantile
        return (
            GenreTerm(self.genres, share, metric, quantile),
            AudioTerm(self.audio, 1.0 - share, metric, quantile),
        )

    def with_metric(self, metric: str) -> FittedModel:
        """Return the same vectors compared by another metric."""
        return replace(self, config=replace(self.config, metric=metric))
