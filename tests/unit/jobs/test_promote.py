"""Promotion and rollback, on the registry in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.fakes.model_registry import InMemoryRegistry

from quintet.errors import RegistryError
from quintet.jobs.promote import challenge, end_trial, promote, rollback, versions_on_trial
from quintet.ports import CHALLENGER, PREVIOUS, TrainedRun, Training


@pytest.fixture
def registry(tmp_path: Path) -> InMemoryRegistry:
    """Three versions, none promoted."""
    registry = InMemoryRegistry(tmp_path / "registry")
    (tmp_path / "artifact").mkdir()
    run = TrainedRun("run", {}, {})
    for _ in range(3):
        registry.record(Training(run, {}, [], tmp_path, tmp_path / "artifact", []))
    return registry


def aliases(registry: InMemoryRegistry) -> tuple[str | None, str | None]:
    champion, previous = registry.champion(), registry.aliased(PREVIOUS)
    return champion and champion.version, previous and previous.version


def test_the_first_champion_has_no_previous(registry: InMemoryRegistry) -> None:
    assert promote(registry, "1").aliases == ("champion",)
    assert aliases(registry) == ("1", None)


def test_the_old_champion_becomes_previous(registry: InMemoryRegistry) -> None:
    promote(registry, "1")
    promote(registry, "3")
    assert aliases(registry) == ("3", "1")


def test_promoting_the_champion_again_keeps_previous(registry: InMemoryRegistry) -> None:
    promote(registry, "1")
    promote(registry, "2")
    promote(registry, "2")
    assert aliases(registry) == ("2", "1")


def test_a_rollback_can_be_undone(registry: InMemoryRegistry) -> None:
    promote(registry, "1")
    promote(registry, "2")
    assert rollback(registry).version == "1"
    assert aliases(registry) == ("1", "2")
    rollback(registry)
    assert aliases(registry) == ("2", "1")


def test_a_rollback_needs_a_previous_version(registry: InMemoryRegistry) -> None:
    with pytest.raises(RegistryError, match="no previous model"):
        rollback(registry)
    promote(registry, "1")
    with pytest.raises(RegistryError, match="no previous model"):
        rollback(registry)
    assert aliases(registry) == ("1", None)


@pytest.mark.parametrize("version", ["9", "", "latest", "01"])
def test_promoting_an_unknown_version_moves_nothing_and_names_the_known(
    registry: InMemoryRegistry, version: str
) -> None:
    promote(registry, "1")
    with pytest.raises(RegistryError, match="3, 2, 1"):
        promote(registry, version)
    assert aliases(registry) == ("1", None)


def test_a_version_on_trial_is_challenger_until_the_trial_ends(registry: InMemoryRegistry) -> None:
    promote(registry, "1")
    challenge(registry, "2")
    assert versions_on_trial(registry) == ("1", "2")
    challenge(registry, "3")
    assert versions_on_trial(registry) == ("1", "3")
    for _ in range(2):
        end_trial(registry)
        with pytest.raises(RegistryError, match="no challenger"):
            versions_on_trial(registry)


def test_a_promoted_challenger_is_no_longer_on_trial(registry: InMemoryRegistry) -> None:
    promote(registry, "1")
    challenge(registry, "2")
    promote(registry, "3")
    assert versions_on_trial(registry) == ("3", "2")
    promote(registry, "2")
    assert registry.aliased(CHALLENGER) is None


@pytest.mark.parametrize(
    ("champion", "version", "why"),
    [(None, "2", "no champion"), ("2", "2", "is the champion"), ("1", "9", "newest first: 3, 2, 1")],
)
def test_what_cannot_be_put_on_trial_is_refused_and_moves_nothing(
    registry: InMemoryRegistry, champion: str | None, version: str, why: str
) -> None:
    if champion:
        promote(registry, champion)
    with pytest.raises(RegistryError, match=why):
        challenge(registry, version)
    assert registry.aliased(CHALLENGER) is None
