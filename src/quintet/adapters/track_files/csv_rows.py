"""A CSV file as a stream of rows, good or bad: nothing a file holds stops the stream.

What columns mean is not known here. Files are UTF-8, with or without a byte-order mark, or UTF-16 with one.
Bytes that are not make their own row bad, not the file: to guess an encoding would be to change names.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO, Self

from quintet.errors import UnknownLayoutError

MAX_CELL_LENGTH = 20_000


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row: its number (from 1, without the header), its cells, and its fault ("" for none)."""

    number: int
    cells: list[str]
    fault: str = ""


class CsvFile:
    """An open CSV file: a context manager that reads the header and then streams the rows.

    Raises
    ------
    UnknownLayoutError
        When there is no header, or no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.size_bytes = path.stat().st_size
            self._binary: BinaryIO = path.open("rb")
        except OSError as error:
            raise UnknownLayoutError(f"{path}: cannot be read ({error.strerror})") from error
        text = TextIOWrapper(self._binary, self._encoding(), errors="surrogateescape", newline="")
        self._text = text
        self._reader = csv.reader(text)
        self.header = self._read_header()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._text.close()

    def _encoding(self) -> str:
        start = self._binary.read(4)
        self._binary.seek(0)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        return "utf-8-sig"

    def _read_header(self) -> list[str]:
        try:
            header = next((cells for cells in self._reader if cells), [])
        except (csv.Error, UnicodeError):
            header = []
        names = [name.strip() for name in header]
        if not any(names):
            self._text.close()
            raise UnknownLayoutError(f"{self.path}: holds no header row; a CSV file of tracks is expected")
        return names

    def position_bytes(self) -> int:
        """Return how much of the file has been taken from the disk, for progress."""
        return self._binary.tell()

    def chunks(self, size: int) -> Iterator[list[CsvRow]]:
        """Yield lists of up to `size` rows until the file ends; blank lines are no rows."""
        rows = self._rows()
        while chunk := list(islice(rows, size)):
            yield chunk

    def _rows(self) -> Iterator[CsvRow]:
        number = 0
        while True:
            number += 1
            try:
                cells = next(filter(None, self._reader))
            except StopIteration:
                return
            except csv.Error:  # the parser starts afresh at the next line
                yield CsvRow(number, [], "unreadable line (is a quote left open?)")
            except UnicodeError:  # UTF-16 that breaks off: nothing after it can be read
                yield CsvRow(number, [], "not UTF-16 text (save the file as UTF-8)")
                return
            else:
                yield CsvRow(number, cells, self._fault(cells))

    def _fault(self, cells: list[str]) -> str:
        if len(cells) != len(self.header):
            return "wrong number of columns"
        text = "\n".join(cells)
        if "\0" in text:
            return "a NUL character"
        if not text.isascii() and not _is_encodable(text):
            return "not UTF-8 text (save the file as UTF-8)"
        if len(text) > MAX_CELL_LENGTH and max(map(len, cells)) > MAX_CELL_LENGTH:
            return f"a cell longer than {MAX_CELL_LENGTH} characters"
        return ""


def _is_encodable(text: str) -> bool:
    """Tell whether the text was decoded whole: undecodable bytes stand in it as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
