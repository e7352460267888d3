"""Reports print what they are given, whole."""

from __future__ import annotations

from quintet.tables import print_table


def test_a_long_path_in_a_title_stays_one_word(capsys):
    path = "/a/rather/long/path/that/is/wider/than/its/little/table/artist_genres.csv"
    print_table(path, [("rows", 1234)])
    printed = capsys.readouterr().out
    assert path in printed
    assert "1,234" in printed
