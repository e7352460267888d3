"""The stand-ins for Spotify, ReccoBeats and Deezer as a part of the stack: a crawl without an account."""

from __future__ import annotations

import sys
from collections.abc import Mapping

from quintet.settings import StandInSettings
from quintet.stack import probes
from quintet.stack.service import Service


def addresses(port: int, ui_port: int) -> dict[str, str]:
    """Return the settings that lead every part to the stand-ins, with an app they know; no real one's."""
    place = f"http://127.0.0.1:{port}"
    return {
        "SPOTIPY_CLIENT_ID": "an-invented-app",
        "SPOTIPY_CLIENT_SECRET": "an-invented-secret",
        "SPOTIPY_REDIRECT_URI": f"http://127.0.0.1:{ui_port}/",
        "SPOTIFY_API_URL": f"{place}/spotify",
        "SPOTIFY_ACCOUNTS_URL": f"{place}/accounts",
        "RECCOBEATS_API_URL": f"{place}/reccobeats",
        "DEEZER_API_URL": f"{place}/deezer",
    }


def service(settings: StandInSettings, env: Mapping[str, str]) -> Service:
    """Return the stand-ins; what they are asked and told to do wrong is at `/control`."""
    arguments = ("--port", str(settings.port), "--regime", settings.regime)
    return Service(
        name="stand-ins",
        command=(sys.executable, "-m", "quintet.fakes.server", *arguments),
        env=env,
        ready=probes.http(f"http://127.0.0.1:{settings.port}/control"),
        port=settings.port,
        port_setting="FAKE_SPOTIFY_PORT",
    )
