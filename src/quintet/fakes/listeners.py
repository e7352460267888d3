"""The Web API's routes about people: playlists, what a listener plays, likes and saves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quintet.fakes import bodies
from quintet.fakes.guard import error, guarded, page_bounds
from quintet.fakes.world import Track, base62_id

EDITORIAL = "37i9dQZF1DXcBWIGoYBM5M"  # Spotify's own playlists begin like this one


def chart_playlist_id() -> str:
    """Return the id of a public playlist of somebody else that holds the day's chart."""
    return base62_id("playlist", "chart")


def own_playlist_id(listener: str) -> str:
    """Return the id of a listener's own playlist."""
    return base62_id("playlist", "own", listener)


def _missing_scope(request: Request, scope: str) -> Response | None:
    return None if scope in request.state.scope else error(403, "Insufficient client scope")


def _address(request: Request) -> str:
    return str(request.url.replace(query=""))


async def me(request: Request) -> Response:
    """Answer `/me` with what a 2026 app still sees."""
    listener = request.state.listener
    return JSONResponse(
        {**bodies.named("user", listener), "display_name": listener, "account_id": listener, "images": []}
    )


def _taste(request: Request) -> list[Track]:
    taste: list[Track] = request.app.state.world.taste_of(request.state.listener)
    return taste


async def top_tracks(request: Request) -> Response:
    """Answer `/me/top/tracks`: tracks, unwrapped."""
    return _listing(request, "user-top-read", _taste(request), bodies.full_track)


async def top_artists(request: Request) -> Response:
    """Answer `/me/top/artists`: full artists with their genres."""
    artists = list({track.artist.id: track.artist for track in _taste(request)}.values())
    return _listing(request, "user-top-read", artists, bodies.full_artist)


async def saved_tracks(request: Request) -> Response:
    """Answer `/me/tracks`: wrapped in `track` in every regime."""

    def wrapped(track: Track, regime: Any) -> bodies.Body:
        return {"added_at": "2026-01-03T10:20:30Z", "track": bodies.full_track(track, regime)}

    return _listing(request, "user-library-read", list(reversed(_taste(request))), wrapped)


def _listing(request: Request, scope: str, rows: list[Any], body_of: Any) -> Response:
    bounds = page_bounds(request, 50, 20)
    refused = _missing_scope(request, scope)
    if refused is not None or isinstance(bounds, Response):
        return refused or bounds  # type: ignore[return-value]
    regime = request.app.state.regime
    return JSONResponse(bodies.page(rows, _address(request), {}, *bounds, lambda row: body_of(row, regime)))


async def recently_played(request: Request) -> Response:
    """Answer `/me/player/recently-played`: the last fifty, newest first, with cursors."""
    refused = _missing_scope(request, "user-read-recently-played")
    if refused is not None:
        return refused
    state = request.app.state
    now = datetime.combine(state.world.today, datetime.min.time(), UTC) + timedelta(hours=8)
    played = [
        {
            "track": bodies.full_track(track, state.regime),
            "played_at": (now - timedelta(minutes=4 * place)).strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "context": None,
        }
        for place, track in enumerate(_taste(request)[: int(request.query_params.get("limit", 20))])
    ]
    stamp = str(int(now.timestamp() * 1000))
    cursors = {"after": stamp, "before": stamp} if played else None
    return JSONResponse(
        {"items": played, "next": None, "cursors": cursors, "limit": 50, "href": _address(request)}
    )


async def playlist(request: Request) -> Response:
    """Answer `/playlists/{id}`: with items where the app may see them, else metadata only."""
    found = _find(request)
    if isinstance(found, Response):
        return found
    name, owner, tracks, visible = found
    body = bodies.playlist(request.path_params["playlist_id"], name, owner)
    if visible:
        key = "tracks" if request.app.state.regime.full_fields else "items"
        body[key] = _entries(request, tracks, 100, 0)
    return JSONResponse(body)


