"""The numbers a model is fitted with; what they do is in `fitted`, the blocks and the terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any

from quintet.errors import TrainingError

COSINE = "CosineSimilarity"
EUCLIDEAN = "EuclideanDistance"
METRICS = (COSINE, EUCLIDEAN)
CONTENT, PLAIN = "content", "plain"
RECIPES = (CONTENT, PLAIN)

# Round numbers near what five tunings, each on four fifths of 451 real playlists, agreed on: docs/quality.md.
WEIGHTS: Mapping[str, float] = MappingProxyType(
    {
        "genres": 0.10,
        "scene": 0.12,
        "audio": 0.08,
        "artist": 0.17,
        "album": 0.17,
        "year": 0.13,
        "day": 0.11,
        "popularity": 0.12,
    }
)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """How a model is fitted and how it scores.

    Parameters
    ----------
    genre_weight, audio_weight : float
        Not negative, scaled to add up to 1. The plain recipe's two weights; the content recipe keeps its own
        balance of genres and sound at equal shares, and leans as far as these do.
    metric : str
        One of `METRICS`. The content recipe takes the mean cosine over the seeds in place of the cosine of
        their mean.
    unknown_quantile : float
        A track that lacks a block (no genres, say) is given the score that this share of the catalogue's
        genre sets (or of the tracks with audio) stays below: neither sunk nor lifted. Up to 0.9 it costs
        nothing in finding the rest of a playlist from five of its tracks; above, tracks of which nothing is
        known crowd out those known to fit.
    recipe : str
        "content": everything a track says about itself. "plain": genres and scaled audio features, 1:1, what
        one would write first; the reference of every comparison.
    weights : mapping of str to float
        The content recipe's terms, by name; 0 leaves a term out.

    Raises
    ------
    TrainingError
        If a value is out of range.
    """

    genre_weight: float = 0.5
    audio_weight: float = 0.5
    metric: str = COSINE
    unknown_quantile: float = 0.9
    recipe: str = CONTENT
    weights: Mapping[str, float] = field(default_factory=lambda: dict(WEIGHTS))

    def __post_init__(self) -> None:
        weights = (self.genre_weight, self.audio_weight)
        if min(weights) < 0 or not 0 < sum(weights) < float("inf"):
            raise TrainingError(f"block weights must not be negative, nor both 0: {weights}")
        if self.metric not in METRICS:
            raise TrainingError(f"unknown metric {self.metric!r}; one of {', '.join(METRICS)}")
        if not 0 <= self.unknown_quantile <= 1:
            raise TrainingError(f"unknown_quantile must lie between 0 and 1: {self.unknown_quantile}")
        if self.recipe not in RECIPES:
            raise TrainingError(f"unknown recipe {self.recipe!r}; one of {', '.join(RECIPES)}")
        self._check_weights()

    def _check_weights(self) -> None:
        if unknown := sorted(set(self.weights) - set(WEIGHTS)):
            raise TrainingError(f"unknown terms: {', '.join(unknown)}; there are {', '.join(WEIGHTS)}")
        if not self.weights or min(self.weights.values()) < 0 or not 0 < self._whole() < float("inf"):
            raise TrainingError(f"term weights must not be negative, nor all 0: {dict(self.weights)}")

    def _whole(self) -> float:
        return sum(self.weights.values())

    @property
    def genre_share(self) -> float:
        """The genre block's share of genres and audio together, 0–1."""
        return self.genre_weight / (self.genre_weight + self.audio_weight)

    def term_weights(self) -> dict[str, float]:
        """Return every term's weight by name, in the order of `WEIGHTS`; terms left out are missing."""
        genres, audio = self.genre_share, 1 - self.genre_share
        if self.recipe == PLAIN:
            weights = {"genres": genres, "audio": audio}
        else:
            lean = {"genres": 2 * genres, "scene": 2 * genres, "audio": 2 * audio}
            weights = {name: self.weights.get(name, 0.0) * lean.get(name, 1.0) for name in WEIGHTS}
        return {name: weight for name, weight in weights.items() if weight > 0}

    def as_dict(self) -> dict[str, Any]:
        """Return the parameters by name, as kept in the manifest."""
        return asdict(self)
