"""What the stand-ins are told to do wrong, and what they were asked, counted by bucket."""

from __future__ import annotations

import asyncio
import json
import threading
from collections import Counter, deque
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

QUOTA_RETRY_AFTER_S = 86_236


def make_fault(kind: str) -> Response:
    """Return the answer of one named fault, as each was seen in the wild."""
    if kind.isdigit():
        return JSONResponse({"error": {"status": int(kind), "message": "Server error."}}, int(kind))
    makers: dict[str, Callable[[], Response]] = {
        "rate_limit": lambda: json_429("API rate limit exceeded", 1),
        "rate_limit_long": lambda: PlainTextResponse("Too many requests", 429, {"Retry-After": "19056"}),
        "quota": quota_exceeded,
        "expired_token": lambda: JSONResponse(
            {"error": {"status": 401, "message": "The access token expired"}},
            401,
            {"WWW-Authenticate": 'Bearer realm="spotify", error="invalid_token"'},
        ),
        "html": lambda: Response("<html>Bad day</html>", 200, media_type="text/html"),
        "truncated": lambda: Response('{"tracks": {"items": [', 200, media_type="application/json"),
        "error_text": lambda: JSONResponse({"error": "some string"}, 400),
    }
    return makers[kind]()


def json_429(message: str, retry_after_s: int, **more: str) -> Response:
    """Return a 429 as the Web API writes it."""
    body = {"error": {"status": 429, "message": message, **more}}
    return JSONResponse(body, 429, {"Retry-After": str(retry_after_s)})


def quota_exceeded() -> Response:
    """Return the answer of a development-mode app whose daily quota is used up."""
    return json_429("Too many requests", QUOTA_RETRY_AFTER_S, reason="QUOTA_EXCEEDED")


class Faults:
    """The switchboard: every route asks it first, and tells it what was asked.

    Attributes
    ----------
    quotas : dict of str to int
        Calls a bucket may still answer before it says QUOTA_EXCEEDED; a bucket without an entry has no end.
    queued : dict of str to deque of str
        Faults still to be given by a bucket, first first ("*": any bucket).
    delay_s : float
        How slow every answer is.
    calls : Counter
        Calls seen, by bucket.
    refused : Counter
        Calls answered with 403 or 404, by bucket.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Forget every fault and every count."""
        self.quotas: dict[str, int] = {}
        self.queued: dict[str, deque[str]] = {}
        self.delay_s = 0.0
        self.calls: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.asked: list[str] = []

    def queue(self, bucket: str, kind: str, times: int = 1) -> None:
        """Let the next `times` calls of a bucket end in a fault."""
        make_fault(kind)  # a misspelt fault must fail here, not later
        self.queued.setdefault(bucket, deque()).extend([kind] * times)

    def next_fault(self, bucket: str, asked: str) -> Response | None:
        """Count a call and return the fault it must end in, if any."""
        with self._lock:
            self.calls[bucket] += 1
            self.asked.append(asked)
            for name in (bucket, "*"):
                if self.queued.get(name):
                    return make_fault(self.queued[name].popleft())
            return quota_exceeded() if self._is_used_up(bucket) else None

    def _is_used_up(self, bucket: str) -> bool:
        if bucket not in self.quotas:
            return False
        self.quotas[bucket] -= 1
        return self.quotas[bucket] < 0

    def summary(self) -> dict[str, Any]:
        """Return the counts, for the control route."""
        return {"calls": dict(self.calls), "refused": dict(self.refused), "asked": list(self.asked)}


async def apply_control(request: Request) -> Response:
    """Change regime, quotas, faults or delay from one JSON body; answer with the counts so far."""
    state = request.app.state
    body = json.loads(await request.body() or b"{}")
    if body.get("reset"):
        state.faults.reset()
    if "regime" in body:
        state.use_regime(body["regime"])
    if "today" in body:
        state.use_day(body["today"])
    state.faults.quotas.update(body.get("quotas", {}))
    state.faults.delay_s = body.get("delay_s", state.faults.delay_s)
    for fault in body.get("faults", []):
        state.faults.queue(fault.get("bucket", "*"), fault["kind"], fault.get("times", 1))
    return JSONResponse(state.faults.summary())


async def slow_down(faults: Faults) -> None:
    """Wait as long as every answer is to take."""
    if faults.delay_s:
        await asyncio.sleep(faults.delay_s)
