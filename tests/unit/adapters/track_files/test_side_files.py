"""Files of artists' genres and of playlists."""

from __future__ import annotations

from pathlib import Path

import pytest

from quintet.adapters.track_files.side_files import read_artist_genres, read_playlists
from quintet.errors import UnknownLayoutError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "side.csv"


def test_artists_called_na_or_in_quotes_are_artists(path: Path) -> None:
    path.write_text('artists,genres\nNA,[]\n"""Weird Al"" Yankovic","[\'comedy rock\', \'Parody\']"\n')
    frame = read_artist_genres(path).frame
    assert frame["artist_name"].tolist() == ["NA", '"Weird Al" Yankovic']
    assert frame["genres"].tolist() == [[], ["comedy rock", "parody"]]


def test_genres_may_be_a_plain_list_and_artists_may_have_ids(path: Path) -> None:
    path.write_text(f"id,followers,genres,name\n{'a' * 22},1,pop;rock,Someone\nx,1,,Other\n")
    frame = read_artist_genres(path).frame
    assert frame["artist_id"].tolist() == ["a" * 22, ""]
    assert frame["genres"].tolist() == [["pop", "rock"], []]


def test_rows_left_out_are_counted(path: Path) -> None:
    path.write_text("artists,genres\n ,[]\nA,[],x\nB,[]\n")
    rows = read_artist_genres(path)
    assert rows.read == 3 == len(rows.frame) + sum(rows.rejected.values())


def test_a_playlist_has_a_track_once(path: Path) -> None:
    path.write_text("track_id,playlist_name,playlist_id\nt1,Mine,p\nt1,Mine,p\nt2,,p\nt3,x,\n")
    rows = read_playlists(path)
    assert rows.frame[["playlist_id", "playlist_name", "track_id"]].values.tolist() == [
        ["p", "Mine", "t1"],
        ["p", "p", "t2"],
    ]
    assert sum(rows.rejected.values()) == 2


@pytest.mark.parametrize("read", [read_artist_genres, read_playlists])
def test_missing_columns_are_named(path: Path, read) -> None:
    path.write_text("a,b\n1,2\n")
    with pytest.raises(UnknownLayoutError, match="lacks the columns"):
        read(path)
