"""The stand-ins for Spotify, ReccoBeats and Deezer on a port of this process, and a way to command them."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import requests
import uvicorn

from quintet.fakes.server import create_fakes
from quintet.fakes.world import World

SECRET = "a-secret-nobody-may-see"


@dataclass(frozen=True)
class Outside:
    """The world outside Quintet."""

    url: str
    world: World

    def control(self, **body: object) -> dict[str, Any]:
        answer = requests.post(f"{self.url}/control", json=body, timeout=10)
        answer.raise_for_status()
        return answer.json()

    @property
    def asked(self) -> list[str]:
        return list(self.control()["asked"])

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SPOTIPY_CLIENT_ID": "an-invented-id",
            "SPOTIPY_CLIENT_SECRET": SECRET,
            "SPOTIFY_API_URL": f"{self.url}/spotify",
            "SPOTIFY_ACCOUNTS_URL": f"{self.url}/accounts",
            "RECCOBEATS_API_URL": f"{self.url}/reccobeats",
            "DEEZER_API_URL": f"{self.url}/deezer",
        }


@contextmanager
def running_outside(world: World) -> Iterator[Outside]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(create_fakes(world), port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    try:
        yield Outside(f"http://127.0.0.1:{port}", world)
    finally:
        server.should_exit = True
        thread.join(5)
