"""What surrounds every request: its id, log line, measurements, safe headers, and the last net for faults.

No route is decided and no body parsed here. Written as plain ASGI, since that costs microseconds.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from quintet.api.error_responses import internal_error
from quintet.api.observability import Measurements

MAX_BODY_BYTES = 64 * 1024
KNOWN_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
UNMATCHED = "unmatched"
_SANE_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DOCS_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; frame-ancestors 'none'"
)
_SAFE_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
logger = logging.getLogger("quintet.api.request")


def request_id_of(headers: Headers) -> str:
    """Return the caller's own request id where it is sane, else a new one."""
    offered = headers.get("x-request-id", "")
    return offered if _SANE_REQUEST_ID.fullmatch(offered) else str(uuid.uuid4())


class RequestContext:
    """ASGI middleware around the whole application.

    Parameters
    ----------
    app : ASGI application
        What answers.
    measurements : Measurements
        Where requests are counted.
    body_timeout_s : float
        Seconds a caller may take between two parts of a body.
    """

    def __init__(self, app: ASGIApp, measurements: Measurements, body_timeout_s: float) -> None:
        self.app = app
        self.measurements = measurements
        self.body_timeout_s = body_timeout_s

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, or pass the lifespan through."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        exchange = _Exchange(scope, receive, send, self.body_timeout_s)
        started = time.perf_counter()
        try:
            await self.app(scope, exchange.receive, exchange.send)
        except Exception:
            logger.exception("request failed", extra={"data": {"request_id": exchange.request_id}})
            if exchange.status:  # half an answer is out; only closing the connection can tell
                raise
            await internal_error(Request(scope))(scope, receive, exchange.send)
        finally:
            self._record(scope, exchange, time.perf_counter() - started)

    def _record(self, scope: Scope, exchange: _Exchange, duration_s: float) -> None:
        route = getattr(scope.get("route"), "path", UNMATCHED)
        # Made-up methods must not become as many time series.
        method = scope["method"] if scope["method"] in KNOWN_METHODS else "other"
        status = exchange.status or 499  # the caller went away before an answer
        self.measurements.request(method, route, status, duration_s)
        line = {
            "request_id": exchange.request_id,
            "method": method,
            "route": route,
            "status": status,
            "duration_ms": round(duration_s * 1000, 2),
            **scope["state"].get("counts", {}),
        }
        logger.info("request", extra={"data": line})


class _Exchange:
    """One request on its way in and its answer on the way out."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, body_timeout_s: float) -> None:
        self.request_id = request_id_of(Headers(scope=scope))
        scope.setdefault("state", {})["request_id"] = self.request_id
        self.status = 0
        self._is_page = scope["path"] == "/docs"
        self._receive, self._send = receive, send
        self._body_is_in, self._body_bytes, self._body_timeout_s = False, 0, body_timeout_s

    async def receive(self) -> Message:
        """Pass a message in; a body that dawdles or swells ends the request."""
        if self._body_is_in:
            return await self._receive()
        try:
            async with asyncio.timeout(self._body_timeout_s):
                message = await self._receive()
        except TimeoutError:
            raise HTTPException(408, "Send the whole body at once.") from None
        self._body_is_in = not message.get("more_body", False)
        self._body_bytes += len(message.get("body", b""))
        if self._body_bytes > MAX_BODY_BYTES:
            raise HTTPException(413)
        return message

    async def send(self, message: Message) -> None:
        """Pass a message out, with the headers every answer has."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            headers["X-Request-ID"] = self.request_id
            headers["Content-Security-Policy"] = (
                _DOCS_POLICY if self._is_page else "default-src 'none'; frame-ancestors 'none'"
            )
            headers.update(_SAFE_HEADERS)
        await self._send(message)
