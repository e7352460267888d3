"""A column of texts as two arrays: UTF-8 bytes and where each text begins; small, and memory-mapped as it is.

What the columns mean is in `tracks`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

SEPARATOR = "\x1f"  # ASCII's own unit separator, between the texts of one row


class TextColumn(Sequence[str]):
    """Texts by row.

    Parameters
    ----------
    data : uint8 array
        All texts as UTF-8, one after the other.
    offsets : int64 array, shape (n + 1,)
        Text i is the bytes from offset i up to offset i + 1.
    """

    def __init__(self, data: NDArray[np.uint8], offsets: NDArray[np.int64]) -> None:
        self.data = data
        self.offsets = offsets
        self._view = np.ascontiguousarray(data).data
        self._starts = offsets.data  # a memoryview gives plain integers, several times faster

    @classmethod
    def of(cls, texts: Iterable[str]) -> TextColumn:
        """Make a column of texts; what UTF-8 cannot hold (a lone surrogate) becomes `?`."""
        encoded = [text.encode("utf-8", "replace") for text in texts]
        offsets = np.zeros(len(encoded) + 1, dtype=np.int64)
        np.cumsum([len(text) for text in encoded], out=offsets[1:])
        return cls(np.frombuffer(b"".join(encoded), dtype=np.uint8), offsets)

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, row: int) -> str:  # type: ignore[override]
        return self.encoded(row).decode("utf-8")

    def encoded(self, row: int) -> bytes:
        """Return a row's UTF-8 bytes."""
        if row < 0:
            raise IndexError(row)
        return bytes(self._view[self._starts[row] : self._starts[row + 1]])

    def find_sorted(self, text: str) -> int | None:
        """Return the row of a text in a column sorted by its bytes, or None, by binary search."""
        wanted = text.encode("utf-8", "replace")
        row = bisect_left(range(len(self)), wanted, key=self.encoded)
        return row if row < len(self) and self.encoded(row) == wanted else None


def join(texts: Iterable[str]) -> str:
    """Return several texts as the one text of a row."""
    return SEPARATOR.join(text.replace(SEPARATOR, " ") for text in texts)


def split(text: str) -> list[str]:
    """Return the texts `join` made one of."""
    return text.split(SEPARATOR) if text else []
