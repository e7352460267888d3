"""`quintet catalogue` and `quintet db migrate` from arguments to exit status, on a real PostgreSQL."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from tests.catalogue_files import canonical_row, write_csv

from quintet.adapters.postgres import migrate
from quintet.cli import run

ROOT = Path(__file__).resolve().parents[2]
DEMO = ROOT / "dataset" / "demo"
SHARED = ROOT.parent / "shared" / "data"
REFUSED = "http://127.0.0.1:1/spotify_songs.csv"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


class Quintet:
    """The command, in a folder and an environment of its own (in this process: it starts at once)."""

    def __init__(
        self, home: Path, url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self.home, self._patch, self._captured = home, monkeypatch, capsys
        for name in [name for name in os.environ if name.startswith("QUINTET_")]:
            monkeypatch.delenv(name)
        monkeypatch.chdir(home)
        self._set(
            DATABASE_URL=url,
            QUINTET_HOME=str(home / "state"),
            QUINTET_DEMO_DIR=str(DEMO),
            QUINTET_DOWNLOAD_URL=REFUSED,
            COLUMNS="200",
        )

    def _set(self, **settings: str) -> None:
        for name, value in settings.items():
            self._patch.setenv(name, value)

    def __call__(self, *arguments: str, **settings: str) -> Done:
        self._set(**settings)
        self._patch.setattr(sys, "argv", ["quintet", *arguments])
        self._captured.readouterr()
        with pytest.raises(SystemExit) as ended:
            run()
        return Done(int(ended.value.code or 0), *self._captured.readouterr())


@pytest.fixture
def quintet(
    tmp_path: Path,
    empty_database_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Quintet:
    return Quintet(tmp_path, empty_database_url, monkeypatch, capsys)


@pytest.fixture
def migrated(quintet: Quintet, empty_database_url: str) -> Quintet:
    migrate(empty_database_url)
    return quintet


def test_migrating_says_what_it_did(quintet: Quintet) -> None:
    assert "went to" in quintet("db", "migrate").stdout
    assert "is up to date" in quintet("db", "migrate").stdout


def test_without_tables_one_line_says_to_migrate(quintet: Quintet) -> None:
    done = quintet("catalogue", "export", "out.csv")
    assert done.returncode == 1
    assert done.stderr.startswith("quintet: the database is not migrated")
    assert done.stderr.count("\n") == 1


def test_a_file_goes_in_and_out_again(migrated: Quintet) -> None:
    rows = [canonical_row(track_id=f"t{number}", genres="pop") for number in range(3)]
    write_csv(migrated.home / "in.csv", *rows, canonical_row(tempo="x"))
    done = migrated("catalogue", "import", "in.csv")
    assert done.returncode == 0, done.stderr
    for line in ("rows read", "tempo is not a number", "The rejected rows are in"):
        assert line in done.stdout
    assert "3 tracks written" in migrated("catalogue", "export", "out.csv").stdout
    assert (migrated.home / "out.csv").read_text().count("\n") == 4


def test_genres_and_playlists_go_in_beside_the_tracks(migrated: Quintet) -> None:
    write_csv(migrated.home / "in.csv", canonical_row())
    (migrated.home / "genres.csv").write_text("artists,genres\nsomeone,['pop']\n")
    (migrated.home / "lists.csv").write_text("playlist_id,playlist_name,track_id\np,Mine,t0\n")
    options = ("--artist-genres", "genres.csv", "--playlists", "lists.csv")
    done = migrated("catalogue", "import", "in.csv", *options)
    assert done.returncode == 0, done.stderr
    migrated("catalogue", "export", "out.csv")
    assert (migrated.home / "out.csv").read_text().splitlines()[1].endswith(",pop")


def test_an_unknown_file_is_one_line_and_no_trace(migrated: Quintet) -> None:
    (migrated.home / "in.csv").write_text("a,b\n1,2\n")
    done = migrated("catalogue", "import", "in.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("quintet: in.csv: its columns are not those of a known layout.")
    assert done.stderr.count("\n") == 1


def test_wrong_usage_is_status_2(quintet: Quintet) -> None:
    assert quintet("catalogue", "import").returncode == 2
    assert quintet("catalogue", "import", "x", "--genre").returncode == 2


def test_auto_without_a_network_loads_the_demo_and_says_so(migrated: Quintet) -> None:
    done = migrated("catalogue", "load")
    assert done.returncode == 0, done.stderr
    assert "its songs are invented" in done.stderr
    count = len((DEMO / "tracks.csv").read_text(encoding="utf-8").splitlines()) - 1
    assert f"{count:,}" in done.stdout
    again = migrated("catalogue", "load", "--if-empty")
    assert again.stdout == f"The catalogue holds {count:,} tracks already.\n"


@pytest.fixture
def shared_url() -> Iterator[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=str(SHARED))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.real_data
@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/data is absent")
def test_auto_downloads_the_public_file_and_joins_genres(migrated: Quintet, shared_url: str) -> None:
    settings = {
        "QUINTET_DOWNLOAD_URL": f"{shared_url}/spotify_songs.csv",
        "QUINTET_ARTIST_GENRES": str(SHARED / "artist_genres.csv"),
    }
    done = migrated("catalogue", "load", **settings)
    assert done.returncode == 0, done.stderr
    assert "32,833" in done.stdout
    assert (migrated.home / "state" / "downloads" / "spotify_songs.csv").stat().st_size == 7_971_379
    migrated("catalogue", "export", "out.csv")
    lines = (migrated.home / "out.csv").read_text().splitlines()[1:]
    with_genres = sum(not line.endswith(",") for line in lines)
    assert 0.57 < with_genres / len(lines) < 0.60
