"""Audio features from the first source that has them; a track is asked for once a source and month."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from quintet.errors import QuotaExceededError
from quintet.jobs.crawl.morning import Morning, TaskReport
from quintet.ports import FeatureSource

TASK = "audio features"
AHEAD = 2_000  # tracks read from the store at a time


def crawl_audio_features(morning: Morning, sources: Sequence[FeatureSource]) -> TaskReport:
    """Ask each source, in order, for the tracks that none before it had.

    Raises
    ------
    SourceUnavailableError
        A source did not answer; a later try goes on from here.
    """
    counts: dict[str, int] = {}
    left: list[str] = []
    for source in sources:
        try:
            _ask_all(morning, source, counts)
        except QuotaExceededError as error:
            waiting = morning.store.count_tracks_to_ask(morning.day, source.name)
            left.append(f"{waiting} tracks wait for {source.name}'s audio features: {error}")
    return morning.report(TASK, counts, "; ".join(left) or None)


def _ask_all(morning: Morning, source: FeatureSource, counts: dict[str, int]) -> None:
    counts |= {f"asked {source.name}": 0, f"found at {source.name}": 0}
    waiting: list[str] = []
    total = morning.store.count_tracks_to_ask(morning.day, source.name)
    while morning.is_on(source.name, TASK):
        waiting = waiting or list(morning.store.tracks_to_ask(morning.day, source.name, AHEAD))
        if not waiting:
            return
        asked, waiting = waiting[: source.batch_size], waiting[source.batch_size :]
        features = morning.ask(source.name, TASK, partial(source.audio_features, asked))
        if features is not None:
            morning.store.save_features(morning.day, source.name, asked, features)
            counts[f"asked {source.name}"] += len(asked)
            counts[f"found at {source.name}"] += len(features)
            morning.progress(
                f"asking {source.name} for audio features", counts[f"asked {source.name}"], total
            )
