"""All of docker-compose.yml, built and started once for every test here, and removed with its volumes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.compose.containers import Containers
from tests.e2e.conftest import browser, open_page, visitors

__all__ = ["browser", "open_page", "visitors"]


@pytest.fixture(scope="session")
def containers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Containers]:
    """Everything, with the demo catalogue and the sources' stand-ins; nothing of it is left afterwards."""
    project = Containers.in_folder(tmp_path_factory.mktemp("compose"))
    project.compose("down", "--volumes", "--remove-orphans")
    try:
        took_s = project.up("--build")
        print(f"\nbuilt and started in {took_s:.0f} s")  # noqa: T201
        yield project
    finally:
        project.compose("down", "--volumes", "--remove-orphans", timeout_s=180)
