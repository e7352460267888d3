"""What stands before every route of the Web API: faults, tokens, the regime's refusals, bounds of a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from quintet.fakes.accounts import Grant
from quintet.fakes.faults import slow_down
from quintet.fakes.regime import Regime

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


def market_of(request: Request) -> dict[str, str]:
    """Return the market that was asked for, to be said again in a page's addresses."""
    return {"market": request.query_params["market"]} if "market" in request.query_params else {}


def own_address(request: Request) -> str:
    """Return the address that was asked, without its query."""
    return str(request.url.replace(query=""))
