"""What a real PostgreSQL gives back of what one source or several told it. See `test_import_catalogue`."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.catalogue_files import canonical_row, load, silent, write_csv

from quintet.adapters.postgres import PostgresTrackStore
from quintet.adapters.track_files.canonical import write_canonical
from quintet.adapters.track_files.track_file import TrackFile
from quintet.data.dataset import build_dataset
from quintet.data.schema import SNAPSHOT_COLUMNS
from quintet.data.validation import check_rows
from quintet.ports import Origin, TrackBatch

GENRES = pd.DataFrame({"artist_name": ["Someone"], "genres": pd.Series([["pop", "rock"]], dtype=object)})


def test_what_a_later_file_does_not_say_is_kept(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row(popularity="50", release_date="2019-05-01", explicit="True"))
    load(store, path)
    write_csv(path, canonical_row(popularity="", release_date="", explicit="", album_name=""))
    load(store, path)
    track = store.tracks().iloc[0]
    assert (track["popularity"], track["release_date"], track["explicit"]) == (50, "2019-05-01", True)
    assert track["album_name"] == "An Album"


@pytest.mark.parametrize("date", ["1987", "1987-07", "1987-07-05"])
def test_a_date_keeps_its_precision(store: PostgresTrackStore, path: Path, date: str) -> None:
    write_csv(path, canonical_row(release_date=date))
    load(store, path)
    assert store.tracks()["release_date"].tolist() == [date]


def test_genres_come_from_the_track_then_its_artists_id_then_their_name(
    store: PostgresTrackStore, path: Path
) -> None:
    write_csv(
        path, canonical_row(track_id="a", genres="jazz"), canonical_row(track_id="b", artists="SOMEONE")
    )
    load(store, path)
    assert store.upsert_artist_genres(GENRES, Origin("file", "g")) == 1
    assert store.upsert_artist_genres(GENRES, Origin("file", "g")) == 0
    assert store.tracks()["genres"].tolist() == [["jazz"], ["pop", "rock"]]


def test_names_that_fold_alike_share_their_genres(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row(artists="KAI;NA"))
    load(store, path)
    genres = pd.DataFrame(
        {
            "artist_name": ["Kai", "kai", "NA", "NA"],
            "genres": pd.Series([["k-pop"], ["house"], [], ["folk"]], dtype=object),
        }
    )
    store.upsert_artist_genres(genres, Origin("file", "g"))
    assert store.tracks()["genres"].tolist() == [["k-pop", "house", "folk"]]


def test_the_best_source_is_read_whatever_came_last(store: PostgresTrackStore, path: Path) -> None:
    for source, tempo in (("spotify", "111"), ("file", "99"), ("demo", "55")):
        write_csv(path, canonical_row(tempo=tempo))
        load(store, path, source)
    assert store.tracks()["tempo"].tolist() == [111.0]


def test_credits_with_ids_do_not_give_way_to_bare_names(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row(artists="Someone;Guest"))
    (raw,) = TrackFile(path).chunks(silent)
    tracks = check_rows(raw).tracks
    tracks["artist_ids"] = pd.Series([["a" * 22, "b" * 22]], tracks.index, dtype=object)
    store.import_batches([TrackBatch(tracks)], Origin("spotify", "x"))
    write_csv(path, canonical_row(artists="Somebody"))
    load(store, path)
    assert store.tracks()["artists"].tolist() == [["Someone", "Guest"]]


def test_a_track_without_features_waits_for_them(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row())
    (raw,) = TrackFile(path).chunks(silent)
    tracks = check_rows(raw).tracks.astype({"key": "float64", "mode": "float64"})
    tracks.loc[:, "danceability":"time_signature"] = float("nan")
    store.import_batches([TrackBatch(tracks)], Origin("spotify", "x"))
    assert store.count_tracks() == len(store.tracks()) == 0
    load(store, path)
    assert store.count_tracks() == len(store.tracks()) == 1


def test_playlists_hold_known_tracks_in_order_and_once(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row(track_id="b"), canonical_row(track_id="a"))
    load(store, path)
    playlists = pd.DataFrame(
        [["p", "Mine", "b"], ["p", "Mine", "a"], ["p", "Mine", "b"], ["q", "Mine", "unknown"]],
        columns=["playlist_id", "playlist_name", "track_id"],
        dtype="str",
    )
    assert store.upsert_playlists(playlists, Origin("file", "x")) == 2
    assert store.upsert_playlists(playlists, Origin("file", "x")) == 0
    assert store.playlists().values.tolist() == [["p", "Mine", "b"], ["p", "Mine", "a"]]


def test_an_empty_store_gives_an_empty_snapshot_with_every_column(store: PostgresTrackStore) -> None:
    assert list(store.tracks().columns) == list(SNAPSHOT_COLUMNS)
    assert store.tracks().empty
    assert build_dataset(store.tracks()).tracks.empty
    assert store.playlists().empty


def test_hostile_names_survive_the_way_there_and_back(store: PostgresTrackStore, path: Path) -> None:
    names = [
        "'; DROP TABLE tracks; --",
        "=1+1",
        "\\N",
        "NA",
        '"quoted"',
        "a\\;b",
        "봄날 🎧",
        "nan",
        "\\.",
        "null",
    ]
    rows = [canonical_row(track_id=f"t{at}", track_name=name) for at, name in enumerate(names)]
    write_csv(path, *rows)
    load(store, path)
    assert store.tracks()["track_name"].tolist() == names


def test_an_export_comes_back_identical(store: PostgresTrackStore, path: Path, tmp_path: Path) -> None:
    rows = [
        canonical_row(track_id="demo1", artists=r"A\;B;C\\", genres="x;y", tempo="100.10000000000001"),
        canonical_row(track_id="b", popularity="", explicit="False", release_date="1987", time_signature=""),
        canonical_row(track_id="c", explicit="", album_name="", genres="", loudness="-0.1"),
    ]
    write_csv(path, *rows)
    load(store, path)
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    before = store.tracks()
    write_canonical(before, first)
    _empty(store)
    load(store, first)
    pd.testing.assert_frame_equal(store.tracks(), before)
    write_canonical(store.tracks(), second)
    assert first.read_bytes() == second.read_bytes()
    assert before["is_invented"].tolist() == [False, False, True]


def _empty(store: PostgresTrackStore) -> None:
    with store._engine.begin() as connection:
        connection.exec_driver_sql("TRUNCATE tracks, artists, imports, playlists CASCADE")
