"""A `ChartBoard` in one JSON file: the crawl writes it, the API reads it, and neither waits for the other."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from pathlib import Path

from quintet.errors import StoreError
from quintet.ports.crawl import Chart

log = logging.getLogger(__name__)


class ChartFile:
    """The newest chart.

    Parameters
    ----------
    path : Path
        The file; its folder is made when it is first written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def hang(self, chart: Chart) -> None:
        """Write a chart whole or not at all, unless a newer one is there."""
        standing = self.read()
        if standing is not None and standing.date > chart.date:
            return
        draft = self._path.with_suffix(".draft")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(asdict(chart), ensure_ascii=False), encoding="utf-8")
            draft.replace(self._path)
        except OSError as error:
            raise StoreError(f"the chart cannot be written to {self._path}: {error.strerror}") from error

    def read(self) -> Chart | None:
        """Return the chart, or None where there is none or the file is damaged."""
        try:
            return Chart(**json.loads(self._path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, TypeError):
            log.warning("the chart's file cannot be read: the next crawl writes it anew")
            return None
