"""What a training may be told, and what it reports; plain values. Nothing is trained here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from quintet.errors import TrainingError
from quintet.model.config import CONTENT, COSINE, METRICS, RECIPES
from quintet.model.evaluation.lone_tracks import KS, QUERIES

LISTS = 200
MAX_K = 200


@dataclass(frozen=True, slots=True)
class TrainOptions:
    """What a training may be told.

    Parameters
    ----------
    genre_weight : float
        Share of the genre block in a score, 0–1; the rest is the audio block's.
    metric : str
        How the served model compares, one of `model.config.METRICS`; all of them are evaluated.
    ks : tuple of int
        List lengths to evaluate, each 1–200; the middle one gives the headline metrics.
    test_tracks : int
        How many tracks to evaluate with, at least 1; never more than a fifth of the catalogue.
    promote : bool
        Whether the new version becomes the champion if the gate lets it; it is registered either way.
    force : bool
        Whether it becomes the champion although the gate refuses it.
    recipe : str
        One of `model.config.RECIPES`.
    lists : int
        How many playlists to hold out for the comparison and the gate, at least 1.
    rerank : bool
        Whether to learn from playlists too, where there are enough and it surely helps.

    Raises
    ------
    TrainingError
        A value is out of range.
    """

    genre_weight: float = 0.5
    metric: str = COSINE
    ks: tuple[int, ...] = KS
    test_tracks: int = QUERIES
    promote: bool = True
    force: bool = False
    recipe: str = CONTENT
    lists: int = LISTS
    rerank: bool = True

    def __post_init__(self) -> None:
        if not 0 <= self.genre_weight <= 1:
            raise TrainingError(f"genre_weight must lie between 0 and 1: {self.genre_weight}")
        if self.metric not in METRICS:
            raise TrainingError(f"unknown metric {self.metric!r}; one of {', '.join(METRICS)}")
        if not self.ks or not all(1 <= k <= MAX_K for k in self.ks):
            raise TrainingError(f"list lengths must lie between 1 and {MAX_K}: {self.ks}")
        if self.test_tracks < 1 or self.lists < 1:
            raise TrainingError(f"test_tracks and lists must be at least 1: {self.test_tracks}, {self.lists}")
        if self.recipe not in RECIPES:
            raise TrainingError(f"unknown recipe {self.recipe!r}; one of {', '.join(RECIPES)}")

    @property
    def headline_k(self) -> int:
        """The list length whose metrics stand for the model."""
        ordered = sorted(self.ks)
        return ordered[len(ordered) // 2]


@dataclass(frozen=True, slots=True)
class TrainReport:
    """What a training came to; plain values, fit for JSON.

    Parameters
    ----------
    version, run_id : str
        In the registry.
    promoted : bool
        Whether this version is now served.
    verdict : str
        What the gate says of it, with its reasons.
    tracks : int
        Size of the catalogue it was fitted to.
    fingerprint : str
        Of the snapshot.
    metrics : mapping of str to float
        Headline metrics.
    seconds : mapping of str to float
        Wall-clock time by step, in order.
    """

    version: str
    run_id: str
    promoted: bool
    verdict: str
    tracks: int
    fingerprint: str
    metrics: Mapping[str, float]
    seconds: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Return the report by name."""
        return asdict(self)
