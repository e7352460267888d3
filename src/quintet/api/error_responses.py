"""How every error is answered: RFC 9457 problem details, one shape for all of them.

What went wrong is decided elsewhere (`quintet.errors`, the schemas, the router); here it is worded.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import quote

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from quintet.errors import (
    NoModelError,
    NotServedError,
    StoreError,
    TooManyRatingsError,
    UnknownTrackError,
)

MEDIA_TYPE = "application/problem+json"
MAX_ERRORS = 20
MAX_NAME_LENGTH = 100
DATABASE_RETRY_S = 5
logger = logging.getLogger("quintet.api.errors")
Handler = Callable[[Request, Exception], Response]


@dataclass(frozen=True, slots=True)
class ProblemType:
    """A kind of problem: its name in the `type` member, its title and its status."""

    name: str
    title: str
    status: int

    @property
    def uri(self) -> str:
        """Return the `type` member: a name to compare with, not an address to visit."""
        return f"urn:problem-type:quintet:{self.name}"


INVALID_INPUT = ProblemType("invalid-input", "The request holds invalid values", 422)
MALFORMED_BODY = ProblemType("malformed-body", "The body is not JSON", 422)
UNKNOWN_TRACK = ProblemType("unknown-track", "A track is not in the catalogue", 404)
NOT_SERVED = ProblemType("not-served", "No such list, or no such track in it", 404)
TOO_MANY_RATINGS = ProblemType("too-many-ratings", "Ratings come too fast", 429)
NO_DATABASE = ProblemType("no-database", "The database does not answer", 503)
NO_MODEL = ProblemType("no-model", "No model is loaded yet", 503)
NOT_FOUND = ProblemType("not-found", "There is nothing at this address", 404)
METHOD_NOT_ALLOWED = ProblemType("method-not-allowed", "This address does not take that method", 405)
BODY_TIMEOUT = ProblemType("body-timeout", "The body did not arrive in time", 408)
BODY_TOO_LARGE = ProblemType("body-too-large", "The body is too large", 413)
WRONG_MEDIA_TYPE = ProblemType("wrong-media-type", "The body must be application/json", 415)
INTERNAL_ERROR = ProblemType("internal-error", "The server failed", 500)
PROBLEM_TYPES = (
    INVALID_INPUT,
    MALFORMED_BODY,
    UNKNOWN_TRACK,
    NOT_SERVED,
    TOO_MANY_RATINGS,
    NO_MODEL,
    NO_DATABASE,
    NOT_FOUND,
    METHOD_NOT_ALLOWED,
    BODY_TIMEOUT,
    BODY_TOO_LARGE,
    WRONG_MEDIA_TYPE,
    INTERNAL_ERROR,
)
_RAISED = (UNKNOWN_TRACK, NOT_SERVED, NO_DATABASE, MALFORMED_BODY)
_BY_STATUS = {kind.status: kind for kind in PROBLEM_TYPES if kind not in _RAISED}
# FastAPI answers 400 to a body it cannot decode or nest; to the caller it is the same fault as broken JSON.
_BY_STATUS[400] = MALFORMED_BODY


def problem(
    request: Request,
    kind: ProblemType,
    detail: str,
    errors: Sequence[Mapping[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **members: Any,
) -> Response:
    """Return the answer that tells of a problem.

    Parameters
    ----------
    request : Request
        The one that failed; its path becomes `instance`, its id `request_id`.
    kind : ProblemType
        Decides type, title and status.
    detail : str
        One sentence: what is wrong, and what to do.
    errors : sequence of mapping
        `field` and `message` of each fault.
    headers : mapping, optional
        Further headers of the answer.
    **members
        Further members, such as the ids nobody knows.
    """
    body = {
        "type": kind.uri,
        "title": kind.title,
        "status": kind.status,
        "detail": detail,
        "instance": quote(request.scope["path"][:MAX_NAME_LENGTH]),
        "request_id": request.scope.get("state", {}).get("request_id", ""),
        "errors": list(errors),
        **members,
    }
    # A lone surrogate in an echoed name is legal JSON text but not UTF-8.
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", errors="replace")
    return Response(content, kind.status, dict(headers or {}), media_type=MEDIA_TYPE)


def internal_error(request: Request) -> Response:
    """Return the answer to a fault of our own: an id to look up in the logs, and nothing of the inside."""
    return problem(request, INTERNAL_ERROR, "Something broke on our side; the logs name this request_id.")


def _field_name(location: Sequence[str | int]) -> str:
    parts = location[1:] if len(location) > 1 else location
    return ".".join(str(part) for part in parts)[:MAX_NAME_LENGTH]


def _on_invalid(request: Request, error: RequestValidationError) -> Response:
    faults = error.errors()
    if faults[0]["type"] == "json_invalid":
        message = f"{faults[0]['ctx']['error']} at character {faults[0]['loc'][-1]}"
        errors = [{"field": "body", "message": message}]
        return problem(request, MALFORMED_BODY, f"The body is not JSON: {message}.", errors)
    errors = [{"field": _field_name(fault["loc"]), "message": fault["msg"]} for fault in faults[:MAX_ERRORS]]
    names = ", ".join(dict.fromkeys(entry["field"] for entry in errors))
    return problem(request, INVALID_INPUT, f"Please correct: {names}.", errors)


def _on_http(request: Request, error: HTTPException) -> Response:
    kind = _BY_STATUS.get(error.status_code) or ProblemType("http", "Request refused", error.status_code)
    details = {
        MALFORMED_BODY: "The body cannot be read as JSON in UTF-8 of ordinary depth.",
        NOT_FOUND: "No such address; the API is described at /docs.",
        METHOD_NOT_ALLOWED: "Use a method the Allow header names.",
        BODY_TOO_LARGE: "Send less than 64 KiB.",
    }
    errors = [{"field": "body", "message": details[kind]}] if kind is MALFORMED_BODY else []
    return problem(request, kind, details.get(kind, error.detail), errors, error.headers)


def _on_unknown_track(request: Request, error: UnknownTrackError) -> Response:
    shown = ", ".join(error.track_ids)
    advice = "Find tracks with GET /search."
    if error.why is not None:
        advice = f"They could not be looked up outside it either: {error.why}. Try again in a while."
    detail = f"Not in the catalogue: {shown}. {advice}"
    return problem(request, UNKNOWN_TRACK, detail, unknown_track_ids=list(error.track_ids))


def _on_no_model(request: Request, _error: NoModelError) -> Response:
    wait_s = math.ceil(request.app.state.retry_after_s)
    detail = "No model is loaded yet; one appears as soon as a training has been promoted. Please try again."
    return problem(request, NO_MODEL, detail, headers={"Retry-After": str(wait_s)})


def _on_not_served(request: Request, _error: NotServedError) -> Response:
    detail = "No such list was served here of late, or the track is not in it: take both ids from one answer."
    return problem(request, NOT_SERVED, detail)


def _on_too_many_ratings(request: Request, error: TooManyRatingsError) -> Response:
    wait_s = math.ceil(error.retry_after_s)
    detail = f"Too many ratings in a minute; the next one is taken in {wait_s} s."
    return problem(request, TOO_MANY_RATINGS, detail, headers={"Retry-After": str(wait_s)})


def _on_no_database(request: Request, error: StoreError) -> Response:
    logger.warning("database failed", extra={"data": {"reason": str(error)}})
    detail = "The database does not answer; searches and recommendations go on without it. Please try again."
    return problem(request, NO_DATABASE, detail, headers={"Retry-After": str(DATABASE_RETRY_S)})


def install(app: FastAPI) -> None:
    """Make an application answer every error with problem details."""
    handlers = {
        RequestValidationError: _on_invalid,
        HTTPException: _on_http,
        UnknownTrackError: _on_unknown_track,
        NoModelError: _on_no_model,
        NotServedError: _on_not_served,
        TooManyRatingsError: _on_too_many_ratings,
        StoreError: _on_no_database,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(
            kind, cast("Handler", handler)
        )  # Starlette calls each with its own kind only
