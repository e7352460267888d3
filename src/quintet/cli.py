"""The `quintet` command: arguments in, one clear line out. What it does lives in `jobs`, `stack`."""

from __future__ import annotations

import sys

import typer

from quintet.catalogue_commands import catalogue
from quintet.crawl_commands import connect, crawl
from quintet.database_commands import database
from quintet.errors import QuintetError
from quintet.stack_commands import down, serve, status, ui, up
from quintet.training_commands import evaluate, models, train

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
app.command()(crawl)
app.command()(connect)
app.command()(train)
app.command()(evaluate)
for command in (up, down, status, serve, ui):
    app.command()(command)


def run() -> None:
    """Run the command line: exit status 0 on success, 1 on failure (one line on stderr), 2 on wrong usage."""
    try:
        app()
    except QuintetError as error:
        sys.stderr.write(f"quintet: {error}\n")
        sys.exit(1)


if __name__ == "__main__":
    run()
