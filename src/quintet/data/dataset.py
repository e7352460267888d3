"""The data set a model is fitted to: tracks grouped by recording and song, with a fingerprint."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Dataset:
    """Tracks with `recording` and `song`, and the SHA-256 of their content."""

    tracks: pd.DataFrame
    fingerprint: str
