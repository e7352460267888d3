"""The `quintet` command: arguments in, one clear line out. What it does lives in `jobs`, `stack`."""

from __future__ import annotations

import sys

import typer

from quintet.errors import QuintetError

app = typer.Typer(
    name="quintet",
    help="Five songs in, a ranked list out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
catalogue = typer.Typer(help="Import and export tracks.", no_args_is_help=True)
database = typer.Typer(help="Care for the database.", no_args_is_help=True)
app.add_typer(catalogue, name="catalogue")
app.add_typer(database, name="db")


def run() -> None:
    """Run the command line: exit status 0 on success, 1 on failure (one line on stderr), 2 on wrong usage."""
    try:
        app()
    except QuintetError as error:
        sys.stderr.write(f"quintet: {error}\n")
        sys.exit(1)
