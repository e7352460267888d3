"""A stand-in for the API, over real HTTP on a free port, with invented tracks. No Streamlit, no model."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.fakes.sights import PROFILE, SIGHTS

SCRIPT = "<script>alert(1)</script>"
MARKDOWN = "[x](javascript:alert(2))"
GENRES = ("pop", "jazz", "k-pop", "metal", "house")


def invented_track(number: int, **changes: Any) -> dict[str, Any]:
    """A track as the API shows it."""
    titles = {3: f"Love {SCRIPT}", 4: f"Love {MARKDOWN}", 5: "사랑의 밤"}
    track = {
        "track_id": f"id{number:04}",
        "track_name": titles.get(number, f"{['Love', 'Night', 'Dance', 'Rain'][number % 4]} Song {number}"),
        "artists": [f"Band {number}", "Guest"] if number % 3 == 0 else [f"Band {number}"],
        "album_name": f"Album {number}",
        "release_date": "2001-02-03" if number % 2 else "1999",
        "genres": [GENRES[number % len(GENRES)]],
        "popularity": 50,
        "duration_ms": 185_000,
        "explicit": number == 7,
        "image_url": None,
        "spotify_url": None,
        "is_invented": True,
    }
    return track | changes


@dataclass
class FakeApi:
    """What the stand-in answers; a test changes it as it likes."""

    tracks: dict[str, dict[str, Any]] = field(default_factory=dict)
    version: str = "7"
    is_invented: bool = True
    has_model: bool = True
    status: int | None = None  # answer everything with this status
    body: bytes | None = None  # answer everything with these bytes
    delay_s: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)  # bodies of requests for lists
    ratings: list[dict[str, Any]] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    takes_ratings: bool = True
    refuses_lists: bool = False
    warnings: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    has_chart: bool = True
    has_map: bool = True
    connections: list[socket.socket] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        self.start()
        self.reset()

    def reset(self) -> None:
        """Forget what a test changed."""
        self.version, self.is_invented, self.has_model = "7", True, True
        self.status, self.body, self.delay_s = None, None, 0.0
        self.has_chart = self.has_map = True
        self.takes_ratings, self.refuses_lists = True, False
        for kept in (self.calls, self.asked, self.ratings, self.withdrawn, self.warnings):
            kept.clear()
        self.tracks = {track["track_id"]: track for track in map(invented_track, range(60))}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Listen; on the same port as before after a stop."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _handler(self))
        self._server.daemon_threads = True
        self.port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Be gone: nobody listens at the port any more."""
        self._server.shutdown()
        self._server.server_close()
        for connection in self.connections:
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def answer(self, method: str, address: str, body: bytes) -> tuple[int, Any]:
        """Answer one request: status and JSON content."""
        path, params = urlsplit(address).path, parse_qs(urlsplit(address).query)
        self.calls.append(f"{method} {path}")
        if self.status is not None:
            return self.status, {"detail": "told to"}
        if not self.has_model:
            return 503, {"type": "no-model", "detail": "No model yet."}
        if path == "/model":
            return 200, self._model()
        if path == "/search":
            return self._search(params["q"][0].lower(), int(params["limit"][0]))
        if path.startswith("/tracks/"):
            return self._one(unquote(path.removeprefix("/tracks/")))
        if path == "/recommend_ranked":
            return self._recommend(json.loads(body))
        if path in SIGHTS:
            return 200, SIGHTS[path](self, json.loads(body or b"{}"))
        if method == "DELETE":
            self.withdrawn.append(path)
            return 204, None
        if path == "/ratings":
            return self._rate(json.loads(body))
        return 404, {"detail": "No such address."}

    def _model(self) -> dict[str, Any]:
        return {
            "name": "quintet",
            "version": self.version,
            "alias": "champion",
            "trained_at": "2026-01-02T03:04:05Z",
            "catalogue_size": len(self.tracks),
            "metrics": {},
            "is_invented": self.is_invented,
        }

    def _search(self, query: str, limit: int) -> tuple[int, Any]:
        if "\0" in query:
            return 422, {"detail": "Please correct: q."}
        words = set(query.replace("-", " ").replace("(", " ").replace(")", " ").split())
        found = [
            track
            for track in self.tracks.values()
            if query in track["track_name"].lower() or (len(words) > 2 and words <= _words_of(track))
        ]
        return 200, {"query": query, "total": len(found), "items": found[:limit]}

    def _one(self, track_id: str) -> tuple[int, Any]:
        if track_id not in self.tracks:
            return self._unknown([track_id])
        return 200, self.tracks[track_id]

    def _recommend(self, asked: dict[str, Any]) -> tuple[int, Any]:
        seeds, k = asked["seeds"], asked["k"]
        self.asked.append(asked)
        if self.refuses_lists:
            return 422, {"detail": "Please correct: filters."}
        if unknown := [seed for seed in seeds if seed not in self.tracks]:
            return self._unknown(unknown)
        out = {*seeds, *asked.get("exclude_ids", ()), *asked.get("disliked_ids", ())}
        blocked = set(asked.get("blocked_artists", ()))
        others = [
            track
            for track_id, track in self.tracks.items()
            if track_id not in out and blocked.isdisjoint(track["artists"])
        ]
        others = others[asked.get("variety_seed", 0) :]
        items = [_ranked(track, rank, seeds[0]) for rank, track in enumerate(others[:k], start=1)]
        return 200, {
            "request_id": f"r{len(self.asked)}",
            "model_version": self.version,
            "items": items,
            "warnings": self.warnings,
            "audio_profile": PROFILE,
            "tastes": [{"seeds": seeds, "share": 1.0, "genres": ["jazz"]}],
            "list_metrics": {
                "intra_list_diversity": 0.5,
                "mean_popularity": 50.0,
                "artists": len(items),
                "novelty": 1.0,
            },
        }

    def _rate(self, rating: dict[str, Any]) -> tuple[int, Any]:
        if not self.takes_ratings:
            return 503, {"type": "store-unavailable", "detail": "No database."}
        self.ratings.append(rating)
        return 201, rating

    @staticmethod
    def _unknown(track_ids: list[str]) -> tuple[int, Any]:
        return 404, {
            "detail": f"Not in the catalogue: {', '.join(track_ids)}.",
            "unknown_track_ids": track_ids,
        }


def _words_of(track: dict[str, Any]) -> set[str]:
    return set(" ".join((track["track_name"], *track["artists"])).lower().split())


def _ranked(track: dict[str, Any], rank: int, seed: str) -> dict[str, Any]:
    score = 0.99 - rank / 100
    parts = [("genre", "jazz", score / 2), ("feature", "energy", score / 3), ("other", "other", score / 6)]
    contributions = [{"kind": kind, "name": name, "value": value} for kind, name, value in parts]
    text = {"en": f"Like *it*: calm, no. {rank}", "ko": f"*그 곡*처럼 차분한 곡, {rank}번"}
    reasons = {"closest_seed": seed, "contributions": contributions, "text": text}
    return track | {"rank": rank, "score": score, "reasons": reasons}


def _handler(api: FakeApi) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self) -> None:
            super().setup()
            api.connections.append(self.connection)

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            time.sleep(api.delay_s)
            status, content = api.answer(self.command, self.path, body)
            sent = (
                api.body if api.body is not None else b"" if status == 204 else json.dumps(content).encode()
            )
            self.send_response(status)
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815 — names http.server asks for

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler
