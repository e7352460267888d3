"""`quintet catalogue …`: arguments in, reports out.

The work is wired in `batch_catalogue`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from quintet import batch_catalogue
from quintet.console import shown
from quintet.settings import CatalogueSettings
from quintet.tables import print_table

if TYPE_CHECKING:
    from quintet.jobs.import_catalogue import ImportReport
    from quintet.jobs.import_side_data import SideReport

catalogue = typer.Typer(help="Import and export tracks.", no_args_is_help=True)

GenresOption = Annotated[
    Path | None, typer.Option("--artist-genres", help="CSV of artist names and their genres")
]
PlaylistsOption = Annotated[
    Path | None, typer.Option("--playlists", help="CSV: playlist_id, playlist_name, track_id")
]


@catalogue.command("import")
def import_files(
    paths: Annotated[list[Path], typer.Argument(metavar="PATH...", help="CSV files in any known layout")],
    artist_genres: GenresOption = None,
    playlists: PlaylistsOption = None,
) -> None:
    """Import tracks, and genres and playlists beside them; tell what was taken and what was not."""
    _import(paths, artist_genres, playlists, "file")


@catalogue.command("load")
def load(
    if_empty: Annotated[
        bool, typer.Option("--if-empty", help="do nothing when there are tracks already")
    ] = False,
) -> None:
    """Import what QUINTET_CATALOGUE and QUINTET_ARTIST_GENRES name."""
    if if_empty and (count := batch_catalogue.track_store().count_tracks()):
        typer.echo(f"The catalogue holds {count:,} tracks already.")
        return
    with shown() as progress:
        choice = batch_catalogue.choose_catalogue(progress)
    if choice.note:
        sys.stderr.write(f"{choice.note}\n")
    _import(list(choice.tracks), CatalogueSettings().artist_genres, choice.playlists, choice.source)


@catalogue.command("export")
def export(path: Annotated[Path, typer.Argument(help="the CSV file to write")]) -> None:
    """Write every track with audio features in the canonical layout."""
    count = batch_catalogue.export_tracks(path)
    typer.echo(f"{count:,} tracks written to {path}")


def _import(paths: list[Path], artist_genres: Path | None, playlists: Path | None, source: str) -> None:
    with shown() as progress:
        reports = batch_catalogue.import_tracks(paths, source, progress)
    for report in reports:
        _print_import(report)
    if artist_genres is not None:
        _print_side("artists", "artists changed", batch_catalogue.import_artist_genres(artist_genres))
    if playlists is not None:
        side = batch_catalogue.import_playlists(playlists, source)
        _print_side("playlist rows", "new in a playlist", side)


def _print_import(report: ImportReport) -> None:
    counts = report.counts
    rows: list[tuple[str, str | int]] = [("rows read", counts.read), ("accepted", counts.accepted)]
    rows += [("  of tracks seen before in the file", counts.repeated)]
    rows += [("rejected", sum(counts.rejected.values()))]
    rows += [
        (f"  {reason}", count) for reason, count in sorted(counts.rejected.items(), key=lambda item: -item[1])
    ]
    rows += [("tracks added", counts.added), ("changed", counts.changed), ("as they were", counts.unchanged)]
    rows += [("playlists", counts.playlists)] * bool(counts.playlists)
    rows += [("seconds", f"{report.duration_s:.1f}")]
    print_table(report.detail, rows)
    if report.rejects:
        typer.echo(f"The rejected rows are in {report.rejects}")


def _print_side(what: str, changed: str, report: SideReport) -> None:
    rows: list[tuple[str, str | int]] = [(what, report.accepted), (changed, report.changed)]
    rows += [(f"left out: {reason}", count) for reason, count in report.rejected.items()]
    print_table(report.detail, rows)
