"""The hot swap: what is swapped in, what is refused, and what happens while MLflow is away."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.errors import NoModelError
from quintet.ports import CHAMPION

Artifacts = Callable[..., Path]


class CountingRegistry(InMemoryRegistry):
    """Counts downloads."""

    downloads = 0

    def download(self, version: str, folder: Path) -> Path:
        self.downloads += 1
        return super().download(version, folder)


@pytest.fixture
def registry(tmp_path: Path) -> CountingRegistry:
    return CountingRegistry(tmp_path / "registry")


def damage(registry: InMemoryRegistry, version: str) -> None:
    """Change one byte of a version where the registry keeps it."""
    path = registry._folder / version / "model" / "audio_vectors.npy"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)


def test_without_a_champion_there_is_no_model(holder: ModelHolder) -> None:
    holder.refresh()
    with pytest.raises(NoModelError):
        holder.current()
    assert holder.registry_answers


def test_the_champion_is_fetched_once(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact())
    holder.refresh()
    holder.refresh()
    assert holder.current().version.version == "1"
    assert (holder.swaps, registry.downloads) == (1, 1)


def test_a_moved_alias_swaps_the_model(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact())
    holder.refresh()
    register(registry, make_artifact(count=50), promote=False)
    holder.refresh()
    assert holder.current().version.version == "1"
    registry.set_alias(CHAMPION, "2")
    holder.refresh()
    assert (holder.current().version.version, holder.current().catalogue_size) == ("2", 50)


def test_a_rollback_needs_no_download(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact())
    holder.refresh()
    register(registry, make_artifact(count=50))
    holder.refresh()
    registry.set_alias(CHAMPION, "1")
    holder.refresh()
    assert holder.current().catalogue_size == 300
    assert registry.downloads == 2


def test_a_damaged_version_is_refused_and_the_old_one_stays(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts, models_dir: Path
) -> None:
    register(registry, make_artifact())
    holder.refresh()
    register(registry, make_artifact(count=50))
    damage(registry, "2")
    holder.refresh()
    assert holder.current().version.version == "1"
    assert holder.failed_swaps == 1
    assert not list(models_dir.glob("v2-*"))


def test_a_refused_version_is_tried_again_later_and_later(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts, clock: Callable[[], float]
) -> None:
    register(registry, make_artifact(count=50))
    damage(registry, "1")
    tries_at = []
    for second in range(0, 200, 5):
        clock.now_s, before = second, registry.downloads
        holder.refresh()
        if registry.downloads > before:
            tries_at.append(second)
    assert tries_at == [0, 10, 30, 70, 150]


def test_a_mended_version_is_served_in_the_end(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts, clock: Callable[[], float]
) -> None:
    register(registry, make_artifact(count=50))
    damage(registry, "1")
    holder.refresh()
    damage(registry, "1")  # the same bit flips back
    clock.now_s = 1000.0
    holder.refresh()
    assert holder.current().catalogue_size == 50


def test_a_better_version_is_taken_at_once_after_a_refused_one(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact(count=50))
    damage(registry, "1")
    holder.refresh()
    register(registry, make_artifact())
    holder.refresh()
    assert holder.current().version.version == "2"


def test_a_version_that_cannot_be_downloaded_is_not_asked_for_again_at_once(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact())
    (registry._folder / "1" / "model").rename(registry._folder / "gone")
    holder.refresh()
    holder.refresh()
    assert registry.downloads == 1
    assert holder.failed_swaps == 1


def test_the_old_model_serves_while_mlflow_is_away(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact())
    holder.refresh()
    registry.broken = True
    holder.refresh()
    assert holder.current().version.version == "1"
    assert not holder.registry_answers
    assert holder.failed_swaps == 0


def test_a_fresh_process_serves_the_last_good_copy_without_mlflow(
    make_holder: Callable[[], ModelHolder], registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    version = register(registry, make_artifact())
    make_holder().refresh()
    registry.broken = True
    fresh = make_holder()
    fresh.open_last_good()
    fresh.refresh()
    assert fresh.current().version.version == "1"
    assert fresh.current().version.created_at == version.created_at


def test_a_fresh_process_serves_the_version_last_served_not_the_newest_copy(
    make_holder: Callable[[], ModelHolder], registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    first = make_holder()
    for count in (300, 50):
        register(registry, make_artifact(count=count))
        first.refresh()
    registry.set_alias(CHAMPION, "1")
    first.refresh()
    fresh = make_holder()
    fresh.open_last_good()
    assert fresh.current().version.version == "1"


def test_a_damaged_local_copy_gives_way_to_the_next(
    make_holder: Callable[[], ModelHolder],
    registry: CountingRegistry,
    make_artifact: Artifacts,
    models_dir: Path,
) -> None:
    first = make_holder()
    for count in (300, 50):
        register(registry, make_artifact(count=count))
        first.refresh()
    (copy,) = models_dir.glob("v2-*")
    (copy / "artifact" / "audio_vectors.npy").write_bytes(b"")
    fresh = make_holder()
    fresh.open_last_good()
    assert fresh.current().version.version == "1"
    fresh.refresh()
    assert fresh.current().version.version == "2"


def test_an_old_model_is_let_go_when_its_last_request_ends(
    holder: ModelHolder, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    register(registry, make_artifact())
    holder.refresh()
    in_flight = holder.current()
    old = weakref.ref(in_flight.recommender)
    register(registry, make_artifact(count=50))
    holder.refresh()
    assert in_flight.recommend(["t00000"], 3)[0]
    assert old() is not None
    del in_flight
    gc.collect()
    assert old() is None


def test_a_fault_while_looking_does_not_end_the_watch(
    models_dir: Path, registry: CountingRegistry, make_artifact: Artifacts
) -> None:
    import time

    calls = []

    def connect() -> InMemoryRegistry:
        calls.append(1)
        if len(calls) < 3:
            raise RuntimeError("cannot even connect")
        return registry

    from quintet.model.artifact import verify

    register(registry, make_artifact(count=50))
    holder = ModelHolder(connect, ModelFiles(models_dir, verify), poll_interval_s=0.01)
    holder.start()
    deadline = time.monotonic() + 10
    while holder.peek() is None and time.monotonic() < deadline:
        time.sleep(0.01)
    holder.stop()
    assert holder.current().catalogue_size == 50
