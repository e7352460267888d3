"""What routes are handed: the model that answers, live songs, feedback, measurements, a JSON body."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, HTTPException, Request

from quintet.api.feedback import Feedback
from quintet.api.live.songs import LiveSongs
from quintet.api.model_holder import ModelHolder
from quintet.api.observability import Measurements
from quintet.api.online import Online
from quintet.api.served_model import ServedModel

JSON_TYPES = frozenset({"application/json"})


async def _current_model(request: Request) -> ServedModel:
    holder: ModelHolder = request.app.state.holder
    return holder.current()


async def _online(request: Request) -> Online:
    holder: ModelHolder = request.app.state.holder
    return Online(holder.current(), holder.challenger(), request.app.state.trial)


async def _measurements(request: Request) -> Measurements:
    measurements: Measurements = request.app.state.measurements
    return measurements


async def _live_songs(request: Request) -> LiveSongs | None:
    live: LiveSongs | None = request.app.state.live
    return live


async def _feedback(request: Request) -> Feedback:
    feedback: Feedback = request.app.state.feedback
    return feedback


async def json_only(request: Request) -> None:
    """Refuse a body of another media type."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in JSON_TYPES:
        raise HTTPException(415, "Send the header Content-Type: application/json.")


CurrentModel = Annotated[ServedModel, Depends(_current_model)]
Live = Annotated[LiveSongs | None, Depends(_live_songs)]
ModelsOnline = Annotated[Online, Depends(_online)]
Measured = Annotated[Measurements, Depends(_measurements)]
CurrentFeedback = Annotated[Feedback, Depends(_feedback)]
JsonOnly = Depends(json_only)
