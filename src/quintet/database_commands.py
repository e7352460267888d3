"""`quintet db …`: migrate, dump and restore; arguments in, reports out.

The work is wired in `batch_catalogue` and `batch_care`. PATH may be `-`: the dump goes
through standard output or input, which is how it leaves and enters a container.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from quintet import batch_care, batch_catalogue

TracksOnly = Annotated[bool, typer.Option("--tracks-only", help="leave MLflow out of it")]

database = typer.Typer(help="Care for the database.", no_args_is_help=True)


@database.command("migrate")
def migrate() -> None:
    """Bring the database's tables up to date; safe to repeat."""
    before, after = batch_catalogue.migrate()
    typer.echo(
        f"The database is up to date ({after})." if before == after else f"The database went to {after}."
    )


@database.command("dump")
def dump(
    path: Annotated[Path, typer.Argument(help="the file to write; - for standard output")],
    tracks_only: TracksOnly = False,
    all_versions: Annotated[
        bool, typer.Option("--all-versions", help="keep the files of versions without an alias too")
    ] = False,
) -> None:
    """Write tracks, ratings, trainings and model versions to one checksummed file."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "dump" if str(path) == "-" else path
        rows = batch_care.dump_all(target, tracks_only=tracks_only, all_versions=all_versions)
        if target != path:
            with target.open("rb") as made:
                shutil.copyfileobj(made, sys.stdout.buffer)
    _say("dumped", rows)


@database.command("restore")
def restore(
    path: Annotated[Path, typer.Argument(help="a file of `quintet db dump`; - for standard input")],
    tracks_only: TracksOnly = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="delete what the databases hold, and put the dump there")
    ] = False,
) -> None:
    """Put a dump in the place of all tables, in one transaction a database, and migrate them."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "dump" if str(path) == "-" else path
        if source != path:
            with source.open("wb") as received:
                shutil.copyfileobj(sys.stdin.buffer, received)
        rows = batch_care.restore_all(source, tracks_only=tracks_only, replace=replace)
    _say("restored", rows)


def _say(done: str, rows: Mapping[str, int]) -> None:
    # On stderr: standard output may be the dump itself.
    shown = ", ".join(f"{name} {count:,}" for name, count in rows.items() if count)
    sys.stderr.write(f"{done}: {shown or 'empty tables'}\n")
