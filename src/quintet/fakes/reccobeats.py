"""ReccoBeats as it answers: features by id or ISRC, forty a call, unknown ids left out, in no order."""

from __future__ import annotations

import random
import uuid
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from quintet.fakes.faults import slow_down
from quintet.fakes.world import Track, World

MAX_IDS = 40
_COVERAGE = {2024: 0.9, 2025: 0.5, 2026: 0.11}  # share of a year's releases it knows; earlier years as 2024
_OMITTED = {"time_signature"}


def knows(world: World, track: Track) -> bool:
    """Tell whether ReccoBeats has this track: new music is mostly missing."""
    share = _COVERAGE[min(2026, max(2024, track.release_date.year))]
    return random.Random(f"{world.seed}:{track.id}").random() < share  # noqa: S311 (not a secret)


async def audio_features(request: Request) -> Response:
    """Answer `/v1/audio-features?ids=`, ids joined by commas or repeated."""
    state = request.app.state
    await slow_down(state.faults)
    fault: Response | None = state.faults.next_fault(
        "reccobeats", f"GET {request.url.path}?{request.url.query}"
    )
    if fault is not None:
        return fault
    if request.headers.get("user-agent", "").startswith("Python-urllib"):
        return PlainTextResponse("error code: 1010", 403)
    ids = [part for value in request.query_params.getlist("ids") for part in value.split(",") if part]
    if not 1 <= len(ids) <= MAX_IDS:
        problem = {"path": "getAudioFeatures.ids", "message": f"size must be between 1 and {MAX_IDS}"}
        return JSONResponse({"status": 4004, "errors": [problem]}, 400)
    found = [track for item_id in dict.fromkeys(ids) if (track := _find(state.world, item_id))]
    return JSONResponse(
        {"content": [_body(track) for track in sorted(found, key=lambda track: track.isrc or "")]}
    )


def _find(world: World, item_id: str) -> Track | None:
    track = world.track_by_id.get(item_id) or world.track_by_isrc.get(item_id)
    return track if track and knows(world, track) else None


def _body(track: Track) -> dict[str, Any]:
    features = {name: value for name, value in track.features.items() if name not in _OMITTED}
    own_id = str(uuid.uuid5(uuid.NAMESPACE_URL, track.id))
    return {
        "id": own_id,
        "href": f"https://open.spotify.com/track/{track.id}",
        "isrc": track.isrc,
        **features,
    }


ROUTES = [Route("/v1/audio-features", audio_features)]
