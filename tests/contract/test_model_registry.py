"""What every ModelRegistry with its RunTracker promises: the fake in memory and a real MLflow alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from tests.fakes.model_registry import InMemoryRegistry

from quintet.adapters.mlflow_registry.registry import MlflowRegistry
from quintet.adapters.mlflow_registry.tracker import MlflowTracker
from quintet.errors import RegistryError
from quintet.ports import CHALLENGER, CHAMPION, PREVIOUS, ModelVersion, TrainedRun, Training


@pytest.fixture(params=["in memory", "mlflow"])
def registry_and_tracker(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Any, Any]:
    if request.param == "in memory":
        registry = InMemoryRegistry(tmp_path / "registry")
        return registry, registry
    uri = request.getfixturevalue("mlflow_uri")
    name = f"contract-{uuid4().hex}"
    return MlflowRegistry(uri, model_name=name), MlflowTracker(uri, experiment_name=name, model_name=name)


@pytest.fixture
def registry(registry_and_tracker: tuple[Any, Any]) -> Any:
    return registry_and_tracker[0]


@pytest.fixture
def record(registry_and_tracker: tuple[Any, Any], tmp_path: Path) -> Callable[..., ModelVersion]:
    def record(**metrics: float) -> ModelVersion:
        folder = tmp_path / uuid4().hex
        (folder / "artifact" / "search").mkdir(parents=True)
        (folder / "artifact" / "vectors.npy").write_bytes(b"\x00\x01" * 1000)
        (folder / "artifact" / "search" / "index.json").write_text('{"tracks": 3}')
        (folder / "attachments").mkdir()
        (folder / "attachments" / "profile.json").write_text("{}")
        training = Training(
            run=TrainedRun("training", {"genre_weight": 0.5}, {"fitting_s": 1.5}),
            headline=metrics or {"genre_precision": 0.75},
            children=[TrainedRun("CosineSimilarity, k=3", {"k": 3}, {"avg_test_similarity": 0.9})],
            attachments=folder / "attachments",
            artifact=folder / "artifact",
            example=["a", "b"],
            tags={"fingerprint": "f00"},
        )
        version: ModelVersion = registry_and_tracker[1].record(training)
        return version

    return record


def test_an_empty_registry_has_no_champion_and_no_versions(registry: Any) -> None:
    assert registry.champion() is None
    assert list(registry.versions()) == []


def test_a_recorded_training_is_a_version_without_aliases(registry: Any, record: Any) -> None:
    recorded = record(genre_precision=0.25)
    assert registry.champion() is None
    (listed,) = registry.versions()
    assert listed == recorded
    assert listed.aliases == ()
    assert listed.metrics == {"genre_precision": 0.25}
    assert listed.tags["fingerprint"] == "f00"
    assert listed.created_at.tzinfo is not None


def test_an_alias_is_found_again_and_moves(registry: Any, record: Any) -> None:
    first, second = record(), record()
    registry.set_alias(CHAMPION, first.version)
    assert registry.champion().version == first.version
    registry.set_alias(CHAMPION, second.version)
    assert registry.champion().version == second.version
    assert registry.champion().aliases == (CHAMPION,)
    assert registry.aliased(PREVIOUS) is None


def test_an_alias_taken_away_is_gone_and_may_be_taken_away_again(registry: Any, record: Any) -> None:
    registry.set_alias(CHALLENGER, record().version)
    for _ in range(2):
        registry.unset_alias(CHALLENGER)
        assert registry.aliased(CHALLENGER) is None
    (listed,) = registry.versions()
    assert listed.aliases == ()


def test_the_list_of_versions_tells_their_aliases(registry: Any, record: Any) -> None:
    first, second, third = record(), record(), record()
    for alias, version in ((CHAMPION, third), (PREVIOUS, first)):
        registry.set_alias(alias, version.version)
    assert {version.version: version.aliases for version in registry.versions()} == {
        third.version: (CHAMPION,),
        second.version: (),
        first.version: (PREVIOUS,),
    }


def test_versions_come_newest_first_by_number(registry: Any, record: Any) -> None:
    numbers = [record().version for _ in range(3)]
    assert [version.version for version in registry.versions()] == numbers[::-1]


def test_a_version_downloads_as_it_was_recorded(registry: Any, record: Any, tmp_path: Path) -> None:
    version = record().version
    folder = registry.download(version, tmp_path / "copy")
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == {
        "vectors.npy",
        "search/index.json",
    }
    assert (folder / "vectors.npy").read_bytes() == b"\x00\x01" * 1000


@pytest.mark.parametrize("number", ["99", "latest", "-1", "1; drop"])
def test_an_alias_cannot_point_at_a_version_that_is_not_there(
    registry: Any, record: Any, number: str
) -> None:
    record()
    with pytest.raises(RegistryError):
        registry.set_alias(CHAMPION, number)
    assert registry.champion() is None


def test_a_version_that_is_not_there_cannot_be_downloaded(registry: Any, tmp_path: Path) -> None:
    with pytest.raises(RegistryError):
        registry.download("7", tmp_path / "copy")
