"""Reports as small tables on stdout. Progress of long work is shown by `console`."""

from __future__ import annotations

from collections.abc import Iterable


def print_table(title: str, rows: Iterable[tuple[str, str | int]]) -> None:
    """Print names and values under a title; whole numbers get separators, long values are kept whole."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right", overflow="fold")
    for name, value in rows:
        table.add_row(Text(name), Text(f"{value:,}" if isinstance(value, int) else value))
    console = Console()
    console.print(Text(title), soft_wrap=True)  # a path in it must stay one word
    console.print(table)
