"""Tracks from any source into the store: rows checked and counted, a bad batch refused unwritten.

Files, layouts and SQL are not known here.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from quintet.data.validation import check_rows
from quintet.errors import DataError, TooManyRejectedError
from quintet.ports import ImportCounts, Progress, RejectedRows, RowSource, TrackBatch, TrackStore


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of one source.

    Parameters
    ----------
    detail : str
        The path, query or playlist.
    counts : ImportCounts
        Rows and tracks; `counts.read` is every row of the source.
    rejects : str or None
        Where the rejected rows are kept.
    duration_s : float
        Seconds it took.
    """

    detail: str
    counts: ImportCounts
    rejects: str | None
    duration_s: float


def import_source(
    source: RowSource,
    store: TrackStore,
    rejected: RejectedRows,
    max_rejected_share: float,
    progress: Progress,
) -> ImportReport:
    """Import one source in one transaction.

    Parameters
    ----------
    source : RowSource
        Where rows come from.
    store : TrackStore
        Where accepted ones go.
    rejected : RejectedRows
        Where the others are kept.
    max_rejected_share : float
        In [0, 1]: above this share of rejected rows nothing is written.
    progress : Progress
        Told how far it is.

    Raises
    ------
    TooManyRejectedError
        When too large a share was rejected; the store is as before.
    DataError
        When the source holds no rows.
    """
    started = time.monotonic()
    batches = _batches(source, rejected, max_rejected_share, progress)
    counts = store.import_batches(batches, source.origin)
    return ImportReport(source.origin.detail, counts, rejected.place(), time.monotonic() - started)


def _batches(
    source: RowSource, rejected: RejectedRows, max_rejected_share: float, progress: Progress
) -> Iterator[TrackBatch]:
    """Yield checked chunks; raise after the last one, before the store writes, when the whole is too bad."""
    accepted, reasons = 0, Counter[str]()
    for rows in source.chunks(progress):
        checked = check_rows(rows)
        rejected.keep(rows, checked.rejected)
        refused = Counter(checked.rejected)
        accepted += len(checked.tracks)
        reasons.update(refused)
        yield TrackBatch(checked.tracks, checked.playlists, refused)
    _refuse_bad(source.origin.detail, accepted, reasons, max_rejected_share, rejected.place())
    progress("writing to the database", 0, None)


def _refuse_bad(detail: str, accepted: int, reasons: Counter[str], limit: float, place: str | None) -> None:
    read = accepted + reasons.total()
    if not read:
        raise DataError(f"{detail} holds no rows")
    if reasons.total() <= limit * read:
        return
    listed = ", ".join(f"{reason}: {count:,}" for reason, count in reasons.most_common(3))
    raise TooManyRejectedError(
        f"{detail}: {reasons.total():,} of {read:,} rows were rejected, more than {limit:.0%} "
        f"(QUINTET_MAX_REJECTED_SHARE), so nothing was written. {listed}. The rows are in {place}"
    )
