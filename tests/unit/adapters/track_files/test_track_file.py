"""Files of every known layout become rows with our names."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from quintet.adapters.track_files.track_file import TrackFile
from quintet.data.schema import FEATURE_NAMES
from quintet.data.validation import CheckedRows, check_rows
from quintet.errors import UnknownLayoutError

ID, OTHER = "4uLU6hMCjMI75M1A2tKUQC", "0r7CVbZTWZgbTCYdfa2P31"
ARTIST, GUEST = "a" * 22, "b" * 22
VALUES = {
    **dict.fromkeys(FEATURE_NAMES, "0.5"),
    "key": "5",
    "mode": "1",
    "tempo": "120",
    "time_signature": "4",
}
TITLED = {name.replace("_", " ").title(): value for name, value in VALUES.items()}

SPOTIFY_SONGS = {
    "track_id": ID, "track_name": "A Song", "track_artist": "Someone", "track_popularity": "66",
    "track_album_id": "x", "track_album_name": "An Album", "track_album_release_date": "2019-06-14",
    "playlist_name": "Mine", "playlist_id": "p1", "playlist_genre": "rap", "playlist_subgenre": "trap",
    **{name: value for name, value in VALUES.items() if name != "time_signature"}, "duration_ms": "200000",
}  # fmt: skip
BILLBOARD = {
    "song_id": "s", "performer": "Someone Featuring A & B", "song": "A Song",
    "spotify_genre": "['dance pop', 'pop']", "spotify_track_id": ID, "spotify_track_preview_url": "",
    "spotify_track_duration_ms": "200000.0", "spotify_track_explicit": "False",
    "spotify_track_album": "An Album", **VALUES, "key": "5.0", "spotify_track_popularity": "66.0",
}  # fmt: skip
KAGGLE_114K = {
    "": "0", "track_id": ID, "artists": "Someone;Guest", "album_name": "An Album", "track_name": "A Song",
    "popularity": "66", "duration_ms": "200000", "explicit": "False", **VALUES, "track_genre": "acoustic",
}  # fmt: skip
KAGGLE_1_2M = {
    "id": ID, "name": "A Song", "album": "An Album", "album_id": "x", "artists": "['Someone', \"Guest\"]",
    "artist_ids": f"['{ARTIST}', '{GUEST}']", "track_number": "1", "disc_number": "1", "explicit": "False",
    **VALUES, "duration_ms": "200000", "year": "1999", "release_date": "1999-11-02",
}  # fmt: skip
EXPORTIFY_NET = {
    "Track URI": f"spotify:track:{ID}", "Track Name": "A Song", "Album Name": "An Album",
    "Artist Name(s)": "Tyler, The Creator,Guest", "Release Date": "2019", "Duration (ms)": "200000",
    "Popularity": "66", "Explicit": "true", "Added By": "", "Added At": "", "Genres": "pop,rock",
    "Record Label": "", **TITLED,
}  # fmt: skip
EXPORTIFY_NET_OLD = {
    "Spotify ID": ID, "Artist IDs": ARTIST, "Track Name": "A Song", "Album Name": "An Album",
    "Artist Name(s)": "Earth,Wind & Fire", "Release Date": "2019", "Duration (ms)": "200000",
    "Popularity": "66", "Added By": "", "Added At": "", "Genres": "pop", **TITLED,
}  # fmt: skip
EXPORTIFY_APP = {
    "Track URI": f"spotify:track:{ID}", "Track Name": "A Song", "Artist URI(s)": f"spotify:artist:{ARTIST}",
    "Artist Name(s)": r"Earth\, Wind & Fire", "Album URI": "spotify:album:x", "Album Name": "An Album",
    "Album Release Date": "2019-06", "Album Image URL": "https://i", "Track Duration (ms)": "200000",
    "Explicit": "false", "Popularity": "66", "ISRC": "USRC17607839", "Artist Genres": "pop,rock", **TITLED,
}  # fmt: skip
CANONICAL = {
    "track_id": "demo001", "track_name": "A Song", "artists": r"A\;B;C", "album_name": "An Album",
    "release_date": "2019", "popularity": "", "explicit": "True", "duration_ms": "200000", **VALUES,
    "genres": "pop;rock",
}  # fmt: skip


def write(path: Path, *rows: dict[str, str], **options: str) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), **options)
        writer.writeheader()
        writer.writerows(rows)
    return path


def check(path: Path) -> CheckedRows:
    (raw,) = TrackFile(path).chunks(lambda *_: None)
    return check_rows(raw)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.csv"


@pytest.mark.parametrize(
    ("row", "artists", "genres", "date"),
    [
        (SPOTIFY_SONGS, ["Someone"], [], "2019-06-14"),
        (BILLBOARD, ["Someone", "A", "B"], ["dance pop", "pop"], None),
        (KAGGLE_114K, ["Someone", "Guest"], ["acoustic"], None),
        (KAGGLE_1_2M, ["Someone", "Guest"], [], "1999-11-02"),
        (EXPORTIFY_NET, ["Tyler, The Creator", "Guest"], ["pop", "rock"], "2019"),
        (EXPORTIFY_NET_OLD, ["Earth,Wind & Fire"], ["pop"], "2019"),
        (EXPORTIFY_APP, ["Earth, Wind & Fire"], ["pop", "rock"], "2019-06"),
        (CANONICAL, ["A;B", "C"], ["pop", "rock"], "2019"),
    ],
)
def test_every_layout_is_recognised_by_its_header(
    path: Path, row: dict[str, str], artists: list[str], genres: list[str], date: str | None
) -> None:
    checked = check(write(path, row))
    assert list(checked.rejected) == []
    track = checked.tracks.iloc[0]
    assert (track["track_name"], track["album_name"], track["duration_ms"]) == ("A Song", "An Album", 200_000)
    assert (track["artists"], track["genres"]) == (artists, genres)
    assert (track["release_date"] if date else None) == date
    assert track["key"] == 5


def test_an_unknown_layout_names_what_is_missing_and_what_is_known(path: Path) -> None:
    row = {name: value for name, value in SPOTIFY_SONGS.items() if name != "tempo"}
    with pytest.raises(UnknownLayoutError, match=r"lacks: tempo\. Known layouts: .*exportify\.app"):
        TrackFile(write(path, row))


def test_an_exportify_app_export_without_features_is_told_what_it_lacks(path: Path) -> None:
    row = {name: value for name, value in EXPORTIFY_APP.items() if name not in TITLED}
    with pytest.raises(UnknownLayoutError, match=r"exportify\.app export with audio features.*Danc"):
        TrackFile(write(path, row))


def test_playlist_genres_are_no_genres_of_tracks(path: Path) -> None:
    assert check(write(path, SPOTIFY_SONGS)).tracks["genres"].tolist() == [[]]


def test_playlists_come_with_the_tracks(path: Path) -> None:
    rows = [
        SPOTIFY_SONGS,
        {**SPOTIFY_SONGS, "playlist_subgenre": "other"},
        {**SPOTIFY_SONGS, "playlist_id": "p2"},
    ]
    playlists = check(write(path, *rows)).playlists
    assert playlists is not None
    assert playlists["playlist_id"].tolist() == ["p1", "p2"]


def test_the_word_na_is_missing_only_where_every_name_is(path: Path) -> None:
    gap = {**SPOTIFY_SONGS, "track_name": "NA", "track_artist": "NA", "track_album_name": "NA"}
    act = {**SPOTIFY_SONGS, "track_artist": "NA", "track_popularity": "NA"}
    checked = check(write(path, gap, act))
    assert checked.rejected.to_dict() == {1: "no title"}
    assert checked.tracks["artists"].tolist() == [["NA"]]
    assert checked.tracks["popularity"].isna().all()


def test_a_billboard_row_without_features_is_rejected_with_its_reason(path: Path) -> None:
    empty = {**BILLBOARD, **dict.fromkeys(VALUES, ""), "spotify_track_id": "", "spotify_track_album": ""}
    assert check(write(path, empty)).rejected.tolist() == ["no audio features"]


@pytest.mark.parametrize("genres", ["", "[]", "NA"])
def test_null_and_empty_genres_are_no_genres(path: Path, genres: str) -> None:
    assert check(write(path, {**BILLBOARD, "spotify_genre": genres})).tracks["genres"].tolist() == [[]]


def test_an_album_object_in_the_billboard_file_is_opened(path: Path) -> None:
    album = str({"name": "reputation", "id": "x", "release_date": "2017-11-10", "images": []})
    track = check(write(path, {**BILLBOARD, "spotify_track_album": album})).tracks.iloc[0]
    assert (track["album_name"], track["release_date"]) == ("reputation", "2017-11-10")


def test_artists_ids_count_only_where_there_is_one_for_each(path: Path) -> None:
    rows = [KAGGLE_1_2M, {**KAGGLE_1_2M, "id": OTHER, "artist_ids": f"['{ARTIST}']"}]
    assert check(write(path, *rows)).tracks["artist_ids"].tolist() == [[ARTIST, GUEST], []]


def test_a_malformed_line_is_one_rejected_row(path: Path) -> None:
    write(path, SPOTIFY_SONGS, SPOTIFY_SONGS)
    path.write_bytes(path.read_bytes() + b"only,three,cells\n")
    checked = check(path)
    assert checked.rejected.to_dict() == {3: "wrong number of columns"}
    assert len(checked.tracks) == 2
