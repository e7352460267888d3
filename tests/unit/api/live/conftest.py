"""An application that knows somebody outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.music import MemorySource, found, spotify_id
from tests.unit.api.conftest import Clock

from quintet.api.api import create_api
from quintet.api.live.songs import LiveSongs, Patience
from quintet.api.model_holder import ModelHolder

SOUND = {"danceability": 0.6, "energy": 0.7, "key": 5, "loudness": -6.0, "mode": 1, "speechiness": 0.05}
SOUND |= {"acousticness": 0.1, "instrumentalness": 0.0, "liveness": 0.1, "valence": 0.5, "tempo": 120.0}
NEW = found(
    spotify_id(1), "Zebra Parade", "Quagga", release_date="2026-11-01", album_name="Stripes", popularity=50
)


@pytest.fixture
def spotify() -> MemorySource:
    return MemorySource(known=(NEW,), genres={"id of Quagga": ("nu metal",)})


@pytest.fixture
def reccobeats() -> MemorySource:
    return MemorySource("reccobeats", features={NEW.track_id: SOUND})


@pytest.fixture
def live(spotify: MemorySource, reccobeats: MemorySource, clock: Clock) -> LiveSongs:
    # Longer than any answer here takes, shorter than any hang.
    return LiveSongs(spotify, spotify, (reccobeats,), Patience(0.5, 0.5), clock)


@pytest.fixture
def client(
    registry: InMemoryRegistry, holder: ModelHolder, make_artifact: Callable[..., Path], live: LiveSongs
) -> Iterator[TestClient]:
    register(registry, make_artifact())
    holder.refresh()
    with TestClient(create_api(holder, 5.0, live=live), raise_server_exceptions=False) as client:
        yield client
