"""An application around a small real model; no network, no waiting: tests look for models themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.api import create_api
from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.model.artifact import verify


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def registry(tmp_path: Path) -> InMemoryRegistry:
    return InMemoryRegistry(tmp_path / "registry")


@pytest.fixture
def models_dir(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def make_holder(registry: InMemoryRegistry, models_dir: Path, clock: Clock) -> Callable[[], ModelHolder]:
    """Make a holder as a fresh process has it, on the same folder and registry."""
    return lambda: ModelHolder(lambda: registry, ModelFiles(models_dir, verify), 5.0, clock)


@pytest.fixture
def holder(make_holder: Callable[[], ModelHolder]) -> ModelHolder:
    return make_holder()


@pytest.fixture
def client(
    registry: InMemoryRegistry, holder: ModelHolder, make_artifact: Callable[..., Path]
) -> Iterator[TestClient]:
    """A client of an application whose model is in place."""
    register(registry, make_artifact())
    holder.refresh()
    with TestClient(create_api(holder, 5.0), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client_without_model(holder: ModelHolder) -> Iterator[TestClient]:
    """A client of an application that has no model."""
    with TestClient(create_api(holder, 5.0), raise_server_exceptions=False) as client:
        yield client
