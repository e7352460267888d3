"""The numbers a model is fitted with; what they do is in `genres`, `audio`, `space` and `terms`."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from quintet.errors import TrainingError

COSINE = "CosineSimilarity"
EUCLIDEAN = "EuclideanDistance"
METRICS = (COSINE, EUCLIDEAN)


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """How a model is fitted and how it scores.

    Parameters
    ----------
    genre_weight, audio_weight : float
        Shares of the two blocks in a score; not negative, scaled to add up to 1.
    metric : str
        One of `METRICS`.
    unknown_quantile : float
        A track that lacks a block (no genres, say) is given the score that this share of the catalogue's
        genre sets (or of the tracks with audio) stays below: neither sunk nor lifted. Up to 0.9 it costs
        nothing in finding the rest of a playlist from five of its tracks; above, tracks of which nothing is
        known crowd out those known to fit.

    Raises
    ------
    TrainingError
        If a value is out of range.
    """

    genre_weight: float = 0.5
    audio_weight: float = 0.5
    metric: str = COSINE
    unknown_quantile: float = 0.9

    def __post_init__(self) -> None:
        weights = (self.genre_weight, self.audio_weight)
        if min(weights) < 0 or not 0 < sum(weights) < float("inf"):
            raise TrainingError(f"block weights must not be negative, nor both 0: {weights}")
        if self.metric not in METRICS:
            raise TrainingError(f"unknown metric {self.metric!r}; one of {', '.join(METRICS)}")
        if not 0 <= self.unknown_quantile <= 1:
            raise TrainingError(f"unknown_quantile must lie between 0 and 1: {self.unknown_quantile}")

    @property
    def genre_share(self) -> float:
        """The genre block's share of a score, 0–1."""
        return self.genre_weight / (self.genre_weight + self.audio_weight)

    def as_dict(self) -> dict[str, str | float]:
        """Return the parameters by name, as logged with a training and kept in the manifest."""
        return asdict(self)
