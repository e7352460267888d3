"""`quintet evaluate`: the whole table of a model on all held-out lists; nothing is recorded or registered."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from quintet.data.dataset import build_dataset
from quintet.errors import TrainingError
from quintet.jobs.training import lessons
from quintet.model.config import ModelConfig
from quintet.model.evaluation.protocol import held_out
from quintet.model.evaluation.table import Comparison, compare
from quintet.model.features import fit
from quintet.model.reranking import Reranker
from quintet.ports import Progress, TrackStore


def evaluate(
    store: TrackStore,
    config: ModelConfig,
    progress: Progress,
    lists: int | None = None,
    most_by_artist: int | None = None,
    draw: int = 0,
    rerank: bool = True,
) -> Comparison:
    """Fit a model to the store's catalogue and compare it with the baselines on the store's playlists.

    Parameters
    ----------
    store : TrackStore
        The catalogue.
    config : ModelConfig
        Of the model.
    progress : Progress
        Told of every step.
    lists : int, optional
        At most so many; all, if not given.
    most_by_artist : int, optional
        At most so many tracks of one artist in a list.
    draw : int
        Another number draws other seeds.
    rerank : bool
        Whether to learn from playlists too, where there are enough.

    Raises
    ------
    TrainingError
        The catalogue is empty, or has neither playlists nor artists to hold out.
    StoreError
        PostgreSQL did not do what was asked.
    """
    progress("reading the catalogue", 0, 1)
    tracks = store.tracks()
    if tracks.empty:
        raise TrainingError("the catalogue is empty: run `quintet catalogue import PATH…` first")
    dataset = build_dataset(tracks)
    playlists = store.playlists()
    protocol = held_out(dataset.tracks, playlists, draw).sample(lists or len(tracks))
    if not protocol.lists:
        raise TrainingError("no playlist and no artist has 15 recordings: there is nothing to hold out")
    progress("fitting", 0, 1)
    fitted = fit(dataset, config)
    by_fold: Mapping[int, Reranker] = {}
    if rerank:
        told = partial(progress, "learning from playlists")
        taken = lessons.take(fitted, dataset, playlists, draw, told)
        fitted, by_fold = taken.taught(fitted), taken.learnt.by_fold if taken.learnt is not None else {}
    return compare(fitted, protocol, most_by_artist, partial(progress, "comparing"), by_fold)
