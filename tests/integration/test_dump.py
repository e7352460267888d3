"""`quintet db dump` and `restore` on a real PostgreSQL: everything comes back, or nothing changes."""

from __future__ import annotations

import contextlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from quintet.adapters.postgres import dump, migrate, restore
from quintet.errors import DumpError, StoreError

ROWS = """
INSERT INTO imports (source, detail, started_at) VALUES ('file', 'one.csv', '2026-01-01T00:00:00Z');
INSERT INTO tracks (track_id, track_name, duration_ms, source, first_import_id, last_import_id)
    SELECT 't' || n, E'Na\\tme \\\\N "' || n || E'"\\n한국어', 1000 + n, 'file', 1, 1
    FROM generate_series(1, 500) n;
INSERT INTO artists VALUES ('a1', 'Ásgeir', 'asgeir');
INSERT INTO track_artists VALUES ('t1', 1, 'a1');
INSERT INTO artist_genres VALUES
    ('a1', 'file', ARRAY['k-pop', 'R&B, "soul"', ''], now()), ('a1', 'other', '{}', now());
INSERT INTO playlists VALUES ('p1', 'Morning', 'file');
INSERT INTO playlist_tracks VALUES ('p1', 't1', 1);
"""
ALL = "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"


def _run(url: str, sql: str) -> list[tuple[Any, ...]]:
    with psycopg2.connect(url) as link, link.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []


def _everything(url: str) -> dict[str, list[str]]:
    tables = sorted(name for (name,) in _run(url, ALL))
    return {name: sorted(str(row) for row in _run(url, f'SELECT * FROM "{name}"')) for name in tables}


@pytest.fixture
def filled_url(database_url: str) -> str:
    _run(database_url, ROWS)
    return database_url


@pytest.fixture
def made(filled_url: str, tmp_path: Path) -> Path:
    dump(filled_url, tmp_path / "quintet.dump")
    return tmp_path / "quintet.dump"


def test_what_was_dumped_comes_back_to_the_last_character(filled_url: str, made: Path) -> None:
    before = _everything(filled_url)
    _run(filled_url, "UPDATE tracks SET track_name = 'changed'; DELETE FROM playlist_tracks")
    rows = restore(filled_url, made, replace=True)
    assert _everything(filled_url) == before
    assert rows["tracks"] == 500
    assert rows["artist_genres"] == 2


