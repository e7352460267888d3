"""What a long command shows while it works: a live bar on a terminal, plain lines anywhere else.

Nothing is worked out here; jobs are given a `Progress` to call and do not know who listens.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LINE_EVERY_S = 5.0


@contextmanager
def shown() -> Iterator[Callable[[str, int, int | None], None]]:
    """Show progress on stderr until the block ends; what is given back is a `ports.Progress`."""
    if sys.stderr.isatty():
        with _live() as progress:
            yield progress
    else:
        yield _lines()


@contextmanager
def _live() -> Iterator[Callable[[str, int, int | None], None]]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bars

    columns = (
        SpinnerColumn(finished_text="✓"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    tasks: dict[str, int] = {}
    with Bars(*columns, console=Console(stderr=True)) as bars:

        def report(what: str, done: int, total: int | None) -> None:
            if what not in tasks:
                tasks[what] = bars.add_task(what, total=total)
            bars.update(bars.task_ids[tasks[what]], completed=done, total=total)

        yield report


def _lines() -> Callable[[str, int, int | None], None]:
    """Return a reporter that writes a line when something begins, then every few seconds until its end."""
    started = monotonic()
    said: dict[str, float] = {}

    def report(what: str, done: int, total: int | None) -> None:
        now = monotonic()
        if what in said and (done == total or now - said[what] < _LINE_EVERY_S):
            return
        said[what] = now
        amount = f" {done:,}" + (f" of {total:,}" if total is not None else "") if done else ""
        sys.stderr.write(f"{now - started:7.1f} s  {what}{amount}\n")

    return report
