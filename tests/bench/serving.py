"""A process that opens an artifact, answers, and prints how long opening took (ms) and what it holds (MB)."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from quintet.model.artifact import SEARCH_FOLDER
from quintet.model.recommender import Recommender
from quintet.model.search import SearchIndex


def main(folder: Path) -> None:
    """Open, recommend and search once, then print."""
    started = time.perf_counter()
    recommender = Recommender.open(folder)
    index = SearchIndex(folder / SEARCH_FOLDER, recommender.tracks)
    opened_ms = (time.perf_counter() - started) * 1e3
    recommender.recommend([recommender.tracks.track_id[0]], 10)
    index.search("love")
    status = Path("/proc/self/status").read_text()
    held_kb = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    print(opened_ms, int(held_kb) / 1024)  # noqa: T201


if __name__ == "__main__":
    main(Path(sys.argv[1]))
