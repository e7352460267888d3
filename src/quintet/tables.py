"""Reports as small tables on stdout. Progress of long work is shown by `console`."""

from __future__ import annotations

from collections.abc import Iterable


def print_table(title: str, rows: Iterable[tuple[str, str | int | float]]) -> None:
    """Print names and values under a title; numbers get separators or three places, texts are kept whole."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right", overflow="fold")
    for name, value in rows:
        table.add_row(Text(name), Text(_as_text(value)))
    console = Console()
    console.print(Text(title), soft_wrap=True)  # a path in it must stay one word
    console.print(table)


def _as_text(value: str | int | float) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
