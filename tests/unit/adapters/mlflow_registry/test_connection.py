"""Every lower error of MLflow leaves the adapter as one line of ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from time import perf_counter

import pytest

from quintet.adapters.mlflow_registry.connection import Connection, without_credentials
from quintet.adapters.mlflow_registry.tracker import MlflowTracker
from quintet.errors import RegistryError

NOBODY = "http://127.0.0.1:9"


@contextmanager
def server(status: int, body: bytes) -> Iterator[str]:
    """A server that gives every GET and POST the same answer."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as listening:
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}"
        listening.shutdown()


def test_a_dead_server_is_told_in_one_line_within_seconds_and_without_its_password() -> None:
    started = perf_counter()
    with pytest.raises(RegistryError) as caught:
        MlflowTracker("http://me:secret@127.0.0.1:9", 1).check()  # the discard port: nothing listens there
    assert str(caught.value).startswith("MLflow does not answer at http://127.0.0.1:9 while ")
    assert "make up" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert perf_counter() - started < 20


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (400, b'{"error_code": "INVALID_PARAMETER_VALUE", "message": "bad\\nname"}'),
        (403, b"Invalid Host header"),
        (200, b"<html>not MLflow</html>"),
        (404, b""),
    ],
)
def test_a_bad_answer_is_told_in_one_line(status: int, body: bytes) -> None:
    with server(status, body) as uri, pytest.raises(RegistryError, match="while") as caught:
        MlflowTracker(uri, 1).check()
    assert "\n" not in str(caught.value)


def test_a_password_in_the_address_is_not_told() -> None:
    assert without_credentials("http://me:secret@mlflow:5000/x") == "http://mlflow:5000/x"


def test_a_file_that_cannot_be_written_is_told() -> None:
    with (
        pytest.raises(RegistryError, match="while packing: no space"),
        Connection(NOBODY, 1).doing("packing"),
    ):
        raise OSError("no space")


def test_an_error_of_our_own_passes_untouched() -> None:
    with pytest.raises(RegistryError, match=r"^ours$"), Connection(NOBODY, 1).doing("packing"):
        raise RegistryError("ours")
