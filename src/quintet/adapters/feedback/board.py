"""The ChartBoard on PostgreSQL: the crawl hangs the day's chart up, the API reads the newest."""

from __future__ import annotations

import json

from quintet.adapters.feedback import statements as sql
from quintet.adapters.feedback.connection import Database
from quintet.ports.crawl import Chart


class PostgresChartBoard:
    """One chart a day: see `ports.crawl.ChartBoard`.

    Parameters
    ----------
    database : Database
        Used by one thread at a time.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def hang(self, chart: Chart) -> None:
        """Hang a day's chart up in the place of an earlier one of that day."""
        values = {"date": chart.date, "source": chart.source, "places": json.dumps(list(chart.places))}
        self._database.run(sql.HANG, values)

    def read(self) -> Chart | None:
        """Return the newest chart, or None."""
        rows = self._database.run(sql.READ_CHART)
        return Chart(*rows[0]) if rows else None
