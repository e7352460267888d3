"""`quintet models promote | rollback | challenge`: which version is served, and which is tried beside it."""

from __future__ import annotations

from quintet.errors import RegistryError
from quintet.ports import CHALLENGER, CHAMPION, PREVIOUS, ModelRegistry, ModelVersion


def promote(registry: ModelRegistry, version: str) -> ModelVersion:
    """Make a version the champion; the old champion becomes `previous`.

    `previous` moves first: broken off between the two, a rollback leads to what is still being served.
    Promoting the champion changes nothing, so that doing it twice does not lose what a rollback leads to.

    Raises
    ------
    RegistryError
        There is no such version, or the registry does not answer.
    """
    old = registry.champion()
    if old is not None and old.version == version:
        return old
    _require(registry, version)
    if old is not None:
        registry.set_alias(PREVIOUS, old.version)
    registry.set_alias(CHAMPION, version)
    challenger = registry.aliased(CHALLENGER)
    if challenger is not None and challenger.version == version:  # its trial is over
        registry.unset_alias(CHALLENGER)
    return _require_champion(registry)


def rollback(registry: ModelRegistry) -> ModelVersion:
    """Make the previous version the champion again; the two change places, so that a rollback can be undone.

    Raises
    ------
    RegistryError
        There is nothing to go back to, or the registry does not answer.
    """
    previous, champion = registry.aliased(PREVIOUS), registry.champion()
    if previous is None:
        raise RegistryError("there is no previous model to roll back to: see `quintet models`")
    if champion is not None and champion.version == previous.version:
        raise RegistryError(f"version {previous.version} is both champion and previous: promote another one")
    return promote(registry, previous.version)


def challenge(registry: ModelRegistry, version: str) -> None:
    """Put a version on trial: the API serves it beside the champion.

    Raises
    ------
    RegistryError
        There is no such version, it is the champion, there is no champion, or the registry does not answer.
    """
    champion = registry.champion()
    if champion is None:
        raise RegistryError("there is no champion to challenge: promote a version first")
    if champion.version == version:
        raise RegistryError(f"version {version} is the champion: a trial needs another version")
    _require(registry, version)
    registry.set_alias(CHALLENGER, version)


def end_trial(registry: ModelRegistry) -> None:
    """Serve the champion alone; nothing is done where there is no challenger."""
    registry.unset_alias(CHALLENGER)


def versions_on_trial(registry: ModelRegistry) -> tuple[str, str]:
    """Return the versions of champion and challenger; raise RegistryError where one is missing."""
    champion, challenger = registry.champion(), registry.aliased(CHALLENGER)
    if champion is None or challenger is None:
        raise RegistryError("there is no challenger: `quintet models challenge VERSION` begins a trial")
    return champion.version, challenger.version


def _require(registry: ModelRegistry, version: str) -> None:
    known = [found.version for found in registry.versions()]
    if version not in known:
        listed = ", ".join(known[:10]) or "none yet: run `quintet train`"
        raise RegistryError(f"there is no version {version!r}; versions, newest first: {listed}")


def _require_champion(registry: ModelRegistry) -> ModelVersion:
    champion = registry.champion()
    if champion is None:
        raise RegistryError("the alias was set and is gone: is someone else promoting?")
    return champion
