"""A training that has playlists to learn from: what it keeps, what it says of it, and what the gate does."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from tests.fakes.feedback_store import MemoryFeedback
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.scenes import playlists_by_fame, scene_tracks
from tests.fakes.track_store import FrameStore

from quintet.jobs.train import TrainOptions, TrainReport, train
from quintet.jobs.training import lessons
from quintet.model.recommender import Recommender
from quintet.ports import Training, Watch
from quintet.ports.feedback import Rating, ServedRequest

TRACKS = scene_tracks()
PLAYLISTS = playlists_by_fame(TRACKS)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


class KeepsAttachments(InMemoryRegistry):
    """Remembers what is watched, and the names and texts of what is attached, while the files are there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.watched: list[str] = []

    @contextmanager
    def watching(self) -> Iterator[Watch]:
        yield self._watch

    @contextmanager
    def _watch(self, name: str) -> Iterator[None]:
        self.watched.append(f"{name} begins")
        yield
        self.watched.append(f"{name} ends")

    def record(self, training: Training):  # type: ignore[no-untyped-def]
        files = [path for path in training.attachments.rglob("*") if path.is_file()]
        self.names = {path.relative_to(training.attachments).as_posix() for path in files}
        self.card = (training.attachments / "model_card.md").read_text("utf-8")
        return super().record(training)


def run(registry: InMemoryRegistry, rerank: bool = True) -> TrainReport:
    options = TrainOptions(test_tracks=10, lists=40, rerank=rerank)
    return train(FrameStore(TRACKS, PLAYLISTS), registry, registry, options, lambda *_: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[KeepsAttachments, TrainReport]:
    registry = KeepsAttachments(tmp_path_factory.mktemp("registry"))
    return registry, run(registry)


def test_the_re_ranker_is_served_and_the_version_says_so(
    trained: tuple[KeepsAttachments, TrainReport], tmp_path: Path
) -> None:
    registry, report = trained
    champion = registry.champion()
    assert champion is not None
    assert champion.tags["reranker"].startswith("kept: nDCG@10 +")
    assert champion.metrics["reranker_gain_low"] > 0
    opened = Recommender.open(registry.download("1", tmp_path / "copy"))
    assert opened.model.reranker is not None
    assert report.metrics["ndcg_at_10"] == champion.metrics["ndcg_at_10"]


def test_every_way_of_ranking_is_a_child_run_with_intervals(
    trained: tuple[KeepsAttachments, TrainReport],
) -> None:
    registry, report = trained
    ways = {
        run.params["ranked_by"]: run for run in registry.trainings[0].children if "ranked_by" in run.params
    }
    assert {"plain 1:1", "the model", "the model, re-ranked"} <= set(ways)
    best = ways["the model, re-ranked"].metrics
    assert best["ndcg_at_10"] == report.metrics["ndcg_at_10"]
    assert best["ndcg_at_10_low"] < best["ndcg_at_10"] < best["ndcg_at_10_high"]
    assert best["ndcg_at_10"] > ways["the model"].metrics["ndcg_at_10"]


def test_tables_plots_and_the_card_are_attached(trained: tuple[KeepsAttachments, TrainReport]) -> None:
    registry, report = trained
    assert {f"plots/{name}.png" for name in ("quality", "slices", "feature_importance", "catalogue_map")} <= (
        registry.names
    )
    assert "quality.md" in registry.names
    table = registry.trainings[0].tables["quality"]
    assert table["ranked by"][-1] == "the model, re-ranked"
    assert table["nDCG@10"][-1] == round(report.metrics["ndcg_at_10"], 4)
    assert table["nDCG@10, from"][-1] < table["nDCG@10"][-1] < table["nDCG@10, to"][-1]
    assert {len(column) for column in table.values()} == {len(table["ranked by"])}
    assert registry.trainings[0].description == registry.card
    assert f"{report.metrics['ndcg_at_10']:.4f}" in registry.card
    assert all(
        word in registry.card for word in ("640 tracks", "Developer Policy", "kept: nDCG@10", "Limits")
    )


def test_the_growing_of_the_trees_is_watched_once(trained: tuple[KeepsAttachments, TrainReport]) -> None:
    assert trained[0].watched == [f"{lessons.WATCHED} begins", f"{lessons.WATCHED} ends"]


def test_an_equal_model_without_a_re_ranker_passes_since_models_are_compared_without(
    trained: tuple[KeepsAttachments, TrainReport],
) -> None:
    registry, _ = trained
    report = run(registry, rerank=False)
    assert report.promoted
    assert registry.versions()[0].tags["reranker"] == "left out: not wanted"


def test_ratings_count_once_there_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = TRACKS["track_id"].tolist()
    store = MemoryFeedback()
    store.record([ServedRequest("r1", NOON, "ann", 9, (ids[0],), tuple(ids[1:10]), ("1",) * 9, ("1",))])
    for number, track_id in enumerate(ids[1:10]):
        store.rate(Rating("r1", track_id, 1 + number % 5, False, False, "ann", NOON))
    assert lessons.rated_lists(store) == ()
    monkeypatch.setattr(lessons, "LEAST_RATINGS", 9)
    (found,) = lessons.rated_lists(store)
    assert found.seeds == (ids[0],)
    assert found.weight == 1
    assert np.bincount(list(found.grades.values())).tolist() == [2, 2, 2, 2, 1]
