"""Genres of the artists found, each artist asked about once; those of the chart first."""

from __future__ import annotations

from functools import partial

from quintet.errors import QuotaExceededError
from quintet.jobs.crawl.morning import Morning, TaskReport
from quintet.ports import GenreSource

TASK = "genres"
AHEAD = 500  # artists read from the store at a time


def crawl_genres(morning: Morning, source: GenreSource | None) -> TaskReport:
    """Ask the source about every artist it was not asked about lately.

    Raises
    ------
    SourceUnavailableError
        The source did not answer; a later try goes on from here.
    """
    counts = {"asked": 0, "with_genres": 0}
    if source is None:
        return morning.report(TASK, counts)
    try:
        _ask_all(morning, source, counts)
    except QuotaExceededError as error:
        waiting = morning.store.count_artists_to_ask(morning.day, source.name)
        return morning.report(TASK, counts, f"{waiting} artists wait for their genres: {error}")
    return morning.report(TASK, counts)


def _ask_all(morning: Morning, source: GenreSource, counts: dict[str, int]) -> None:
    waiting: list[str] = []
    total = morning.store.count_artists_to_ask(morning.day, source.name)
    while morning.is_on(source.name, TASK):
        waiting = waiting or list(morning.store.artists_to_ask(morning.day, source.name, AHEAD))
        if not waiting:
            return
        # The size is learned on the way: it is looked at anew for every call.
        asked, waiting = waiting[: source.batch_size], waiting[source.batch_size :]
        genres = morning.ask(source.name, TASK, partial(source.artist_genres, asked))
        if genres is not None:
            morning.store.save_genres(morning.day, source.name, asked, genres)
            counts["asked"] += len(asked)
            counts["with_genres"] += sum(map(bool, genres.values()))
            morning.progress("asking for genres", counts["asked"], total)
