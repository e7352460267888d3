"""The stand-ins as one application: `python -m quintet.fakes.server --port 8900 --regime dev_2026`.

Spotify's Web API answers under `/spotify`, its accounts under `/accounts`, then `/reccobeats` and `/deezer`;
`/control` takes regime, faults, quotas, delay and day as JSON, and tells what was asked.
"""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from quintet.fakes import accounts, deezer, listeners, reccobeats, spotify
from quintet.fakes.faults import Faults, apply_control
from quintet.fakes.regime import REGIMES
from quintet.fakes.world import World


class _WithoutTrailingSlash:
    """Clients ask for `/v1/tracks/?ids=…` and `/v1/tracks?ids=…` alike."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and len(scope["path"]) > 1:
            scope = {**scope, "path": scope["path"].rstrip("/")}
        await self.app(scope, receive, send)


def create_fakes(world: World | None = None, regime: str = "dev_2026") -> Starlette:
    """Return the application.

    Parameters
    ----------
    world : World or None
        What there is to be found; None: two thousand tracks.
    regime : str
        A name in `regime.REGIMES`.
    """
    parts: dict[str, list[Any]] = {
        "/spotify": [*spotify.ROUTES, *listeners.ROUTES],
        "/accounts": accounts.ROUTES,
        "/reccobeats": reccobeats.ROUTES,
        "/deezer": deezer.ROUTES,
    }
    app = Starlette(routes=[Route("/control", apply_control, methods=["GET", "POST"])])
    app.add_middleware(_WithoutTrailingSlash)
    for prefix, routes in parts.items():
        part = Starlette(routes=routes)
        part.state = app.state  # one switchboard for all
        app.router.routes.append(Mount(prefix, part))
    _equip(app, world or World(), regime)
    return app


def _equip(app: Starlette, world: World, regime: str) -> None:
    def use_regime(name: str) -> None:
        app.state.regime = REGIMES[name]

    def use_day(day: str) -> None:
        app.state.world = World(app.state.world.n_tracks, date.fromisoformat(day), app.state.world.seed)

    app.state.faults = Faults()
    app.state.accounts = accounts.Accounts()
    app.state.saved_playlists = {}
    app.state.world = world
    app.state.use_regime, app.state.use_day = use_regime, use_day
    use_regime(regime)


def main() -> None:
    """Serve the stand-ins until stopped."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8900)
    parser.add_argument("--regime", default="dev_2026", choices=sorted(REGIMES))
    parser.add_argument("--tracks", type=int, default=2_000)
    parser.add_argument("--today", type=date.fromisoformat, default=None, help="YYYY-MM-DD")
    options = parser.parse_args()
    world = World(options.tracks, options.today or date.today())  # noqa: DTZ011 (the day where it runs is meant)
    uvicorn.run(
        create_fakes(world, options.regime), host=options.host, port=options.port, log_level="warning"
    )


if __name__ == "__main__":
    main()
