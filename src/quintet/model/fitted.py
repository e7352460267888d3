"""A fitted model in memory: its blocks, the tracks they belong to, and how they were made.

Made by `features.fit` or read by `artifact.load`; used by `recommender`, `search_index` and `evaluation`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from quintet.model.album_term import AlbumBlock, AlbumTerm
from quintet.model.artist_terms import ArtistBlock, SameArtistTerm, SceneTerm
from quintet.model.audio import AudioBlock
from quintet.model.audio_term import AudioTerm
from quintet.model.config import COSINE, PLAIN, ModelConfig
from quintet.model.genre_term import GenreTerm
from quintet.model.genres import GenreBlock
from quintet.model.near_term import NearTerm, NumberBlock
from quintet.model.reranking import Reranker
from quintet.model.terms import FAME, MEAN, TIME, Term
from quintet.model.tracks import TrackTable

YEARS, DAYS, POINTS = 10, 100, 25  # the differences at which likeness has fallen to 1/e


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
    artists : ArtistBlock
        Every track's first artist.
    albums : AlbumBlock
        The words of every track's album.
    years, days : NumberBlock
        Release year, and day where it is known; both by distinct release date.
    fingerprint : str
        Of the data set it was fitted to.
    places : float32 array, shape (n, 2) or (0, 2)
        Where every track stands on the taste map (see `map_layout`); none where no map was made.
    reranker : Reranker or None
        What playlists taught on top of this config's scores; None where nothing was, or not for sure.
    """

    config: ModelConfig
    tracks: TrackTable
    genres: GenreBlock
    audio: AudioBlock
    artists: ArtistBlock
    albums: AlbumBlock
    years: NumberBlock
    days: NumberBlock
    fingerprint: str
    places: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 2), dtype=np.float32))
    reranker: Reranker | None = None

    def without_playlists(self) -> FittedModel:
        """Return the same model without what playlists taught."""
        return replace(self, reranker=None)

    def terms(self) -> tuple[Term, ...]:
        """Return the parts of a score whose weight is not 0; only the ratio of the weights matters."""
        weights, config = self.config.term_weights(), self.config
        metric = MEAN if config.recipe != PLAIN and config.metric == COSINE else config.metric
        everything: dict[str, Term] = {
            "genres": GenreTerm(self.genres, weights.get("genres", 0), metric, config.unknown_quantile),
            "scene": SceneTerm(self.artists, weights.get("scene", 0)),
            "audio": AudioTerm(self.audio, weights.get("audio", 0), metric, config.unknown_quantile),
            "artist": SameArtistTerm(self.artists, weights.get("artist", 0), self.tracks.first_artists),
            "album": AlbumTerm(self.albums, weights.get("album", 0), self.tracks.album_name),
            "year": NearTerm(self.years, weights.get("year", 0), YEARS, TIME, "year"),
            "day": NearTerm(self.days, weights.get("day", 0), DAYS, TIME, "day"),
            "popularity": NearTerm(
                _popularity(self.tracks), weights.get("popularity", 0), POINTS, FAME, FAME
            ),
        }
        return tuple(everything[name] for name in weights)

    def with_config(self, config: ModelConfig) -> FittedModel:
        """Return the same vectors, scored by another config of the same recipe, without a re-ranker."""
        return replace(self, config=config, reranker=None)

    def with_metric(self, metric: str) -> FittedModel:
        """Return the same vectors compared by another metric, without a re-ranker."""
        return self.with_config(replace(self.config, metric=metric))


def _popularity(tracks: TrackTable) -> NumberBlock:
    """Return popularity by its 101 values; group 0 is "not known"."""
    values = np.arange(-1, 101, dtype=np.int32)
    known = values >= 0
    whole = np.clip(np.rint(np.nan_to_num(tracks.popularity, nan=-1.0)), -1, 100)
    return NumberBlock(values, known, (whole + 1).astype(np.int32))
