"""The local copies: complete or absent, shared by processes, the last few kept."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.model_files import KEPT_VERSIONS, STALE_AFTER_S, ModelFiles
from quintet.errors import ArtifactError, RegistryError
from quintet.model.artifact import verify

Artifacts = Callable[..., Path]


@pytest.fixture
def files(models_dir: Path) -> ModelFiles:
    return ModelFiles(models_dir, verify)


def test_an_empty_or_missing_folder_holds_nothing(files: ModelFiles) -> None:
    assert files.last_good() == []
    files.prune()


def test_a_fetched_version_is_read_back_as_it_was(
    files: ModelFiles, registry: InMemoryRegistry, make_artifact: Artifacts
) -> None:
    version = register(registry, make_artifact(count=50))
    verify(files.fetch(version, registry))
    assert files.last_good() == [version]


def test_an_interrupted_download_leaves_nothing(
    files: ModelFiles, registry: InMemoryRegistry, make_artifact: Artifacts, models_dir: Path
) -> None:
    version = register(registry, make_artifact(count=50))
    registry.broken = True
    with pytest.raises(RegistryError):
        files.fetch(version, registry)
    assert list(models_dir.iterdir()) == []


def test_a_full_or_read_only_disk_is_told_in_our_words(
    tmp_path: Path, registry: InMemoryRegistry, make_artifact: Artifacts
) -> None:
    version = register(registry, make_artifact(count=50))
    (tmp_path / "a-file").write_text("in the way")
    with pytest.raises(RegistryError, match="cannot keep version 1"):
        ModelFiles(tmp_path / "a-file", verify).fetch(version, registry)


def test_several_processes_may_fetch_the_same_version_at_once(
    models_dir: Path, registry: InMemoryRegistry, make_artifact: Artifacts
) -> None:
    version = register(registry, make_artifact(count=50))
    with ThreadPoolExecutor(8) as pool:
        paths = list(pool.map(lambda _: ModelFiles(models_dir, verify).fetch(version, registry), range(8)))
    verify(paths[0])
    assert len(set(paths)) == 1
    assert [path.name for path in models_dir.iterdir()] == [paths[0].parent.name]


def test_a_registry_begun_anew_does_not_reuse_copies_of_the_old_one(
    files: ModelFiles, registry: InMemoryRegistry, make_artifact: Artifacts
) -> None:
    version = register(registry, make_artifact(count=50))
    other = replace(version, run_id="another-run")
    assert files.fetch(version, registry) != files.fetch(other, registry)


@pytest.mark.parametrize("number", ["../../etc", "latest", ""])
def test_a_version_that_is_no_number_never_becomes_a_path(
    files: ModelFiles, registry: InMemoryRegistry, make_artifact: Artifacts, number: str
) -> None:
    version = replace(register(registry, make_artifact(count=50)), version=number)
    with pytest.raises((ValueError, ArtifactError)):
        files.fetch(version, registry)


def test_the_last_few_versions_are_kept_and_the_served_one_always(
    files: ModelFiles, registry: InMemoryRegistry, make_artifact: Artifacts
) -> None:
    versions = [register(registry, make_artifact(count=50)) for _ in range(KEPT_VERSIONS + 2)]
    for version in versions:
        files.fetch(version, registry)
    files.remember(versions[0])
    files.prune()
    kept = [version.version for version in files.last_good()]
    assert kept == ["1", "5", "4"]


def test_only_old_leftovers_are_swept(files: ModelFiles, models_dir: Path) -> None:
    for name in (".incoming-old", ".incoming-new"):
        (models_dir / name).mkdir(parents=True)
    long_ago = time.time() - STALE_AFTER_S - 1
    os.utime(models_dir / ".incoming-old", (long_ago, long_ago))
    files.prune()
    assert [path.name for path in models_dir.iterdir()] == [".incoming-new"]


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": "x"}', "null", '{"version": 3}'])
def test_an_unreadable_note_of_the_champion_is_ignored(
    files: ModelFiles, registry: InMemoryRegistry, make_artifact: Artifacts, models_dir: Path, text: str
) -> None:
    version = register(registry, make_artifact(count=50))
    files.fetch(version, registry)
    (models_dir / "champion.json").write_text(text)
    assert files.last_good() == [version]
