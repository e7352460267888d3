"""The public file over HTTP, from real servers that are good, wrong, slow or not there."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from quintet.adapters.track_files import download
from quintet.adapters.track_files.choice import choose
from quintet.adapters.track_files.download import PinnedFile, fetch
from quintet.errors import SettingsError, SourceUnavailableError

CONTENT = b"track_id,track_name\n" * 10_000


def silent(*_: object) -> None:
    pass


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server = self.server
        assert isinstance(server, Server)
        server.asked += 1
        if self.path.startswith("/absent"):
            self.send_error(404)
            return
        if self.path.startswith("/hangs"):
            server.released.wait(30)
            return
        body = {"/other": b"x" * len(CONTENT), "/short": CONTENT[:-1], "/long": CONTENT * 2}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(body.get("/" + self.path.split("/")[1], CONTENT))

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A web server that counts what it is asked."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked = 0
        self.released = threading.Event()

    def pinned(self, place: str) -> PinnedFile:
        url = f"http://127.0.0.1:{self.server_port}/{place}/songs.csv"
        return PinnedFile(url, hashlib.sha256(CONTENT).hexdigest(), len(CONTENT))


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.released.set()
        server.shutdown()


def test_the_right_file_is_kept_and_not_asked_for_again(server: Server, tmp_path: Path) -> None:
    path = fetch(server.pinned("good"), tmp_path / "downloads", silent)
    assert path.read_bytes() == CONTENT
    assert fetch(server.pinned("good"), tmp_path / "downloads", silent) == path
    assert server.asked == 1


def test_a_damaged_copy_is_fetched_anew(server: Server, tmp_path: Path) -> None:
    (tmp_path / "songs.csv").write_bytes(CONTENT[:-1] + b"?")
    assert fetch(server.pinned("good"), tmp_path, silent).read_bytes() == CONTENT


@pytest.mark.parametrize("place", ["other", "short", "long", "absent"])
def test_another_file_is_refused_and_nothing_is_kept(server: Server, tmp_path: Path, place: str) -> None:
    with pytest.raises(SourceUnavailableError):
        fetch(server.pinned(place), tmp_path, silent)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_hangs_is_left_within_seconds(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "ANSWER_TIMEOUT_S", 0.3)
    started = time.monotonic()
    with pytest.raises(SourceUnavailableError, match="does not answer"):
        fetch(server.pinned("hangs"), tmp_path, silent)
    assert time.monotonic() - started < 5


def refused() -> PinnedFile:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    return PinnedFile(f"http://127.0.0.1:{port}/songs.csv", "0" * 64, 1)


def test_a_refused_connection_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailableError, match="cannot be reached"):
        fetch(refused(), tmp_path, silent)


@pytest.fixture
def demo_dir(tmp_path: Path) -> Path:
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "tracks.csv").touch()
    (folder / "playlists.csv").touch()
    return folder


def test_auto_takes_the_public_file_where_it_can(server: Server, tmp_path: Path, demo_dir: Path) -> None:
    choice = choose("auto", demo_dir, server.pinned("good"), tmp_path / "d", silent)
    assert (choice.tracks, choice.source, choice.note) == ((tmp_path / "d" / "songs.csv",), "file", "")


def test_auto_falls_back_to_the_demo_and_says_so(tmp_path: Path, demo_dir: Path) -> None:
    choice = choose("auto", demo_dir, refused(), tmp_path / "d", silent)
    assert (choice.source, choice.playlists) == ("demo", demo_dir / "playlists.csv")
    assert "cannot be reached" in choice.note
    assert "invented" in choice.note
    assert "\n" not in choice.note


def test_paths_are_joined_by_commas(tmp_path: Path, demo_dir: Path) -> None:
    text = f"{demo_dir / 'tracks.csv'}, {demo_dir / 'playlists.csv'},"
    assert len(choose(text, demo_dir, refused(), tmp_path, silent).tracks) == 2


@pytest.mark.parametrize(("text", "told"), [(" , ", "is empty"), ("/no/such.csv", r"no file: /no/such\.csv")])
def test_a_setting_that_names_nothing_is_told(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        choose(text, tmp_path, refused(), tmp_path, silent)


def test_a_demo_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="QUINTET_DEMO_DIR"):
        choose("demo", tmp_path, refused(), tmp_path, silent)
