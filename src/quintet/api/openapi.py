"""The API's description of itself: errors as problem details, with an example each; and the copy in `docs/`.

`python tools/openapi.py` refreshes that copy. Routes and shapes are described where they are.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles

from quintet.api.error_responses import MEDIA_TYPE, PROBLEM_TYPES, ProblemType
from quintet.api.schemas import Problem

_DESCRIPTION = """Every error is `application/problem+json` (RFC 9457) with `type`, `title`, `status`,
`detail`, `instance`, `request_id` and `errors`. An `X-Request-ID` of up to 64 letters, digits, dots, dashes
or underscores is kept, otherwise one is made; every answer carries it in its headers."""


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the `responses` of a route that answers these error statuses."""
    return {status: {"model": Problem, "description": _titles(status)} for status in (*statuses, 500)}


def _kinds(status: int) -> list[ProblemType]:
    return [kind for kind in PROBLEM_TYPES if kind.status == status]


def _titles(status: int) -> str:
    return "; ".join(f"`{kind.name}`: {kind.title}" for kind in _kinds(status))


def _example(kind: ProblemType) -> dict[str, Any]:
    fields = {"invalid-input": "k", "malformed-body": "body"}
    errors = [{"field": fields[kind.name], "message": "…"}] if kind.name in fields else []
    return {
        "summary": kind.title,
        "value": {
            "type": kind.uri,
            "title": kind.title,
            "status": kind.status,
            "detail": "…",
            "instance": "/recommend_ranked",
            "request_id": "0b6fd0a5-6d3c-4a43-9f0a-7d4a3d0c5a11",
            "errors": errors,
        },
    }


def _as_problem(status: str, response: dict[str, Any]) -> None:
    content = response["content"].pop("application/json")
    content["examples"] = {kind.name: _example(kind) for kind in _kinds(int(status))}
    response["content"][MEDIA_TYPE] = content


def describe(app: FastAPI) -> None:
    """Make an application's OpenAPI document tell the truth about its errors."""

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(
                title=app.title,
                version=app.version,
                summary=app.summary,
                description=_DESCRIPTION,
                routes=app.routes,
            )
            for path in schema["paths"].values():
                for operation in path.values():
                    for status, response in operation["responses"].items():
                        if int(status) >= 400:
                            _as_problem(status, response)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


def serve_docs(app: FastAPI) -> None:
    """Serve `/docs` from installed files: it needs no network, and runs no script of a third party."""
    files = Path(str(resources.files("fastapi_swagger"))) / "resources"
    app.mount("/docs/assets", StaticFiles(directory=files, check_dir=False))

    @app.get("/docs", include_in_schema=False)
    async def docs() -> HTMLResponse:
        return get_swagger_ui_html(
            openapi_url="openapi.json",
            title=app.title,
            swagger_js_url="docs/assets/swagger-ui-bundle.js",
            swagger_css_url="docs/assets/swagger-ui.css",
            swagger_favicon_url="docs/assets/favicon-32x32.png",
        )


def text(app: FastAPI) -> str:
    """Return the OpenAPI document of an application as it is kept in `docs/openapi.json`."""
    return json.dumps(app.openapi(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"
