"""Deezer as it answers: a chart, tracks by ISRC or id; every error is an HTTP 200."""

from __future__ import annotations

import zlib
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from quintet.fakes.faults import slow_down
from quintet.fakes.world import Track

NO_DATA = {"error": {"type": "DataException", "message": "no data", "code": 800}}
QUOTA = {"error": {"type": "Exception", "message": "Quota limit exceeded", "code": 4}}


def deezer_id(track: Track) -> int:
    """Return the number Deezer knows a track by."""
    return zlib.crc32(track.id.encode())


def _body(track: Track, *, whole: bool = True) -> dict[str, Any]:
    short = {
        "id": deezer_id(track),
        "title": track.name,
        "duration": track.duration_ms // 1000,
        "explicit_lyrics": track.explicit,
        "artist": {"id": zlib.crc32(track.artist.id.encode()), "name": track.artist.name, "type": "artist"},
        "album": {"id": zlib.crc32(track.album_id.encode()), "title": track.album_name, "type": "album"},
        "type": "track",
    }
    bpm = 0 if track.release_date.year >= 2020 else track.features["tempo"]
    release = track.release_date.isoformat()
    return short | {"isrc": track.isrc, "bpm": bpm, "gain": -8.0, "release_date": release} if whole else short


async def _quota(request: Request) -> Response | None:
    faults = request.app.state.faults
    await slow_down(faults)
    fault: Response | None = faults.next_fault("deezer", f"GET {request.url.path}")
    if fault is not None and fault.status_code == 429:
        return JSONResponse(QUOTA)
    return fault


async def chart(request: Request) -> Response:
    """Answer `/chart/0/tracks`: without ISRC, which only the single track has."""
    fault = await _quota(request)
    if fault is not None:
        return fault
    world = request.app.state.world
    limit = min(100, int(request.query_params.get("limit", 10)))
    rows = [
        {**_body(track, whole=False), "position": place}
        for place, track in enumerate(world.chart(world.today, limit), start=1)
    ]
    return JSONResponse({"data": rows, "total": len(rows)})


async def track(request: Request) -> Response:
    """Answer `/track/{id}` and `/track/isrc:{ISRC}`."""
    fault = await _quota(request)
    if fault is not None:
        return fault
    world, wanted = request.app.state.world, request.path_params["wanted"]
    if wanted.startswith("isrc:"):
        found = world.track_by_isrc.get(wanted.removeprefix("isrc:"))
    else:
        found = next((item for item in world.tracks if str(deezer_id(item)) == wanted), None)
    return JSONResponse(_body(found) if found else NO_DATA)


ROUTES = [Route("/chart/0/tracks", chart), Route("/track/{wanted}", track)]
