"""`quintet train`: snapshot, fit, learn, evaluate, write the artifact, record and register it, promote.

How each step is done lives in `jobs.training`, `model` and the adapters; this is their order.
Nothing is registered before the artifact has answered, and no alias moves before the version is whole: a
training that failed can simply run again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from quintet.data.dataset import Dataset, build_dataset
from quintet.errors import TrainingError
from quintet.jobs.gatekeeping import judge
from quintet.jobs.promote import promote
from quintet.jobs.ratings import rating_metrics
from quintet.jobs.training import lessons
from quintet.jobs.training.attachments import attach_catalogue, attach_quality
from quintet.jobs.training.card import model_card
from quintet.jobs.training.clock import Clock
from quintet.jobs.training.configurations import configurations, headline, ways_of_ranking
from quintet.jobs.training.lessons import Lessons
from quintet.jobs.training.options import TrainOptions, TrainReport
from quintet.model import artifact
from quintet.model.config import ModelConfig
from quintet.model.evaluation.protocol import Protocol, held_out
from quintet.model.evaluation.table import Comparison, compare
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.gate import Verdict
from quintet.model.map_layout import lay_out
from quintet.model.recommender import Recommender
from quintet.ports import (
    ModelRegistry,
    ModelVersion,
    Progress,
    RunTracker,
    TrackStore,
    TrainedRun,
    Training,
    Watch,
)
from quintet.ports.feedback import FeedbackStore

__all__ = ["TrainOptions", "TrainReport", "train"]

EXAMPLE_SEEDS = 5


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
    clock = Clock(progress)
    with clock.step("looking for MLflow"):
        tracker.check()
    dataset, playlists = _snapshot(store, clock)
    protocol = held_out(dataset.tracks, playlists).sample(options.lists)
    with tracker.watching() as watch, TemporaryDirectory(prefix="quintet-training-") as temporary:
        fitted, taken = _fit(dataset, playlists, options, clock, feedback, watch)
        training = _prepare(dataset, protocol, fitted, taken, options, Path(temporary), clock)
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


def _snapshot(store: TrackStore, clock: Clock) -> tuple[Dataset, pd.DataFrame]:
    with clock.step("reading the catalogue"):
        tracks, playlists = store.tracks(), store.playlists()
    if tracks.empty:
        raise TrainingError("the catalogue is empty: run `quintet catalogue import PATH…` first")
    with clock.step("grouping recordings"):
        return build_dataset(tracks), playlists


def _fit(
    dataset: Dataset,
    playlists: pd.DataFrame,
    options: TrainOptions,
    clock: Clock,
    feedback: FeedbackStore | None,
    watch: Watch,
) -> tuple[FittedModel, Lessons]:
    """Fit the model to the tracks, then have it learn from the playlists."""
    weight = options.genre_weight
    config = ModelConfig(weight, 1 - weight, options.metric, recipe=options.recipe)
    with clock.step("fitting"):
        fitted = fit(dataset, config)
    with clock.step("laying out the map"):
        fitted = replace(fitted, places=lay_out(fitted))
    if not options.rerank:
        return fitted, Lessons(None, "left out: not wanted")
    what = "learning from playlists"
    with clock.step(what):
        told = partial(clock.progress, what)
        taken = lessons.take(fitted, dataset, playlists, 0, told, feedback, watch)
    return taken.taught(fitted), taken


def _prepare(
    dataset: Dataset,
    protocol: Protocol,
    fitted: FittedModel,
    taken: Lessons,
    options: TrainOptions,
    folder: Path,
    clock: Clock,
) -> Training:
    """Evaluate, draw and write: everything that is recorded, with nothing recorded yet."""
    children = configurations(fitted, options, clock)
    metrics = {**headline(children, options), **taken.metrics()}
    with clock.step("drawing"):
        attach_catalogue(dataset, fitted, folder / "attachments")
    if (found := _compared(fitted, protocol, taken, clock)) is not None:
        attach_quality(found, taken.importance, folder / "attachments")
        children, metrics = [*children, *ways_of_ranking(found)], metrics | found.metrics()
    with clock.step("writing the artifact"):
        artifact.write(fitted, folder / "model", metrics)
    card = model_card(dataset, fitted, taken, found)
    (folder / "attachments" / "model_card.md").write_text(card, "utf-8")
    example = _example(fitted)
    with clock.step("asking the artifact"):
        artifact.verify(folder / "model")
        Recommender.open(folder / "model").recommend(example, options.headline_k)
    run = TrainedRun(
        name=f"{dataset.fingerprint[:8]}, {len(dataset.tracks)} tracks",
        params=_params(dataset, options) | {"reranker": taken.said},
        metrics={**metrics, **clock.metrics()},
    )
    tags = {"fingerprint": dataset.fingerprint, "tracks": str(len(dataset.tracks)), "metric": options.metric}
    tags |= {"reranker": taken.said}
    tables = {} if found is None else {"quality": found.as_columns()}
    return Training(
        run, metrics, children, folder / "attachments", folder / "model", example, tags, card, tables
    )


def _compared(fitted: FittedModel, protocol: Protocol, taken: Lessons, clock: Clock) -> Comparison | None:
    """Return the table of held-out lists; None where there is no list."""
    if not protocol.lists:
        return None
    with clock.step("comparing"):
        return compare(
            fitted,
            protocol,
            by_fold=taken.learnt.by_fold if taken.learnt is not None else {},
            progress=lambda done, of: clock.progress("comparing", done, of),
        )


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


def _report(
    version: ModelVersion, dataset: Dataset, promoted: bool, verdict: Verdict, clock: Clock
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
