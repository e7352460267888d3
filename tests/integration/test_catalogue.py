"""The catalogue from files into a real PostgreSQL and back."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg2
import pytest
from tests.catalogue_files import canonical_row, write_csv

from quintet.adapters.postgres import PostgresTrackStore, migrate
from quintet.adapters.track_files.canonical import write_canonical
from quintet.adapters.track_files.rejects import RejectsFile
from quintet.adapters.track_files.track_file import TrackFile
from quintet.data.dataset import build_dataset
from quintet.data.schema import SNAPSHOT_COLUMNS
from quintet.data.validation import check_rows
from quintet.errors import DataError, StoreError, TooManyRejectedError
from quintet.jobs.import_catalogue import ImportReport, import_source
from quintet.ports import Origin, TrackBatch

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
GENRES = pd.DataFrame({"artist_name": ["Someone"], "genres": pd.Series([["pop", "rock"]], dtype=object)})


def silent(*_: object) -> None:
    pass


def load(store: PostgresTrackStore, path: Path, source: str = "file", limit: float = 0.25) -> ImportReport:
    file = TrackFile(path, source)
    rejects = RejectsFile(path.parent / "rejects", path.stem, file.header)
    return import_source(file, store, rejects, limit, silent)


@pytest.fixture
def store(database_url: str) -> PostgresTrackStore:
    return PostgresTrackStore(database_url)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tracks.csv"


def test_importing_twice_changes_nothing(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, *(canonical_row(track_id=f"t{number}") for number in range(5)))
    assert (load(store, path).counts.added, len(store.tracks())) == (5, 5)
    before = store.tracks()
    counts = load(store, path).counts
    assert (counts.added, counts.changed, counts.unchanged) == (0, 0, 5)
    pd.testing.assert_frame_equal(store.tracks(), before)


@pytest.mark.parametrize(
    "change",
    [
        {"track_name": "Other"},
        {"album_name": "Other"},
        {"release_date": "2020-01"},
        {"tempo": "99.5"},
        {"genres": "jazz"},
        {"artists": "Someone;Guest"},
    ],
)
def test_every_kind_of_change_is_counted_and_kept(
    store: PostgresTrackStore, path: Path, change: dict[str, str]
) -> None:
    write_csv(path, canonical_row(track_id="a"), canonical_row(track_id="b"))
    load(store, path)
    write_csv(path, canonical_row(track_id="a", **change), canonical_row(track_id="b"))
    counts = load(store, path).counts
    assert (counts.added, counts.changed, counts.unchanged) == (0, 1, 1)
    assert load(store, path).counts.unchanged == 2


def test_a_repeated_track_counts_once_with_the_genres_of_all_rows(
    store: PostgresTrackStore, path: Path
) -> None:
    write_csv(path, canonical_row(genres="b;a"), canonical_row(genres="c;a", track_name="Second"))
    counts = load(store, path).counts
    assert (counts.accepted, counts.repeated, counts.added) == (2, 1, 1)
    track = store.tracks().iloc[0]
    assert (track["track_name"], track["genres"]) == ("A Song", ["b", "a", "c"])


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


def test_too_many_rejected_rows_leave_the_store_as_it_was(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row(), canonical_row(track_id="b", tempo=""))
    with pytest.raises(TooManyRejectedError, match=r"1 of 2 rows .* incomplete audio features: 1") as told:
        load(store, path)
    assert store.count_tracks() == 0
    (kept,) = (path.parent / "rejects").iterdir()
    assert str(kept) in str(told.value)
    assert load(store, path, limit=0.5).counts.added == 1


def test_rejected_rows_are_kept_with_number_and_reason_and_can_be_mended(
    store: PostgresTrackStore, path: Path
) -> None:
    write_csv(path, canonical_row(), canonical_row(track_id="b", tempo="fast"))
    report = load(store, path, limit=1)
    assert report.rejects is not None
    with Path(report.rejects).open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert (row["row_number"], row["rejected_because"], row["tempo"]) == (
        "2",
        "tempo is not a number",
        "fast",
    )
    write_csv(path, {**row, "tempo": "100"})
    assert load(store, path).counts.added == 1


def test_a_file_without_rows_is_refused(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row())
    path.write_text(path.read_text().splitlines()[0] + "\n")
    with pytest.raises(DataError, match="holds no rows"):
        load(store, path)


def test_nothing_is_written_when_a_batch_fails(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row())
    (raw,) = TrackFile(path).chunks(silent)

    def batches() -> Iterator[TrackBatch]:
        yield TrackBatch(check_rows(raw).tracks)
        raise RuntimeError("the source broke off")

    with pytest.raises(RuntimeError):
        store.import_batches(batches(), Origin("file", "x"))
    assert store.count_tracks() == 0


def test_a_value_the_tables_refuse_is_a_store_error(store: PostgresTrackStore, path: Path) -> None:
    write_csv(path, canonical_row())
    (raw,) = TrackFile(path).chunks(silent)
    bad = check_rows(raw).tracks.assign(tempo=999.0)
    with pytest.raises(StoreError, match="refused"):
        store.import_batches([TrackBatch(bad)], Origin("file", "x"))


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


def test_an_import_leaves_its_record(store: PostgresTrackStore, path: Path, database_url: str) -> None:
    write_csv(path, *(canonical_row(track_id=f"t{number}") for number in range(3)), canonical_row(tempo=""))
    load(store, path)
    connection = psycopg2.connect(database_url)
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, detail, rows_accepted, rejected_by_reason, finished_at FROM imports")
        ((source, detail, accepted, reasons, finished),) = cursor.fetchall()
    connection.close()
    assert (source, detail, accepted) == ("file", str(path), 3)
    assert reasons == {"incomplete audio features": 1}
    assert finished is not None


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_the_real_files_add_up(empty_database_url: str, tmp_path: Path) -> None:
    migrate(empty_database_url)
    store = PostgresTrackStore(empty_database_url)
    songs = tmp_path / "spotify_songs.csv"
    songs.symlink_to(SHARED / "spotify_songs.csv")
    counts = load(store, songs).counts
    assert counts.read == 32_833
    assert dict(counts.rejected) == {"no title": 5, "shorter than 15 s": 1}
    assert (counts.added, counts.repeated, counts.playlists) == (28_351, 4_476, 471)
    billboard = tmp_path / "billboard.csv"
    billboard.symlink_to(SHARED / "billboard_audio_features.csv")
    counts = load(store, billboard).counts
    assert counts.read == 29_386
    assert counts.rejected["no audio features"] == 5_161
    assert (counts.added, counts.changed + counts.unchanged) == (21_413, 2_697)
