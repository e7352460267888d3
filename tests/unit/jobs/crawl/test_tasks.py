"""What the tasks of a crawl decide: whom to ask, in which order, and what to do when somebody says no."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from tests.fakes.crawl_store import MemoryCrawlStore

from quintet.errors import QuotaExceededError, SourceError, SourceRefusedError, SourceUnavailableError
from quintet.jobs.crawl.audio_features import crawl_audio_features
from quintet.jobs.crawl.discovery import crawl_discovery
from quintet.jobs.crawl.genres import crawl_genres
from quintet.jobs.crawl.morning import Learned, Morning, StoredBudget
from quintet.ports import TrackPage

DAY = date(2026, 11, 20)


def morning(store: MemoryCrawlStore) -> Morning:
    return Morning(store, DAY, lambda *_: None)  # type: ignore[arg-type]


class Source:
    """Answers until told otherwise; `fails` maps a call's number, from 1, to its error."""

    name, batch_size = "source", 2

    def __init__(self, known: Sequence[str] = (), fails: Mapping[int, Exception] | None = None) -> None:
        self.known, self.fails = set(known), dict(fails or {})
        self.asked: list[object] = []

    def _answer(self, what: object) -> None:
        self.asked.append(what)
        if error := self.fails.get(len(self.asked)):
            raise error

    def artist_genres(self, artist_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        self._answer(tuple(artist_ids))
        return {artist_id: ("folk",) for artist_id in artist_ids if artist_id in self.known}

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        self._answer(tuple(track_ids))
        return {track_id: {"energy": 0.5} for track_id in track_ids if track_id in self.known}

    def search(self, query: str, offset: int = 0) -> TrackPage:
        self._answer((query, offset))
        return TrackPage((), offset + 10 if offset < 30 else None)

    def playlist(self, playlist_id: str, offset: int = 0) -> TrackPage:
        self._answer(("a playlist", playlist_id))
        return TrackPage((), None)

    def library(self, shelf: str, offset: int = 0) -> TrackPage:
        self._answer(("a shelf", shelf))
        return TrackPage((), None)


def test_a_listeners_shelves_are_questions_as_well() -> None:
    source = Source()
    questions = ["library:top", "playlist:p1", "library:saved"]
    crawl_discovery(morning(MemoryCrawlStore()), source, questions, depth=20)  # type: ignore[arg-type]
    assert source.asked == [("a shelf", "top"), ("a playlist", "p1"), ("a shelf", "saved")]


def test_questions_take_turns_a_page_each() -> None:
    source = Source()
    report = crawl_discovery(morning(MemoryCrawlStore()), source, ["a", "b"], depth=20)  # type: ignore[arg-type]
    assert source.asked == [("a", 0), ("b", 0), ("a", 10), ("b", 10)]
    assert report.counts["pages"] == 4


def test_a_question_goes_on_where_it_stopped_and_the_one_behind_comes_first() -> None:
    store, source = MemoryCrawlStore(), Source()
    store.offsets = {"a": 20}
    crawl_discovery(morning(store), source, ["a", "b"], depth=30)  # type: ignore[arg-type]
    assert source.asked == [("b", 0), ("b", 10), ("a", 20), ("b", 20)]


def test_a_question_read_deep_enough_is_kept_as_read_to_its_end() -> None:
    store = MemoryCrawlStore()
    crawl_discovery(morning(store), Source(), ["a"], depth=20)  # type: ignore[arg-type]
    assert [page.next_offset for _, page in store.pages] == [10, None]


@pytest.mark.parametrize("error", [SourceRefusedError("not yours"), SourceError("a bad query")])
def test_a_question_that_is_refused_is_left_and_the_others_go_on(error: SourceError) -> None:
    store, source = MemoryCrawlStore(), Source(fails={1: error})
    crawl_discovery(morning(store), source, ["playlist:p", "b"], depth=10)  # type: ignore[arg-type]
    assert source.asked == [("a playlist", "p"), ("b", 0)]
    assert store.off == {"source: discovery of playlist:p": str(error)}


def test_a_source_that_refuses_everything_is_off_for_every_task_and_told_of_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    store = MemoryCrawlStore(artists=["x"], tracks=["t"])
    source = Source(fails={1: SourceRefusedError("no Premium", whole_source=True)})
    today = morning(store)
    with caplog.at_level(logging.WARNING):
        crawl_discovery(today, source, ["a", "b"], depth=10)  # type: ignore[arg-type]
        crawl_genres(morning(store), source)
        crawl_audio_features(morning(store), [source])
    assert len(source.asked) == 1
    assert len(caplog.records) == 1


def test_a_quota_ends_a_task_well_and_says_what_is_left() -> None:
    store = MemoryCrawlStore(artists=["x1", "x2", "x3"])
    report = crawl_genres(morning(store), Source(fails={2: QuotaExceededError("enough")}))
    assert report.left == "1 artists wait for their genres: enough"
    assert store.left == {"genres": report.left}
    assert store.answers == [("source", ["x1", "x2"])]


def test_an_outage_is_raised_after_what_was_answered_is_kept() -> None:
    store = MemoryCrawlStore(artists=["x1", "x2", "x3"])
    with pytest.raises(SourceUnavailableError):
        crawl_genres(morning(store), Source(fails={2: SourceUnavailableError("away")}))
    assert store.artists == ["x3"]


def test_a_track_without_features_at_one_source_is_asked_of_the_next() -> None:
    store = MemoryCrawlStore(tracks=["t1", "t2", "t3"])
    first, second = Source(known=["t1"]), Source(known=["t2"])
    second.name = "second"
    report = crawl_audio_features(morning(store), [first, second])
    assert first.asked == [("t1", "t2"), ("t3",)]
    assert second.asked == [("t2", "t3")]
    assert store.tracks == ["t3"]
    assert report.counts == {"asked source": 3, "found at source": 1, "asked second": 2, "found at second": 1}


def test_a_quota_at_one_source_leaves_the_next_its_turn() -> None:
    store = MemoryCrawlStore(tracks=["t1"])
    second = Source(known=["t1"])
    second.name = "second"
    spent = Source(fails={1: QuotaExceededError("enough")})
    report = crawl_audio_features(morning(store), [spent, second])
    assert store.tracks == []
    assert "1 tracks wait for source's audio features" in str(report.left)


def test_what_is_learned_is_kept_at_once_and_only_when_it_is_new() -> None:
    store = MemoryCrawlStore()
    store.known = {"search": 10}
    learned = Learned(store, DAY)  # type: ignore[arg-type]
    store.known = {}
    learned["search"] = 10
    assert store.known == {}
    learned["batch"] = 0
    assert store.known == {"batch": 0}


def test_a_budget_keeps_calls_for_the_tasks_after() -> None:
    store = MemoryCrawlStore(calls=5)
    early = StoredBudget(store, DAY, keep=3)  # type: ignore[arg-type]
    early.spend()
    early.spend()
    with pytest.raises(QuotaExceededError, match="this task's share"):
        early.spend()
