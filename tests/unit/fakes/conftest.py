"""A running stand-in for each test of it, and a way to speak to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from starlette.testclient import TestClient

from quintet.fakes.server import create_fakes
from quintet.fakes.world import World


@dataclass
class Caller:
    """Asks the stand-ins as an app of one regime does."""

    http: TestClient
    world: World
    token: str = ""

    def use(self, regime: str, **control: object) -> None:
        self.http.post("/control", json={"regime": regime, **control}).raise_for_status()
        answer = self.http.post(
            "/accounts/api/token", data={"grant_type": "client_credentials"}, auth=("an-id", "a-secret")
        )
        self.token = answer.json()["access_token"]

    def get(self, path: str, **params: object):
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.http.get(f"/spotify/v1{path}", params=params, headers=headers)


@pytest.fixture
def caller() -> Iterator[Caller]:
    world = World(400, date(2026, 11, 20))
    with TestClient(create_fakes(world)) as http:
        caller = Caller(http, world)
        caller.use("dev_2026")
        yield caller