def test_a_new_database_becomes_the_dumped_one_and_counts_on(
    filled_url: str, made: Path, postgres_url: str
) -> None:
    before = _everything(filled_url)
    _run(filled_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    restore(filled_url, made)
    assert _everything(filled_url) == before
    added = (
        "INSERT INTO imports (source, detail, started_at) VALUES ('file', 'two', now()) RETURNING import_id"
    )
    assert _run(filled_url, added) == [(2,)]


def test_a_database_with_rows_is_left_alone_unless_asked(filled_url: str, made: Path) -> None:
    before = _everything(filled_url)
    with pytest.raises(DumpError, match="--replace"):
        restore(filled_url, made)
    assert _everything(filled_url) == before


def _middle_of(path: Path, member: str) -> int:
    """Return where in the file the middle of a member's packed content lies."""
    with zipfile.ZipFile(path) as file:
        found = next(info for info in file.infolist() if member in info.filename)
    header = path.read_bytes()[found.header_offset : found.header_offset + 30]
    names = int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little")
    return found.header_offset + len(header) + names + found.compress_size // 2


@pytest.mark.parametrize("member", ["artists", "tracks", "manifest.json"])
def test_one_damaged_byte_is_found_before_anything_changes(filled_url: str, made: Path, member: str) -> None:
    content = bytearray(made.read_bytes())
    content[_middle_of(made, member)] ^= 0xFF
    made.write_bytes(content)
    before = _everything(filled_url)
    with pytest.raises(DumpError, match="not a whole dump"):
        restore(filled_url, made, replace=True)
    assert _everything(filled_url) == before


@pytest.mark.parametrize("place", [0.1, 0.3, 0.5, 0.7, 0.9])
def test_whatever_byte_is_damaged_a_restore_never_brings_other_rows(
    filled_url: str, made: Path, place: float
) -> None:
    content = bytearray(made.read_bytes())
    content[int(len(content) * place)] ^= 0xFF
    made.write_bytes(content)
    before = _everything(filled_url)
    with contextlib.suppress(DumpError):  # a few bytes of the zip's own lists mean nothing
        restore(filled_url, made, replace=True)
    assert _everything(filled_url) == before


def _rewritten(path: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    manifest = json.loads(members["manifest.json"])
    change(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(path, "w") as new:
        for name, content in members.items():
            new.writestr(name, content)
    return path


def test_a_dump_of_a_newer_quintet_or_another_format_is_refused(filled_url: str, made: Path) -> None:
    before = _everything(filled_url)
    with pytest.raises(DumpError, match="newer Quintet"):
        restore(filled_url, _rewritten(made, lambda m: m["tracks"].update(revision="9999")), replace=True)
    with pytest.raises(DumpError, match="format 3"):
        restore(filled_url, _rewritten(made, lambda m: m.update(format=3)), replace=True)
    assert _everything(filled_url) == before


def test_an_older_quintet_puts_its_dump_over_a_newer_ones_tables(filled_url: str, made: Path) -> None:
    before = _everything(filled_url)
    newer = "CREATE TABLE newer (track_id text REFERENCES tracks); ALTER TABLE tracks ADD COLUMN mood text"
    _run(filled_url, f"{newer}; UPDATE alembic_version SET version_num = '9999'")
    restore(filled_url, made, replace=True)
    assert _everything(filled_url) == before


def test_a_restore_that_fails_half_way_changes_nothing(filled_url: str, made: Path, tmp_path: Path) -> None:
    def one_more(manifest: dict[str, Any]) -> None:
        for table in manifest["tracks"]["tables"]:
            table["rows"] += table["name"] == "playlists"

    before = _everything(filled_url)
    with pytest.raises(DumpError, match="playlists holds 1 rows"):
        restore(filled_url, _rewritten(made, one_more), replace=True)
    assert _everything(filled_url) == before


def test_a_dump_is_private_and_a_failed_one_leaves_no_file(
    made: Path, filled_url: str, tmp_path: Path
) -> None:
    assert made.stat().st_mode & 0o077 == 0
    _run(filled_url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    with pytest.raises(StoreError, match="quintet db migrate"):
        dump(filled_url, tmp_path / "other.dump")
    with pytest.raises(DumpError, match="cannot write"):
        dump(filled_url, tmp_path / "no" / "folder.dump")
    with pytest.raises(DumpError, match="cannot read"):
        restore(filled_url, tmp_path / "none.dump")
    assert [path.name for path in tmp_path.iterdir()] == ["quintet.dump"]


def test_every_table_of_the_migrations_is_in_a_dump(filled_url: str, made: Path) -> None:
    anywhere = (
        "SELECT table_name FROM information_schema.tables "
        "WHERE table_schema !~ '^(pg_|information_schema)' AND table_type = 'BASE TABLE'"
    )
    with zipfile.ZipFile(made) as file:
        dumped = {table["name"] for table in json.loads(file.read("manifest.json"))["tracks"]["tables"]}
    assert dumped == {name for (name,) in _run(filled_url, anywhere)} - {"alembic_version"}
    assert {"tracks", "playlists", "artist_genres", "crawls"} <= dumped


def test_a_dump_made_before_mlflow_was_part_of_it_comes_back(filled_url: str, made: Path) -> None:
    before = _everything(filled_url)
    with zipfile.ZipFile(made) as new:
        manifest = json.loads(new.read("manifest.json"))
        members = {Path(name).name: new.read(name) for name in new.namelist()}
    tables = [
        {name: table[name] for name in ("name", "columns", "rows", "sha256")}
        for table in manifest["tracks"]["tables"]
    ]
    first = {
        "format": 1,
        "made_at": manifest["made_at"],
        "revision": manifest["tracks"]["revision"],
        "tables": tables,
    }
    with zipfile.ZipFile(made, "w") as old:
        for name, content in (members | {"manifest.json": json.dumps(first).encode()}).items():
            old.writestr(name, content)
    _run(filled_url, "DELETE FROM playlist_tracks")
    restore(filled_url, made, replace=True)
    assert _everything(filled_url) == before


def test_a_dump_of_empty_tables_can_be_restored(database_url: str, tmp_path: Path) -> None:
    assert set(dump(database_url, tmp_path / "empty.dump").values()) == {0}
    migrate(database_url)
    assert restore(database_url, tmp_path / "empty.dump")["tracks"] == 0
