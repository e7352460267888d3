"""`quintet train`: snapshot, fit, evaluate, write the artifact, record and register it, promote.

How each step is done lives in `data`, `model` and the adapters; this is their order, and what is said of it.
Nothing is registered before the artifact has answered, and no alias moves before the version is whole: a
training that failed can simply run again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from quintet.data import profile
from quintet.data.dataset import Dataset, build_dataset
from quintet.errors import TrainingError
from quintet.jobs.promote import promote
from quintet.model import artifact, plots
from quintet.model.config import COSINE, METRICS, ModelConfig
from quintet.model.evaluation.lone_tracks import KS, QUERIES, Evaluation, evaluate
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender
from quintet.ports import ModelRegistry, ModelVersion, Progress, RunTracker, TrackStore, TrainedRun, Training

EXAMPLE_SEEDS = 5
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
        Whether the new version becomes the champion; it is registered either way.

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

    def __post_init__(self) -> None:
        if not 0 <= self.genre_weight <= 1:
            raise TrainingError(f"genre_weight must lie between 0 and 1: {self.genre_weight}")
        if self.metric not in METRICS:
            raise TrainingError(f"unknown metric {self.metric!r}; one of {', '.join(METRICS)}")
        if not self.ks or not all(1 <= k <= MAX_K for k in self.ks):
            raise TrainingError(f"list lengths must lie between 1 and {MAX_K}: {self.ks}")
        if self.test_tracks < 1:
            raise TrainingError(f"test_tracks must be at least 1: {self.test_tracks}")

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
    tracks: int
    fingerprint: str
    metrics: Mapping[str, float]
    seconds: Mapping[str, float]

    def as_dict(self) -> dict[str, Any]:
        """Return the report by name."""
        return asdict(self)


def train(
    store: TrackStore,
    tracker: RunTracker,
    registry: ModelRegistry,
    options: TrainOptions,
    progress: Progress,
) -> TrainReport:
    """Train a model on all that the store holds, register it, and promote it where `options` say so.

    Raises
    ------
    TrainingError
        The catalogue is empty, or no model can be fitted to it; nothing was registered.
    StoreError, RegistryError
        PostgreSQL or MLflow did not do what was asked; no alias was moved.
    """
    clock = _Clock(progress)
    with clock.step("looking for MLflow"):
        tracker.check()
    dataset = _snapshot(store, clock)
    with TemporaryDirectory(prefix="quintet-training-") as temporary:
        training = _prepare(dataset, options, Path(temporary), clock)
        with clock.step("recording in MLflow"):
            version = tracker.record(training)
    if options.promote:
        with clock.step("promoting"):
            promote(registry, version.version)
    return _report(version, dataset, options, clock)


def _snapshot(store: TrackStore, clock: _Clock) -> Dataset:
    with clock.step("reading the catalogue"):
        tracks = store.tracks()
    if tracks.empty:
        raise TrainingError("the catalogue is empty: run `quintet catalogue import PATH…` first")
    with clock.step("grouping recordings"):
        return build_dataset(tracks)


def _prepare(dataset: Dataset, options: TrainOptions, folder: Path, clock: _Clock) -> Training:
    """Fit, evaluate, draw and write: everything that is recorded, with nothing recorded yet."""
    config = ModelConfig(options.genre_weight, 1 - options.genre_weight, options.metric)
    with clock.step("fitting"):
        fitted = fit(dataset, config)
    children = _evaluations(fitted, options, clock)
    headline = _headline(children, options)
    with clock.step("drawing"):
        _attach(dataset, fitted, folder / "attachments")
    with clock.step("writing the artifact"):
        artifact.write(fitted, folder / "model", headline)
    example = _example(fitted)
    with clock.step("asking the artifact"):
        artifact.verify(folder / "model")
        Recommender.open(folder / "model").recommend(example, options.headline_k)
    run = TrainedRun(
        name=f"{dataset.fingerprint[:8]}, {len(dataset.tracks)} tracks",
        params=_params(dataset, options),
        metrics={**headline, **{f"{_key(step)}_s": seconds for step, seconds in clock.seconds.items()}},
    )
    tags = {"fingerprint": dataset.fingerprint, "tracks": str(len(dataset.tracks)), "metric": options.metric}
    return Training(run, headline, children, folder / "attachments", folder / "model", example, tags)


def _evaluations(fitted: FittedModel, options: TrainOptions, clock: _Clock) -> list[TrainedRun]:
    """Return one run a configuration: every metric with every list length."""
    ks = sorted(set(options.ks))
    runs: list[TrainedRun] = []
    with clock.step("evaluating", len(METRICS)):
        for done, metric in enumerate(METRICS, start=1):
            found = evaluate(fitted, ks, [metric], queries=options.test_tracks)
            runs += [_child(configuration, options) for configuration in found]
            clock.progress("evaluating", done, len(METRICS))
    return runs


def _child(found: Evaluation, options: TrainOptions) -> TrainedRun:
    params: dict[str, str | int | float] = {
        "metric": found.metric,
        "k": found.k,
        "genre_weight": options.genre_weight,
        "test_tracks": options.test_tracks,
    }
    return TrainedRun(f"{found.metric}, k={found.k}", params, found.values)


def _headline(children: list[TrainedRun], options: TrainOptions) -> Mapping[str, float]:
    """Return the metrics of the configuration that is served, at the headline list length."""
    wanted = {"metric": options.metric, "k": options.headline_k}
    return next(child.metrics for child in children if wanted.items() <= child.params.items())


def _params(dataset: Dataset, options: TrainOptions) -> dict[str, str | int | float]:
    return {
        "genre_weight": options.genre_weight,
        "metric": options.metric,
        "ks": ",".join(map(str, options.ks)),
        "headline_k": options.headline_k,
        "test_tracks": options.test_tracks,
        "tracks": len(dataset.tracks),
        "fingerprint": dataset.fingerprint,
    }


def _example(fitted: FittedModel) -> list[str]:
    """Return the ids of the most popular tracks: the same five for the same catalogue."""
    rows = fitted.tracks.most_popular_first(range(len(fitted.tracks)))[:EXAMPLE_SEEDS]
    return [fitted.tracks.track_id[int(row)] for row in rows]


def _attach(dataset: Dataset, fitted: FittedModel, folder: Path) -> None:
    """Write the data profile and the plots."""
    (folder / "plots").mkdir(parents=True)
    found = profile.profile(dataset)
    (folder / "data_profile.json").write_text(json.dumps(found, indent=1, ensure_ascii=False), "utf-8")
    (folder / "data_profile.md").write_text(profile.as_markdown(found), "utf-8")
    figures = {
        "feature_distributions": plots.feature_distributions(dataset.tracks),
        "feature_correlations": plots.feature_correlations(dataset.tracks),
        "catalogue_map": plots.catalogue_map(fitted, dataset.tracks),
    }
    for name, figure in figures.items():
        figure.savefig(folder / "plots" / f"{name}.png", dpi=90)


def _report(version: ModelVersion, dataset: Dataset, options: TrainOptions, clock: _Clock) -> TrainReport:
    seconds = clock.seconds
    return TrainReport(
        version=version.version,
        run_id=version.run_id,
        promoted=options.promote,
        tracks=len(dataset.tracks),
        fingerprint=dataset.fingerprint,
        metrics=version.metrics,
        seconds={**seconds, "all": round(sum(seconds.values()), 3)},
    )


def _key(step: str) -> str:
    return step.replace(" ", "_")


@dataclass(slots=True)
class _Clock:
    """Says which step begins, and keeps how long each took."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, total: int = 1) -> Iterator[None]:
        self.progress(name, 0, total)
        started = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - started, 3)
        self.progress(name, total, total)
