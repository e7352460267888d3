"""`quintet crawl` and `quintet connect`: arguments in, reports out. The work is wired in `batch_crawl`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from quintet.console import shown
from quintet.tables import print_table

if TYPE_CHECKING:
    from quintet.jobs.crawl.morning import TaskReport


def crawl(
    date: Annotated[
        str | None, typer.Option(help="The day, YYYY-MM-DD; default: today in QUINTET_TIMEZONE.")
    ] = None,
    budget: Annotated[
        int | None, typer.Option(min=0, help="Calls of Spotify that day; default: QUINTET_CRAWL_CALL_BUDGET.")
    ] = None,
    query: Annotated[
        list[str] | None,
        typer.Option(help="A Spotify search; may be repeated. Default: QUINTET_CRAWL_QUERIES and playlists."),
    ] = None,
) -> None:
    """Crawl one morning: the chart, new music, genres, audio features; then publish. Safe to repeat."""
    from quintet.batch_crawl import CrawlOptions, crawl_day, run_crawl

    options = CrawlOptions(crawl_day(date), budget, query or None)
    with shown() as progress:
        reports = list(run_crawl(options, progress))
    for report in reports:
        _print_report(report)


def connect() -> None:
    """Connect your own Spotify account to the crawl: it then reads your top and saved tracks."""
    from quintet.batch_connect import Agreement

    agreement = Agreement()
    typer.echo(f"Open this address, agree, and copy the address your browser ends at:\n\n{agreement.url}\n")
    came_back = typer.prompt("The address it ended at")
    typer.echo(
        f"\nPut this line into .env and tell nobody:\n\nSPOTIFY_REFRESH_TOKEN={agreement.finish(came_back)}"
    )


def _print_report(report: TaskReport) -> None:
    rows: list[tuple[str, str | int | float]] = [
        (name.replace("_", " "), count) for name, count in report.counts.items()
    ]
    for title, found in report.details.items():
        if isinstance(found, dict):
            rows += [(f"{title.replace('_', ' ')}: {name}", value) for name, value in found.items()]
        else:
            rows.append((title.replace("_", " "), str(found)))
    if report.left:
        rows.append(("left for tomorrow", report.left))
    print_table(f"{report.task} of {report.date}", rows)
