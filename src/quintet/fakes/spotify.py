"""The Web API's catalogue routes: search, tracks, artists, albums, features. People: see `listeners`."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from quintet.fakes import bodies
from quintet.fakes.accounts import Grant
from quintet.fakes.faults import slow_down
from quintet.fakes.regime import Regime
from quintet.fakes.world import Track, World, base62_id

_ID = re.compile(r"[0-9A-Za-z]{22}")
_FILTER = re.compile(r'(genre|year|artist|track|album|isrc|tag):(?:"([^"]*)"|(\S+))')
_MAX_OFFSET = 1000

Handler = Callable[[Request], Awaitable[Response]]


def error(status: int, message: str | None = None, **headers: str) -> Response:
    """Return an error in the Web API's shape; the oldest 403 has no message at all."""
    body: dict[str, Any] = {"status": status}
    if message is not None:
        body["message"] = message
    return JSONResponse({"error": body}, status, headers)


def guarded(bucket: str, handler: Handler, *, listener: bool = False) -> Handler:
    """Put faults, tokens, the regime's refusals and the counts before a route.

    Parameters
    ----------
    bucket : str
        What the call counts as.
    handler : callable
        The route itself.
    listener : bool
        Whether it needs a listener's token.
    """

    async def guard(request: Request) -> Response:
        faults = request.app.state.faults
        await slow_down(faults)
        fault = faults.next_fault(bucket, f"{request.method} {request.url.path}?{request.url.query}")
        answer = fault or _refusal(request, listener=listener) or await handler(request)
        if answer.status_code in {403, 404}:
            faults.refused[bucket] += 1
        return answer

    return guard


def _refusal(request: Request, *, listener: bool) -> Response | None:
    grant: Grant | None = request.app.state.accounts.grant_of(request.headers.get("authorization", ""))
    regime: Regime = request.app.state.regime
    if grant is None:
        challenge = {"WWW-Authenticate": 'Bearer realm="spotify", error="invalid_token"'}
        return error(401, "Missing/invalid/expired access token", **challenge)
    if regime.refuses_everything:
        return PlainTextResponse(regime.refuses_everything, 403)
    if grant.listener and regime.refuses_listeners:
        return PlainTextResponse(regime.refuses_listeners, 403)
    if listener and not grant.listener:
        return error(401, "Valid user authentication required")
    request.state.listener, request.state.scope = grant.listener, grant.scope.split()
    return None


def page_bounds(request: Request, maximum: int, default: int) -> tuple[int, int] | Response:
    """Return limit and offset, or the 400 of a page that is too large or not a number."""
    try:
        limit = int(request.query_params.get("limit", default))
        offset = int(request.query_params.get("offset", 0))
    except ValueError:
        return error(400, "Invalid limit")
    if not 1 <= limit <= maximum:
        return error(400, "Invalid limit")
    return (limit, offset) if 0 <= offset <= _MAX_OFFSET else error(400, "Invalid offset")


async def search(request: Request) -> Response:
    """Answer `/search`: tracks, artists, or playlists (with the nulls that Spotify's own leave behind)."""
    regime: Regime = request.app.state.regime
    query = request.query_params.get("q") or request.query_params.get("query")
    kind = request.query_params.get("type", "")
    bounds = page_bounds(request, regime.search_limit, 20 if regime.search_limit == 50 else 5)
    if isinstance(bounds, Response):
        return bounds
    if not query or kind not in {"track", "artist", "playlist"}:
        return error(400, "No search query" if not query else "Bad search type field")
    rows, body_of = _found(request, kind, query)
    asked = {"query": query, "type": kind} | _market(request)
    body = bodies.page(rows, _own_address(request), asked, *bounds, body_of)
    return JSONResponse({f"{kind}s": body})


def _market(request: Request) -> dict[str, str]:
    return {"market": request.query_params["market"]} if "market" in request.query_params else {}


def _own_address(request: Request) -> str:
    return str(request.url.replace(query=""))


def _found(request: Request, kind: str, query: str) -> tuple[Sequence[Any], Callable[[Any], Any]]:
    state = request.app.state
    if kind == "playlist":
        rows = [None, *(f"{query} {number}" for number in range(3))]
        return rows, lambda name: name and bodies.playlist(bodies_id(name), name, "somebody")
    tracks = (
        search_tracks(state.world, query)
        if "market" in request.query_params or request.state.listener
        else []
    )
    if kind == "artist":
        artists = list({track.artist.id: track.artist for track in tracks}.values())
        return artists, lambda artist: bodies.full_artist(artist, state.regime)
    return tracks, lambda track: bodies.full_track(track, state.regime)


def bodies_id(name: str) -> str:
    """Return a playlist's id from its name."""
    return base62_id("playlist", name)


def search_tracks(world: World, query: str) -> list[Track]:
    """Return what a query means, the most popular first: field filters, then words of title and artist."""
    filters = [(name, (quoted or plain).casefold()) for name, quoted, plain in _FILTER.findall(query)]
    words = _FILTER.sub(" ", query).casefold().replace('"', " ").split()
    return [
        track
        for track in world.tracks
        if all(_passes(world, track, name, value) for name, value in filters) and _has_words(track, words)
    ]


def _has_words(track: Track, words: list[str]) -> bool:
    text = f"{track.name} {track.artist.name}".casefold()
    return all(word in text for word in words)


def _passes(world: World, track: Track, name: str, value: str) -> bool:
    if name == "genre":
        return value in track.artist.genres
    if name == "year":
        first, _, last = value.partition("-")
        return int(first) <= track.release_date.year <= int(last or first)
    if name == "tag":
        return value == "new" and (world.today - track.release_date).days <= 14
    fields = {
        "artist": track.artist.name,
        "track": track.name,
        "album": track.album_name,
        "isrc": track.isrc or "",
    }
    return value in fields[name].casefold()


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

    return JSONResponse(bodies.page(rows, _own_address(request), _market(request), *bounds, body_of))


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
        newest, _own_address(request), {}, *bounds, lambda track: bodies.album(track, state.regime)
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
