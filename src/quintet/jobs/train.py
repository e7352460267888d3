"""`quintet train`: snapshot, fit, evaluate, write the artifact, record and register it, promote.

How each step is done lives in `data`, `model` and the adapters; this is their order, and what is said of it.
Nothing is registered before the artifact has answered, and no alias moves before the version is whole: a
training that failed can simply run again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from quintet.data import profile
from quintet.data.dataset import Dataset, build_dataset
from quintet.errors import TrainingError
from quintet.jobs.gatekeeping import judge
from quintet.jobs.promote import promote
from quintet.jobs.ratings import rating_metrics
from quintet.model import artifact, plots
from quintet.model.config import CONTENT, COSINE, METRICS, RECIPES, ModelConfig
from quintet.model.evaluation.lone_tracks import KS, QUERIES, Evaluation, evaluate
from quintet.model.evaluation.protocol import Protocol, held_out
from quintet.model.evaluation.table import compare
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.gate import Verdict
from quintet.model.map_layout import lay_out
from quintet.model.recommender import Recommender
from quintet.ports import ModelRegistry, ModelVersion, Progress, RunTracker, TrackStore, TrainedRun, Training
from quintet.ports.feedback import FeedbackStore

EXAMPLE_SEEDS = 5
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


def train(
    store: TrackStore,
    tracker: RunTracker,
    registry: ModelRegistry,
    options: TrainOptions,
    progress: Progress,
    feedback: FeedbackStore | None = None,
) -> TrainReport:
    """Train a model on all that the store holds, register it, promote it if `options` and the gate say so.

    The ratings of `feedback`, by model version, are recorded beside the offline metrics.

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
    dataset, protocol = _snapshot(store, options, clock)
    with TemporaryDirectory(prefix="quintet-training-") as temporary:
        training = _prepare(dataset, protocol, options, Path(temporary), clock)
        with clock.step("passing the gate"):
            challenger = Recommender.open(training.artifact)
            verdict = judge(registry, challenger, protocol, Path(temporary) / "champion")
        training = _completed(training, _verdict_tags(verdict, options), feedback)
        with clock.step("recording in MLflow"):
            version = tracker.record(training)
    promoted = options.promote and (verdict.passed or options.force)
    if promoted:
        with clock.step("promoting"):
            promote(registry, version.version)
    return _report(version, dataset, promoted, verdict, clock)


def _completed(training: Training, tags: Mapping[str, str], feedback: FeedbackStore | None) -> Training:
    """Return a training with more tags, and with listeners' ratings beside its metrics."""
    rated = {} if feedback is None else rating_metrics(feedback)
    run = replace(training.run, metrics={**training.run.metrics, **rated})
    return replace(training, run=run, tags={**training.tags, **tags})


def _verdict_tags(verdict: Verdict, options: TrainOptions) -> dict[str, str]:
    """Return what is kept with the version of what the gate said."""
    forced = {"forced": "true"} if options.promote and options.force and not verdict.passed else {}
    word = "passed" if verdict.passed else "refused"
    return {"verdict": word, "verdict_reasons": "; ".join(verdict.reasons), **forced}


def _snapshot(store: TrackStore, options: TrainOptions, clock: _Clock) -> tuple[Dataset, Protocol]:
    with clock.step("reading the catalogue"):
        tracks = store.tracks()
    if tracks.empty:
        raise TrainingError("the catalogue is empty: run `quintet catalogue import PATH…` first")
    with clock.step("grouping recordings"):
        dataset = build_dataset(tracks)
    return dataset, held_out(dataset.tracks, store.playlists()).sample(options.lists)


def _prepare(
    dataset: Dataset, protocol: Protocol, options: TrainOptions, folder: Path, clock: _Clock
) -> Training:
    """Fit, evaluate, draw and write: everything that is recorded, with nothing recorded yet."""
    config = ModelConfig(
        options.genre_weight, 1 - options.genre_weight, options.metric, recipe=options.recipe
    )
    with clock.step("fitting"):
        fitted = fit(dataset, config)
    with clock.step("laying out the map"):
        fitted = replace(fitted, places=lay_out(fitted))
    children = _evaluations(fitted, options, clock)
    headline = _headline(children, options)
    with clock.step("drawing"):
        _attach(dataset, fitted, folder / "attachments")
    headline = {**headline, **_compare(fitted, protocol, folder / "attachments", clock)}
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


def _compare(fitted: FittedModel, protocol: Protocol, folder: Path, clock: _Clock) -> Mapping[str, float]:
    """Write the table of held-out lists and return the model's own line; nothing where there is no list."""
    if not protocol.lists:
        return {}
    with clock.step("comparing"):
        found = compare(fitted, protocol, progress=lambda done, of: clock.progress("comparing", done, of))
        (folder / "quality.md").write_text(found.as_markdown(), "utf-8")
        (folder / "quality.json").write_text(json.dumps(found.as_dict(), indent=1), "utf-8")
        plots.quality(found).savefig(folder / "plots" / "quality.png", dpi=90)
    return found.metrics()


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
        "recipe": options.recipe,
        "lists": options.lists,
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
        "catalogue_map": plots.catalogue_map(fitted.places, dataset.tracks),
    }
    for name, figure in figures.items():
        figure.savefig(folder / "plots" / f"{name}.png", dpi=90)


def _report(
    version: ModelVersion, dataset: Dataset, promoted: bool, verdict: Verdict, clock: _Clock
) -> TrainReport:
    seconds = clock.seconds
    return TrainReport(
        version=version.version,
        run_id=version.run_id,
        promoted=promoted,
        verdict=str(verdict),
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
