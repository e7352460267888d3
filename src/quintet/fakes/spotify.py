"""The Web API's catalogue routes: tracks, artists, albums, features. See also `search` and `listeners`."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quintet.fakes import bodies
from quintet.fakes.guard import Handler, error, guarded, market_of, own_address, page_bounds
from quintet.fakes.regime import Regime
from quintet.fakes.search import search
from quintet.fakes.world import Track, World

_ID = re.compile(r"[0-9A-Za-z]{22}")


def one(kind: str, find: Callable[[Any, str], Any], body_of: Callable[[Any, Regime], Any]) -> Handler:
    """Return a route that answers one object by id."""

    async def route(request: Request) -> Response:
        item_id = request.path_params["item_id"]
        if not _ID.fullmatch(item_id):
            return error(400, "Invalid base62 id")
        found = find(request.app.state.world, item_id)
        if found is None:
            return error(404, f"Non existing id: 'spotify:{kind}:{item_id}'")
        return JSONResponse(body_of(found, request.app.state.regime))

    return route


def several(
    key: str,
    maximum: int,
    find: Callable[[Any, str], Any],
    body_of: Callable[[Any, Regime], Any],
    allowed: str,
    refusal: str | None,
) -> Handler:
    """Return a `?ids=` route: null for an unknown id, and a 403 where the regime has no such route."""

    async def route(request: Request) -> Response:
        regime: Regime = request.app.state.regime
        if not getattr(regime, allowed):
            return error(403, refusal)
        ids = [item_id for item_id in request.query_params.get("ids", "").split(",") if item_id]
        if len(ids) > maximum:
            return error(400, "Too many ids requested")
        if not ids or not all(_ID.fullmatch(item_id) for item_id in ids):
            return error(400, "Invalid base62 id")
        found = [find(request.app.state.world, item_id) for item_id in ids]
        return JSONResponse({key: [item and body_of(item, regime) for item in found]})

    return route


async def album_tracks(request: Request) -> Response:
    """Answer `/albums/{id}/tracks` with simplified tracks."""
    bounds = page_bounds(request, 50, 20)
    if isinstance(bounds, Response):
        return bounds
    state = request.app.state
    rows = [track for track in state.world.tracks if track.album_id == request.path_params["item_id"]]
    simplified = {"album", "external_ids", "popularity"}

    def body_of(track: Track) -> bodies.Body:
        body = bodies.full_track(track, state.regime)
        return {name: value for name, value in body.items() if name not in simplified}

    return JSONResponse(bodies.page(rows, own_address(request), market_of(request), *bounds, body_of))


async def new_releases(request: Request) -> Response:
    """Answer `/browse/new-releases`, which development-mode apps of 2026 no longer have."""
    state = request.app.state
    if not state.regime.new_releases:
        return error(403, "Forbidden")
    bounds = page_bounds(request, 50, 20)
    if isinstance(bounds, Response):
        return bounds
    newest = sorted(state.world.tracks, key=lambda track: track.release_date, reverse=True)[:100]
    body = bodies.page(
        newest, own_address(request), {}, *bounds, lambda track: bodies.album(track, state.regime)
    )
    return JSONResponse({"albums": body})


async def gone(request: Request) -> Response:
    """Answer what Spotify took away from new apps in November 2024: 404 with an empty body."""
    return Response(status_code=404)


def _track(world: World, item_id: str) -> Track | None:
    return world.track_by_id.get(item_id)


def _features_of(track: Track, regime: Regime) -> bodies.Body:
    return bodies.audio_features(track)


async def one_features(request: Request) -> Response:
    """Answer `/audio-features/{id}`, for apps that still may."""
    if not request.app.state.regime.audio_features:
        return error(403)
    return await one("track", _track, _features_of)(request)


def _artist(world: World, item_id: str) -> Any:
    return world.artist_by_id.get(item_id)


ROUTES = [
    Route("/v1/search", guarded("search", search)),
    Route(
        "/v1/tracks",
        guarded("tracks", several("tracks", 50, _track, bodies.full_track, "batch", "Forbidden")),
    ),
    Route("/v1/tracks/{item_id}", guarded("track", one("track", _track, bodies.full_track))),
    Route(
        "/v1/artists",
        guarded("artists", several("artists", 50, _artist, bodies.full_artist, "batch", "Forbidden")),
    ),
    Route("/v1/artists/{item_id}", guarded("artist", one("artist", _artist, bodies.full_artist))),
    Route("/v1/artists/{item_id}/related-artists", guarded("related", gone)),
    Route("/v1/albums/{item_id}/tracks", guarded("album_tracks", album_tracks)),
    Route(
        "/v1/audio-features",
        guarded(
            "audio_features", several("audio_features", 100, _track, _features_of, "audio_features", None)
        ),
    ),
    Route("/v1/audio-features/{item_id}", guarded("audio_features", one_features)),
    Route("/v1/browse/new-releases", guarded("new_releases", new_releases)),
    Route("/v1/recommendations", guarded("recommendations", gone)),
]
