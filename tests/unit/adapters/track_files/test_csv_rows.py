"""CSV files, good and bad, as streams of rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quintet.adapters.track_files.csv_rows import CsvFile, CsvRow
from quintet.errors import UnknownLayoutError


def read(path: Path, content: bytes) -> list[CsvRow]:
    path.write_bytes(content)
    with CsvFile(path) as file:
        return [row for chunk in file.chunks(2) for row in chunk]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "some.csv"


def test_rows_are_numbered_from_one_without_header_and_blank_lines(path: Path) -> None:
    rows = read(path, b"a,b\n\n1,2\n\n3,4\n")
    assert [(row.number, row.cells) for row in rows] == [(1, ["1", "2"]), (2, ["3", "4"])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_or_without_a_byte_order_mark(path: Path, encoding: str) -> None:
    (row,) = read(path, "a,b\n봄날,Sadé\n".encode(encoding))
    assert row == CsvRow(1, ["봄날", "Sadé"])


def test_quoted_cells_may_hold_commas_quotes_and_line_ends(path: Path) -> None:
    (row,) = read(path, b'a,b\r\n"x, y","say ""hi""\nthere"\r\n')
    assert row.cells == ["x, y", 'say "hi"\nthere']


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (b"1", "wrong number of columns"),
        (b"1,2,3", "wrong number of columns"),
        (b"1,\x00", "a NUL character"),
        (b"1,Sad\xe9", "not UTF-8 text (save the file as UTF-8)"),
        (b"1," + b"x" * 20_001, "a cell longer than 20000 characters"),
        (b'1,"' + b"x" * 140_000 + b'"', "unreadable line (is a quote left open?)"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_read(path: Path, line: bytes, fault: str) -> None:
    rows = read(path, b"a,b\n1,2\n" + line + b"\n3,4\n")
    assert [row.fault for row in rows][:2] == ["", fault]
    assert rows[-1].cells == ["3", "4"]


def test_utf_16_that_breaks_off_ends_the_stream_with_a_fault(path: Path) -> None:
    rows = read(path, "a,b\n1,2\n3,4".encode("utf-16")[:-1])
    assert rows[-1].fault or rows[-1].cells == ["1", "2"]


@pytest.mark.parametrize("content", [b"", b"\n\n", b",,\n1,2,3\n"])
def test_a_file_without_a_header_is_refused(path: Path, content: bytes) -> None:
    with pytest.raises(UnknownLayoutError, match="no header"):
        read(path, content)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownLayoutError, match=r"absent\.csv: cannot be read"):
        CsvFile(tmp_path / "absent.csv")
    with pytest.raises(UnknownLayoutError, match="cannot be read"):
        CsvFile(tmp_path)


@settings(max_examples=100, deadline=None)
@given(body=st.binary(max_size=300))
def test_no_bytes_stop_the_stream(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "any.csv"
    for row in read(path, b"a,b\n" + body):
        assert row.fault or len(row.cells) == 2
