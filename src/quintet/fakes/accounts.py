"""Spotify's accounts service: tokens for an app, and for a listener by code, with PKCE or the secret."""

from __future__ import annotations

import base64
import hashlib
import itertools
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

TOKEN_LIFE_S = 3600


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code or token stands for; `listener` is None for an app's own token."""

    listener: str | None
    scope: str
    challenge: str | None = None
    expires_at_s: float = float("inf")


class Accounts:
    """The tokens given out so far."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)
        self.codes: dict[str, Grant] = {}
        self.refresh: dict[str, Grant] = {}
        self.access: dict[str, Grant] = {}

    def issue(self, listener: str | None, scope: str = "") -> dict[str, str | int]:
        """Give out an access token."""
        token = f"BQfake-access-{next(self._numbers):06d}"
        self.access[token] = Grant(listener, scope, expires_at_s=time.time() + TOKEN_LIFE_S)
        return {"access_token": token, "token_type": "Bearer", "expires_in": TOKEN_LIFE_S}

    def new_code(self, grant: Grant) -> str:
        """Give out a one-time code."""
        code = f"AQfake-code-{next(self._numbers):06d}"
        self.codes[code] = grant
        return code

    def new_refresh(self, grant: Grant) -> str:
        """Give out a refresh token."""
        token = f"AQfake-refresh-{next(self._numbers):06d}"
        self.refresh[token] = grant
        return token

    def grant_of(self, authorization: str) -> Grant | None:
        """Return what a bearer header stands for, or None when it is missing, invalid or too old."""
        grant = self.access.get(authorization.removeprefix("Bearer "))
        return grant if grant and grant.expires_at_s > time.time() else None


def oauth_error(error: str, description: str) -> Response:
    """Return an error in the accounts service's shape."""
    return JSONResponse({"error": error, "error_description": description}, 400)


async def authorize(request: Request) -> Response:
    """Let a listener agree at once, without a page; `login_hint` says which one (default: listener-1)."""
    query = request.query_params
    grant = Grant(query.get("login_hint", "listener-1"), query.get("scope", ""), query.get("code_challenge"))
    code = request.app.state.accounts.new_code(grant)
    answer = {"code": code} | ({"state": query["state"]} if "state" in query else {})
    return RedirectResponse(f"{query['redirect_uri']}?{urlencode(answer)}", 302)


async def token(request: Request) -> Response:
    """Answer `/api/token` for the three grants a 2026 client uses."""
    state = request.app.state
    fault: Response | None = state.faults.next_fault("token", "POST /api/token")
    if fault is not None:
        return fault
    form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
    kind = form.get("grant_type")
    if kind == "client_credentials":
        return _app_token(request, state.accounts)
    if kind == "authorization_code":
        return _code_token(request, state.accounts, form)
    if kind == "refresh_token":
        return _refreshed_token(state.accounts, form)
    return oauth_error("unsupported_grant_type", "grant_type parameter is missing or unknown")


def _app_token(request: Request, accounts: Accounts) -> Response:
    if not _has_secret(request):
        return oauth_error("invalid_client", "Invalid client")
    return JSONResponse(accounts.issue(None))


def _has_secret(request: Request) -> bool:
    header = request.headers.get("authorization", "")
    if not header.startswith("Basic "):
        return False
    client_id, _, secret = base64.b64decode(header[6:]).decode().partition(":")
    return bool(client_id) and bool(secret) and secret != "wrong"  # noqa: S105 (a test's wrong secret)


def _code_token(request: Request, accounts: Accounts, form: dict[str, str]) -> Response:
    grant = accounts.codes.pop(form.get("code", ""), None)
    if grant is None:
        return oauth_error("invalid_grant", "Invalid authorization code")
    if not (_proves(grant, form) if grant.challenge else _has_secret(request)):
        return oauth_error("invalid_grant", "code_verifier was incorrect")
    body = accounts.issue(grant.listener, grant.scope)
    return JSONResponse({**body, "refresh_token": accounts.new_refresh(grant), "scope": grant.scope})


def _proves(grant: Grant, form: dict[str, str]) -> bool:
    digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=") == grant.challenge


def _refreshed_token(accounts: Accounts, form: dict[str, str]) -> Response:
    grant = accounts.refresh.get(form.get("refresh_token", ""))
    if grant is None:
        return oauth_error("invalid_grant", "Refresh token revoked")
    return JSONResponse({**accounts.issue(grant.listener, grant.scope), "scope": grant.scope})


ROUTES = [
    Route("/authorize", authorize),
    Route("/api/token", token, methods=["POST"]),
]
