"""The `quintet` command: arguments in, one clear line out. What it does lives in `jobs`, `stack`."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from quintet import batch
from quintet.catalogue_commands import catalogue, database
from quintet.errors import QuintetError
from quintet.settings import HomeSettings
from quintet.training_commands import models, train

app = typer.Typer(
    name="quintet",
    help="Five songs in, a ranked list out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.add_typer(catalogue, name="catalogue")
app.add_typer(database, name="db")
app.add_typer(models, name="models")
app.command()(train)


@app.command()
def up(
    detach: Annotated[bool, typer.Option("--detach", help="Return once everything is ready.")] = False,
) -> None:
    """Start everything: PostgreSQL, MLflow, API, page and Airflow; Ctrl-C stops it."""
    from quintet.stack import commands

    home = HomeSettings().home.resolve()
    if detach:
        commands.up_detached(home)
    else:
        commands.up(batch.embedded_stack, home)


@app.command()
def down() -> None:
    """Stop what `quintet up` started."""
    from quintet.stack import commands

    commands.down(HomeSettings().home.resolve())


@app.command()
def status() -> None:
    """Tell what runs; exit status 0 when everything does and answers."""
    from quintet.stack import commands

    if not commands.status(HomeSettings().home.resolve()):
        raise typer.Exit(1)


@app.command()
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
    )


@app.command()
def ui(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int | None, typer.Option(help="Port to listen on; default: UI_PORT.")] = None,
) -> None:
    """Run the page."""
    from quintet.stack import page

    page.run(host, port or HomeSettings().ui_port)


def run() -> None:
    """Run the command line: exit status 0 on success, 1 on failure (one line on stderr), 2 on wrong usage."""
    try:
        app()
    except QuintetError as error:
        sys.stderr.write(f"quintet: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    run()
