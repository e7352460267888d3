"""What was fetched into the catalogue: checked row by row, and refused whole when too much is bad."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from quintet.data.drift import feature_drift
from quintet.data.schema import FEATURE_NAMES, Columns
from quintet.data.validation import FAULT, LIST_COLUMNS, TEXT_COLUMNS, RawRows, check_rows
from quintet.errors import TooManyRejectedError
from quintet.jobs.crawl.morning import Morning, TaskReport
from quintet.ports.crawl import ChartBoard, CheckedBatch, FoundRow, Publication

TASK = "publish"
_METADATA = tuple(name for name in TEXT_COLUMNS if name not in FEATURE_NAMES)


def publish_crawl(morning: Morning, run_id: str, max_rejected_share: float, board: ChartBoard) -> TaskReport:
    """Check the day's rows and write them in one transaction; where nothing is new, write nothing.

    Parameters
    ----------
    run_id : str
        Who publishes: a retry of the same run is given the answer of the run, another run "no change".
    max_rejected_share : float
        In [0, 1]: above this share of rejected rows nothing is written.
    board : ChartBoard
        Where the day's chart is hung up for listeners.

    Raises
    ------
    TooManyRejectedError
        When too large a share was rejected; the catalogue is as before.
    """
    found = morning.store.publication(morning.day, run_id)
    if found is None:
        batches = _batches(morning, max_rejected_share)
        found = morning.store.publish(morning.day, run_id, batches, feature_drift)
    if (chart := morning.store.chart(morning.day)) is not None:
        board.hang(chart)
    return _report(morning, found)


def _report(morning: Morning, found: Publication) -> TaskReport:
    details = {
        "is_changed": found.is_changed,
        "rejected": dict(found.rejected),
        "sources": dict(found.sources),
        "drift_psi": dict(found.drift),
    }
    report = morning.report(TASK, found.counts)
    return replace(report, details=details)


def _batches(morning: Morning, max_rejected_share: float) -> Iterator[CheckedBatch]:
    """Yield checked chunks; raise after the last one, before the store writes, when the whole is too bad."""
    read, reasons = 0, Counter[str]()
    for rows in morning.store.rows(morning.day):
        batch = check(rows, first_number=read + 1)
        read += len(rows)
        reasons.update(batch.rejected)
        morning.progress("checking", read, None)
        yield batch
    if reasons.total() > max_rejected_share * read:
        listed = ", ".join(f"{reason}: {count:,}" for reason, count in reasons.most_common(3))
        raise TooManyRejectedError(
            f"the crawl of {morning.day}: {reasons.total():,} of {read:,} rows were rejected, more than "
            f"{max_rejected_share:.0%} (QUINTET_MAX_REJECTED_SHARE), so nothing was written. {listed}"
        )


def check(rows: Sequence[FoundRow], first_number: int = 1) -> CheckedBatch:
    """Part rows into what is written and why the rest is not; a track may still wait for its features."""
    index = pd.RangeIndex(first_number, first_number + len(rows))
    frame = pd.DataFrame([_cells(row) for row in rows], index=index)
    checked = check_rows(RawRows(frame, [()] * len(rows), may_lack_features=True))
    accepted = checked.tracks
    is_new_find = pd.Series([row.is_new_find for row in rows], index=index).loc[accepted.index]
    source = pd.Series([row.features_from for row in rows], index=index, dtype=object).loc[accepted.index]
    has_features = accepted["danceability"].notna()
    features = accepted.loc[has_features, [Columns.TRACK_ID, *FEATURE_NAMES]]
    features = features.assign(source=source[has_features])
    tracks = accepted.loc[is_new_find].assign(**dict.fromkeys(FEATURE_NAMES, float("nan")))
    return CheckedBatch(tracks, features, Counter(checked.rejected))


def _cells(row: FoundRow) -> dict[str, Any]:
    track, features = row.track, row.features or {}
    said = {name: getattr(track, name) for name in _METADATA} | {
        name: features.get(name) for name in FEATURE_NAMES
    }
    cells: dict[str, Any] = {name: "" if value is None else str(value) for name, value in said.items()}
    lists = {
        Columns.ARTISTS: [artist.name for artist in track.artists],
        Columns.ARTIST_IDS: [artist.artist_id for artist in track.artists],
        Columns.GENRES: [],
    }
    return cells | {name: lists[name] for name in LIST_COLUMNS} | {FAULT: ""}
