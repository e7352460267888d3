"""The part of CrawlStore that a task's decisions need, in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from quintet.ports import TrackPage


class MemoryCrawlStore:
    """One day's crawl; `artists` and `tracks` are still to be asked about, first first."""

    def __init__(self, artists: Sequence[str] = (), tracks: Sequence[str] = (), calls: int = 10**6) -> None:
        self.artists, self.tracks = list(artists), list(tracks)
        self.known: dict[str, int] = {}
        self.off: dict[str, str] = {}
        self.left: dict[str, str] = {}
        self.offsets: dict[str, int] = {}
        self.pages: list[tuple[str, TrackPage]] = []
        self.answers: list[tuple[str, Sequence[str]]] = []
        self.calls = calls

    def spend(self, day: date, keep: int) -> bool:
        if self.calls <= keep:
            return False
        self.calls -= 1
        return True

    def learned(self, day: date) -> dict[str, int]:
        return dict(self.known)

    def learn(self, day: date, what: str, value: int) -> None:
        self.known[what] = value

    def refused(self, day: date) -> Mapping[str, str]:
        return dict(self.off)

    def refuse(self, day: date, what: str, why: str) -> None:
        assert what not in self.off, "switched off twice"
        self.off[what] = why

    def leave(self, day: date, task: str, left: str | None) -> None:
        if left:
            self.left[task] = left

    def open_questions(self, day: date, questions: Sequence[str]) -> Mapping[str, int]:
        return {question: self.offsets.get(question, 0) for question in questions}

    def save_page(self, day: date, source: str, question: str, page: TrackPage) -> None:
        self.pages.append((question, page))

    def artists_to_ask(self, day: date, source: str, limit: int) -> Sequence[str]:
        return self.artists[:limit]

    def count_artists_to_ask(self, day: date, source: str) -> int:
        return len(self.artists)

    def save_genres(self, day: date, source: str, asked: Sequence[str], genres: Mapping[str, object]) -> None:
        self.answers.append((source, asked))
        self.artists = [artist for artist in self.artists if artist not in asked]

    def tracks_to_ask(self, day: date, source: str, limit: int) -> Sequence[str]:
        return [track for track in self.tracks if (source, track) not in self._asked()][:limit]

    def count_tracks_to_ask(self, day: date, source: str) -> int:
        return len(self.tracks_to_ask(day, source, 10**6))

    def save_features(
        self, day: date, source: str, asked: Sequence[str], features: Mapping[str, object]
    ) -> None:
        self.answers.append((source, asked))
        self.tracks = [track for track in self.tracks if track not in features]

    def _asked(self) -> set[tuple[str, str]]:
        return {(source, item) for source, asked in self.answers for item in asked}