async def playlist_items(request: Request) -> Response:
    """Answer `/playlists/{id}/items`, and the older `/tracks` where the regime still has it."""
    regime = request.app.state.regime
    if request.url.path.rstrip("/").endswith("/tracks") and not regime.playlist_tracks:
        return error(403, "Forbidden")
    found = _find(request)
    bounds = page_bounds(request, 100 if regime.playlist_tracks else 50, 20)
    if isinstance(found, Response) or isinstance(bounds, Response):
        return found if isinstance(found, Response) else bounds  # type: ignore[return-value]
    *_, tracks, visible = found
    return JSONResponse(_entries(request, tracks, *bounds)) if visible else error(403, "Forbidden")


def _find(request: Request) -> tuple[str, str, list[Track], bool] | Response:
    state, playlist_id = request.app.state, request.path_params["playlist_id"]
    if playlist_id in state.saved_playlists:
        listener, name, tracks = state.saved_playlists[playlist_id]
        return name, listener, tracks, True
    if playlist_id == EDITORIAL and state.regime.editorial_playlists:
        return "Today's Songs", "spotify", state.world.chart(state.world.today, 50), True
    if playlist_id == chart_playlist_id():
        return "Chart", "somebody", state.world.chart(state.world.today, 50), state.regime.foreign_playlists
    listener = request.state.listener
    if listener and playlist_id == own_playlist_id(listener):
        return "Mine", listener, _taste(request)[:60], True
    return error(404, "Resource not found")


def _entries(request: Request, tracks: list[Track], limit: int, offset: int) -> bodies.Body:
    regime = request.app.state.regime
    key = "track" if regime.full_fields else "item"
    rows: list[Track | None] = [*tracks[:3], None, *tracks[3:]]  # a song that was taken down leaves a null
    url = f"{_address(request).split('/playlists/')[0]}/playlists/{request.path_params['playlist_id']}/items"

    def body_of(track: Track | None) -> bodies.Body:
        return bodies.playlist_entry(bodies.full_track(track, regime) if track else None, key)

    return bodies.page(rows, url, {}, limit, offset, body_of)


async def create_playlist(request: Request) -> Response:
    """Answer `POST /me/playlists`."""
    refused = _missing_scope(request, "playlist-modify-private")
    if refused is not None:
        return refused
    state, body = request.app.state, json.loads(await request.body())
    playlist_id = base62_id("playlist", request.state.listener, len(state.saved_playlists))
    state.saved_playlists[playlist_id] = (request.state.listener, body["name"], [])
    return JSONResponse(bodies.playlist(playlist_id, body["name"], request.state.listener), 201)


async def add_items(request: Request) -> Response:
    """Answer `POST /playlists/{id}/items`."""
    state = request.app.state
    saved = state.saved_playlists.get(request.path_params["playlist_id"])
    if saved is None or saved[0] != request.state.listener:
        return error(403, "Forbidden")
    uris = json.loads(await request.body())["uris"]
    tracks = [state.world.track_by_id.get(uri.rsplit(":", 1)[-1]) for uri in uris]
    if None in tracks:
        return error(400, "Invalid base62 id")
    saved[2].extend(tracks)
    return JSONResponse({"snapshot_id": "AAAAC"}, 201)


ROUTES = [
    Route("/v1/me", guarded("me", me, listener=True)),
    Route("/v1/me/top/tracks", guarded("top", top_tracks, listener=True)),
    Route("/v1/me/top/artists", guarded("top", top_artists, listener=True)),
    Route("/v1/me/tracks", guarded("saved", saved_tracks, listener=True)),
    Route("/v1/me/player/recently-played", guarded("recent", recently_played, listener=True)),
    Route("/v1/me/playlists", guarded("create_playlist", create_playlist, listener=True), methods=["POST"]),
    Route("/v1/playlists/{playlist_id}", guarded("playlist", playlist)),
    Route(
        "/v1/playlists/{playlist_id}/items", guarded("add_items", add_items, listener=True), methods=["POST"]
    ),
    Route("/v1/playlists/{playlist_id}/items", guarded("playlist_items", playlist_items)),
    Route("/v1/playlists/{playlist_id}/tracks", guarded("playlist_items", playlist_items)),
]
