"""The API as a rude caller meets it: raw bytes on a socket. No answer is a 5xx, and nobody waits for ever."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.running_app import running

from quintet.api.api import create_api
from quintet.api.model_files import ModelFiles
from quintet.api.model_holder import ModelHolder
from quintet.model.artifact import verify

HEAD = b"POST /recommend_ranked HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, make_artifact: Callable[..., Path]) -> Iterator[int]:
    folder = tmp_path_factory.mktemp("wire")
    registry = InMemoryRegistry(folder / "registry")
    register(registry, make_artifact())
    holder = ModelHolder(lambda: registry, ModelFiles(folder / "models", verify), 60.0)
    holder.refresh()
    with running(create_api(holder, 1.0, body_timeout_s=0.5)) as port:
        yield port


def say(port: int, *parts: bytes, pause_s: float = 0.0) -> bytes:
    """Send parts over a connection of their own and return the whole answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=15) as connection:
        for part in parts:
            connection.sendall(part)
            time.sleep(pause_s)
        answer = b""
        while b"\r\n\r\n" not in answer:
            received = connection.recv(65536)
            if not received:
                break
            answer += received
        return answer


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def test_a_body_that_never_comes_is_not_waited_for(port: int) -> None:
    started = time.monotonic()
    answer = say(port, HEAD + b'Content-Length: 100\r\n\r\n{"seeds"')
    assert status(answer) == 408
    assert time.monotonic() - started < 5


def test_a_body_that_comes_in_pieces_is_fine(port: int) -> None:
    answer = say(port, HEAD + b"Content-Length: 21\r\n\r\n", b'{"seeds":', b'["t00000"]} ', pause_s=0.1)
    assert status(answer) == 200


def test_a_large_body_is_refused_and_the_server_goes_on(port: int) -> None:
    body = b"x" * 5_000_000
    assert status(say(port, HEAD + b"Content-Length: %d\r\n\r\n" % len(body), body)) == 413
    assert status(say(port, b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")) == 200


def test_an_endless_body_is_cut_off(port: int) -> None:
    chunk = b"10000\r\n" + b"x" * 65536 + b"\r\n"
    assert status(say(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", chunk, chunk)) == 413


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /search?q=\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /search?q=%FF%FE%00%ED%A0%80 HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /tracks/%00%FF HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /" + b"x" * 100_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET //..//etc HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /recommend_ranked HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n",
        b"HEAD /model HTTP/1.1\r\nHost: x\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
        b"PROPFIND /model HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_rude_bytes_are_the_callers_fault(port: int, request_bytes: bytes) -> None:
    answer = say(port, request_bytes)
    assert 400 <= status(answer) < 500
    assert status(say(port, b"GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n")) == 200
