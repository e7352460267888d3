"""One public file over HTTP, believed only when it is the very one that was meant."""

from __future__ import annotations

import hashlib
import time
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotInTime
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import requests

from quintet.errors import SourceUnavailableError
from quintet.ports import Progress

CONNECT_TIMEOUT_S = 3.0
ANSWER_TIMEOUT_S = 5.0  # names looked up, connected, and the first line of the answer here
READ_TIMEOUT_S = 10.0  # between two pieces
TOTAL_TIMEOUT_S = 120.0
_PIECE_BYTES = 1 << 16


@dataclass(frozen=True, slots=True)
class PinnedFile:
    """A file whose every byte is known beforehand.

    Parameters
    ----------
    url : str
        Where it is.
    sha256 : str
        64 hexadecimal digits.
    size_bytes : int
        Its length.
    """

    url: str
    sha256: str
    size_bytes: int

    @property
    def name(self) -> str:
        """The last part of the address."""
        return self.url.rstrip("/").rsplit("/", 1)[-1]

    def is_at(self, path: Path) -> bool:
        """Tell whether this very file is at `path`."""
        if not path.is_file() or path.stat().st_size != self.size_bytes:
            return False
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256


def fetch(wanted: PinnedFile, folder: Path, progress: Progress) -> Path:
    """Return the file's place under `folder`, downloading it unless it is there already.

    Raises
    ------
    SourceUnavailableError
        When it cannot be reached within seconds, breaks off, or is another file; nothing is kept then.
    """
    path = folder / wanted.name
    if wanted.is_at(path):
        return path
    folder.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    try:
        _download(wanted, part, progress)
        if not wanted.is_at(part):
            raise SourceUnavailableError(f"{wanted.url} holds another file than expected (checksum or size)")
        part.replace(path)
    except (requests.RequestException, OSError) as error:
        raise SourceUnavailableError(f"{wanted.url} cannot be reached ({type(error).__name__})") from error
    finally:
        part.unlink(missing_ok=True)
    return path


def _download(wanted: PinnedFile, part: Path, progress: Progress) -> None:
    deadline = time.monotonic() + TOTAL_TIMEOUT_S
    taken = 0
    with _answer(wanted.url) as response, part.open("wb") as file:
        response.raise_for_status()
        for piece in response.iter_content(_PIECE_BYTES):
            taken += len(piece)
            if taken > wanted.size_bytes or time.monotonic() > deadline:
                raise SourceUnavailableError(f"{wanted.url} sends too much, or too slowly")
            file.write(piece)
            progress(f"downloading {wanted.name}", taken, wanted.size_bytes)


def _answer(url: str) -> requests.Response:
    """Ask, but wait no longer than `ANSWER_TIMEOUT_S`.

    The timeouts of requests leave out the look-up of the name and count anew for each address of a host, so
    the asking is done in a thread that can be left behind.
    """
    answer: Future[requests.Response] = Future()

    def ask() -> None:
        try:
            timeouts = (CONNECT_TIMEOUT_S, READ_TIMEOUT_S)
            answer.set_result(requests.get(url, stream=True, timeout=timeouts))
        except requests.RequestException as error:
            answer.set_exception(error)

    Thread(target=ask, daemon=True).start()
    try:
        return answer.result(ANSWER_TIMEOUT_S)
    except NotInTime as error:
        raise SourceUnavailableError(f"{url} does not answer within {ANSWER_TIMEOUT_S:g} s") from error
