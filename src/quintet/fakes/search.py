"""The Web API's search: what a query means, and the route that answers it. Look-ups by id: see `spotify`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from quintet.fakes import bodies
from quintet.fakes.guard import error, market_of, own_address, page_bounds
from quintet.fakes.regime import Regime
from quintet.fakes.world import Track, World, base62_id

_FILTER = re.compile(r'(genre|year|artist|track|album|isrc|tag):(?:"([^"]*)"|(\S+))')


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
    asked = {"query": query, "type": kind} | market_of(request)
    body = bodies.page(rows, own_address(request), asked, *bounds, body_of)
    return JSONResponse({f"{kind}s": body})


def _found(request: Request, kind: str, query: str) -> tuple[Sequence[Any], Callable[[Any], Any]]:
    state = request.app.state
    if kind == "playlist":
        rows = [None, *(f"{query} {number}" for number in range(3))]
        return rows, lambda name: name and bodies.playlist(playlist_id(name), name, "somebody")
    tracks = (
        search_tracks(state.world, query)
        if "market" in request.query_params or request.state.listener
        else []
    )
    if kind == "artist":
        artists = list({track.artist.id: track.artist for track in tracks}.values())
        return artists, lambda artist: bodies.full_artist(artist, state.regime)
    return tracks, lambda track: bodies.full_track(track, state.regime)


def playlist_id(name: str) -> str:
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
