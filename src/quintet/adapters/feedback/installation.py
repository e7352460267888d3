"""What the operator is shown of the catalogue and the last crawl, read from PostgreSQL."""

from __future__ import annotations

from quintet.adapters.feedback import statements as sql
from quintet.adapters.feedback.connection import Database
from quintet.ports.feedback import Installation

_CRAWL = ("date", "counts", "rejected", "sources", "drift", "left")


class PostgresInstallation:
    """Counts and the newest crawl: see `ports.feedback.InstallationFacts`.

    Parameters
    ----------
    database : Database
        Used by one thread at a time.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def read(self) -> Installation:
        """Return what there is now."""
        sources = {source: int(count) for source, count in self._database.run(sql.SOURCES)}
        crawls = self._database.run(sql.LAST_CRAWL)
        last = dict(zip(_CRAWL, crawls[0], strict=True)) if crawls else None
        return Installation(sources, last)
