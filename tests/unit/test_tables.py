"""Reports print what they are given, whole."""

from __future__ import annotations

import pytest

from quintet.tables import print_table


def test_a_long_path_in_a_title_stays_one_word(capsys):
    path = "/a/rather/long/path/that/is/wider/than/its/little/table/artist_genres.csv"
    print_table(path, [("rows", 1234)])
    printed = capsys.readouterr().out
    assert path in printed
    assert "1,234" in printed


def test_shares_and_drift_are_shown_with_three_places(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("a title", [("energy", 0.12345), ("none", 0.0), ("songs", 1234), ("text", "as it is")])
    said = capsys.readouterr().out
    assert all(text in said for text in ("0.123", "0.000", "1,234", "as it is"))
