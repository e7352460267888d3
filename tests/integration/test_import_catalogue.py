"""Files imported into a real PostgreSQL: what is counted, refused and recorded. Reading: `test_snapshot`."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import psycopg2
import pytest
from tests.catalogue_files import canonical_row, load, silent, write_csv

from quintet.adapters.postgres import PostgresTrackStore, migrate
from quintet.adapters.track_files.track_file import TrackFile
from quintet.data.validation import check_rows
from quintet.errors import DataError, StoreError, TooManyRejectedError
from quintet.ports import Origin, TrackBatch

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


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
