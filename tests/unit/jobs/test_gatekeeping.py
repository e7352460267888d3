"""The gate in a training, and the way back from a promotion that was forced; store and registry in memory."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.scenes import scene_playlists, scene_tracks
from tests.fakes.track_store import FrameStore

from quintet.jobs import train as training
from quintet.jobs.promote import rollback
from quintet.jobs.train import TrainOptions, TrainReport, train
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender

TRACKS = scene_tracks()
PLAYLISTS = scene_playlists(TRACKS)
SEEDS = ["s0a1n0", "s0a2n1", "s0a4n2", "s0a5n3", "s0a7n4"]


def run(registry: InMemoryRegistry, tracks: pd.DataFrame, *, force: bool = False) -> TrainReport:
    options = TrainOptions(test_tracks=10, recipe="plain", force=force)
    return train(FrameStore(tracks, PLAYLISTS), registry, registry, options, lambda *_: None)  # type: ignore[arg-type]


def shuffled() -> pd.DataFrame:
    """The same tracks with each other's genres."""
    return TRACKS.assign(genres=TRACKS["genres"].sample(frac=1, random_state=1).to_numpy())


def answer(registry: InMemoryRegistry, folder: Path) -> object:
    """What a listener gets from the champion."""
    champion = registry.champion()
    assert champion is not None
    folder.mkdir()
    return Recommender.open(registry.download(champion.version, folder)).recommend(SEEDS, 20)


@pytest.fixture
def registry(tmp_path: Path) -> InMemoryRegistry:
    registry = InMemoryRegistry(tmp_path / "registry")
    run(registry, TRACKS)
    return registry


def test_a_first_model_passes_and_its_verdict_is_kept(registry: InMemoryRegistry) -> None:
    champion = registry.champion()
    assert champion is not None
    assert champion.tags["verdict"] == "passed"


def test_shuffled_genres_are_registered_with_the_reason_and_not_served(registry: InMemoryRegistry) -> None:
    report = run(registry, shuffled())
    assert not report.promoted
    assert "below the tolerance" in report.verdict
    newest, champion = registry.versions()[0], registry.champion()
    assert newest.version == report.version
    assert newest.tags["verdict"] == "refused"
    assert "below the tolerance" in newest.tags["verdict_reasons"]
    assert champion is not None
    assert champion.version != newest.version


def test_a_catalogue_shrunk_to_a_tenth_is_refused(registry: InMemoryRegistry) -> None:
    report = run(registry, TRACKS.sample(frac=0.1, random_state=2))
    assert not report.promoted
    assert "it knows 64 tracks, not 640" in report.verdict


def test_a_model_with_nan_is_refused_by_the_gate_and_the_champion_answers_on(
    registry: InMemoryRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fit that goes wrong for every seventh track."""
    before = answer(registry, tmp_path / "before")
    monkeypatch.setattr(training, "fit", lambda *given: with_nan(fit(*given)))
    report = run(registry, TRACKS)
    assert report.verdict.startswith("refused: scores are not finite numbers for ")
    assert not report.promoted
    assert registry.versions()[0].tags["verdict_reasons"].startswith("scores are not finite numbers for ")
    assert answer(registry, tmp_path / "after") == before


def with_nan(good: FittedModel) -> FittedModel:
    vectors = good.audio.unit_vectors.copy()
    vectors[::7] = np.nan
    return replace(good, audio=replace(good.audio, unit_vectors=vectors))


def test_a_rollback_after_a_forced_promotion_brings_the_old_answers_back(
    registry: InMemoryRegistry, tmp_path: Path
) -> None:
    before = answer(registry, tmp_path / "before")
    assert run(registry, shuffled(), force=True).promoted
    assert registry.versions()[0].tags["forced"] == "true"
    assert answer(registry, tmp_path / "forced") != before
    rollback(registry)  # type: ignore[arg-type]
    assert answer(registry, tmp_path / "after") == before  # every score and contribution, bit for bit
