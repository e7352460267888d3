"""A training from snapshot to alias, with a store and a registry in memory; everything between is real."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.fakes.feedback_store import MemoryFeedback
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.track_store import FrameStore, invented_tracks

from quintet.errors import RegistryError, TrainingError
from quintet.jobs.train import TrainOptions, TrainReport, train
from quintet.model.recommender import Recommender
from quintet.ports import PREVIOUS, Training
from quintet.ports.feedback import Rating, ServedRequest

OPTIONS = TrainOptions(test_tracks=10)


class AttentiveRegistry(InMemoryRegistry):
    """Looks at what it is given while the files are still there, and can break at the last moment."""

    breaks_on_alias = False

    def record(self, training: Training):  # type: ignore[no-untyped-def]
        self.attachments = {
            path.relative_to(training.attachments).as_posix(): path.read_bytes()
            for path in training.attachments.rglob("*")
            if path.is_file()
        }
        return super().record(training)

    def set_alias(self, alias: str, version: str) -> None:
        if self.breaks_on_alias:
            raise RegistryError("the registry does not answer")
        super().set_alias(alias, version)


@pytest.fixture
def registry(tmp_path: Path) -> AttentiveRegistry:
    return AttentiveRegistry(tmp_path / "registry")


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> tuple[AttentiveRegistry, TrainReport]:
    """One training for every test that only looks at it."""
    registry = AttentiveRegistry(tmp_path_factory.mktemp("registry"))
    return registry, run(registry)


def run(registry: InMemoryRegistry, options: TrainOptions = OPTIONS, tracks: int = 60) -> TrainReport:
    return train(FrameStore(invented_tracks(tracks)), registry, registry, options, lambda *_: None)  # type: ignore[arg-type]


def test_a_training_registers_a_champion_that_recommends(
    trained: tuple[AttentiveRegistry, TrainReport], tmp_path: Path
) -> None:
    registry, report = trained
    champion = registry.champion()
    assert champion is not None
    assert champion.version == report.version == "1"
    found = Recommender.open(registry.download("1", tmp_path / "copy")).recommend(["t00000", "t00010"], 10)
    assert [item.rank for item in found.items] == list(range(1, 11))


def test_the_old_champion_becomes_previous(registry: AttentiveRegistry) -> None:
    run(registry)
    run(registry)
    assert registry.champion().version == "2"  # type: ignore[union-attr]
    assert registry.aliased(PREVIOUS).version == "1"  # type: ignore[union-attr]


def test_a_training_that_shall_not_promote_is_registered_without_an_alias(
    registry: AttentiveRegistry,
) -> None:
    report = run(registry, replace(OPTIONS, promote=False))
    assert not report.promoted
    assert registry.champion() is None
    assert [version.version for version in registry.versions()] == ["1"]


def test_both_metrics_and_every_list_length_are_a_child_run(
    trained: tuple[AttentiveRegistry, TrainReport],
) -> None:
    registry, _ = trained
    children = registry.trainings[0].children
    assert [(child.params["metric"], child.params["k"]) for child in children] == [
        *(("CosineSimilarity", k) for k in (3, 5, 7)),
        *(("EuclideanDistance", k) for k in (3, 5, 7)),
    ]
    shared = {"genre_precision", "catalogue_coverage", "intra_list_diversity"}
    assert set(children[0].metrics) == shared | {"avg_test_similarity"}
    assert set(children[-1].metrics) == shared | {"avg_test_distance"}


def test_the_headline_metrics_are_those_of_the_served_configuration(registry: AttentiveRegistry) -> None:
    report = run(registry, replace(OPTIONS, metric="EuclideanDistance", ks=(9, 2, 4)))
    child = next(c for c in registry.trainings[0].children if c.name == "EuclideanDistance, k=4")
    assert report.metrics == child.metrics


def test_a_training_attaches_a_profile_and_three_plots(
    trained: tuple[AttentiveRegistry, TrainReport],
) -> None:
    registry, report = trained
    assert set(registry.attachments) == {
        "data_profile.json",
        "data_profile.md",
        "model_card.md",
        "plots/feature_distributions.png",
        "plots/feature_correlations.png",
        "plots/catalogue_map.png",
    }
    assert all(
        content.startswith(b"\x89PNG") for name, content in registry.attachments.items() if "png" in name
    )
    profile = json.loads(registry.attachments["data_profile.json"])
    assert profile["fingerprint"] == report.fingerprint
    assert profile["counts"]["tracks"] == 60


def test_the_same_catalogue_gives_the_same_fingerprint_and_metrics(registry: AttentiveRegistry) -> None:
    first, second = run(registry), run(registry)
    assert (first.fingerprint, first.metrics) == (second.fingerprint, second.metrics)


def test_the_examples_are_tracks_of_the_catalogue(registry: AttentiveRegistry) -> None:
    run(registry, tracks=3)
    assert sorted(registry.trainings[0].example) == ["t00000", "t00001", "t00002"]


def test_listeners_ratings_stand_beside_the_offline_metrics(registry: AttentiveRegistry) -> None:
    feedback, now = MemoryFeedback(), datetime.now(UTC)
    feedback.record([ServedRequest("r", now, "ann", 1, ("s",), ("a",), ("1",), ("1",))])
    feedback.rate(Rating("r", "a", 4, False, False, "ann", now))
    store = FrameStore(invented_tracks(60))
    train(store, registry, registry, OPTIONS, lambda *_: None, feedback)  # type: ignore[arg-type]
    metrics = registry.trainings[-1].run.metrics
    assert (metrics["ratings/v1/mean"], metrics["ratings/v1/count"]) == (4.0, 1.0)
    assert "fitting_s" in metrics


def test_an_empty_catalogue_is_said_so_and_registers_nothing(registry: AttentiveRegistry) -> None:
    with pytest.raises(TrainingError, match="catalogue import"):
        run(registry, tracks=0)
    assert list(registry.versions()) == []


def test_a_registry_that_does_not_answer_is_found_out_before_the_catalogue_is_read(
    registry: AttentiveRegistry,
) -> None:
    registry.broken = True
    steps: list[str] = []
    with pytest.raises(RegistryError):
        train(
            FrameStore(invented_tracks(30)), registry, registry, OPTIONS, lambda what, *_: steps.append(what)
        )  # type: ignore[arg-type]
    assert steps == ["looking for MLflow"]


def test_a_failed_promotion_leaves_the_champion_and_the_next_training_mends_it(
    registry: AttentiveRegistry,
) -> None:
    run(registry)
    registry.breaks_on_alias = True
    with pytest.raises(RegistryError):
        run(registry)
    assert registry.champion().version == "1"  # type: ignore[union-attr]
    registry.breaks_on_alias = False
    run(registry)
    assert registry.champion().version == "3"  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "wrong",
    [
        {"genre_weight": -0.1},
        {"genre_weight": 1.1},
        {"genre_weight": float("nan")},
        {"ks": ()},
        {"ks": (0, 3)},
        {"ks": (201,)},
        {"metric": "Manhattan"},
        {"test_tracks": 0},
    ],
)
def test_options_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(TrainingError):
        TrainOptions(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("weight", [0.0, 1.0])
def test_one_block_alone_can_be_trained(registry: AttentiveRegistry, weight: float) -> None:
    assert run(registry, replace(OPTIONS, genre_weight=weight)).version == "1"


def test_a_report_is_fit_for_json(trained: tuple[AttentiveRegistry, TrainReport]) -> None:
    _, report = trained
    assert json.loads(json.dumps(report.as_dict()))["version"] == "1"
    assert sum(report.seconds.values()) >= report.seconds["all"] > 0
