"""The commands that run Quintet, all of it or a part: `quintet up`, `down`, `status`, `serve` and `ui`.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from typing import Annotated

import typer

from quintet.settings import HomeSettings


def up(
    detach: Annotated[bool, typer.Option("--detach", help="Return once everything is ready.")] = False,
) -> None:
    """Start everything: PostgreSQL, MLflow, API, page and Airflow; Ctrl-C stops it."""
    from quintet import batch
    from quintet.stack import commands

    home = HomeSettings().home.resolve()
    if detach:
        commands.up_detached(home)
    else:
        commands.up(batch.embedded_stack, home)


def down() -> None:
    """Stop what `quintet up` started."""
    from quintet.stack import commands

    commands.down(HomeSettings().home.resolve())


def status() -> None:
    """Tell what runs; exit status 0 when everything does and answers."""
    from quintet.stack import commands

    if not commands.status(HomeSettings().home.resolve()):
        raise typer.Exit(1)


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port to listen on; default: API_PORT.")] = None,
) -> None:
    """Run the API."""
    import uvicorn

    uvicorn.run(
        "quintet.main:create_app",
        factory=True,
        host=host,
        port=port or HomeSettings().api_port,
        log_config=None,
        access_log=False,  # the API writes one line a request itself
    )


def ui(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port to listen on; default: UI_PORT.")] = None,
) -> None:
    """Run the page."""
    from quintet.stack import page

    page.run(host, port or HomeSettings().ui_port)
