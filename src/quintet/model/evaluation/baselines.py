"""What a model is compared with: the ways of ranking anyone would try first. Scores only; no list is made."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from quintet.data.schema import FEATURE_NAMES
from quintet.model.config import PLAIN
from quintet.model.evaluation.outcome import Ranker
from quintet.model.features import fit_audio
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender
from quintet.model.terms import Rows, Scores

PLAIN_MODEL = "plain 1:1"


def plain(fitted: FittedModel) -> FittedModel:
    """Return the plain model of the same catalogue: genres and scaled audio features, 1:1."""
    config = replace(fitted.config, recipe=PLAIN, genre_weight=0.5, audio_weight=0.5)
    return replace(fitted.with_config(config), audio=fit_audio(fitted.tracks.features))


def baselines(fitted: FittedModel) -> dict[str, Ranker]:
    """Return every baseline of a catalogue by name, the plain model last."""
    reference = plain(fitted)

    def weighted(genres: float) -> Ranker:
        config = replace(reference.config, genre_weight=genres, audio_weight=1 - genres)
        return Recommender(replace(reference, config=config)).scores

    return {
        "random": _random(fitted),
        "popularity": _popularity(fitted),
        "unscaled Euclidean": _unscaled(fitted),
        "audio only": weighted(0.0),
        "genres only": weighted(1.0),
        "same artist first": _same_artist(fitted),
        PLAIN_MODEL: weighted(0.5),
    }


def _random(fitted: FittedModel) -> Ranker:
    count = len(fitted.tracks)
    return lambda seeds: np.random.default_rng(seeds).random(count, dtype=np.float32)


def _popularity(fitted: FittedModel) -> Ranker:
    scores = np.nan_to_num(fitted.tracks.popularity, nan=-1.0).astype(np.float32)
    return lambda seeds: scores.copy()


def _unscaled(fitted: FittedModel) -> Ranker:
    """Compare raw features and duration by distance: milliseconds decide alone. The common mistake."""
    raw = np.column_stack([fitted.tracks.features, fitted.tracks.duration_ms])[
        :, [i for i, name in enumerate((*FEATURE_NAMES, "duration_ms")) if name != "time_signature"]
    ]
    raw = np.nan_to_num(raw)

    def scores(seeds: Rows) -> Scores:
        return -np.asarray(np.linalg.norm(raw - raw[seeds].mean(axis=0), axis=1), dtype=np.float32)

    return scores


def _same_artist(fitted: FittedModel) -> Ranker:
    """Rank the seeds' artists' tracks first, then all others; the more popular first within each."""
    artists = fitted.artists.of_row
    popularity = np.nan_to_num(fitted.tracks.popularity, nan=0.0).astype(np.float32) / 1000

    def scores(seeds: Rows) -> Scores:
        counts = np.bincount(artists[seeds], minlength=int(artists.max()) + 1)
        return np.asarray(counts[artists] + popularity, dtype=np.float32)

    return scores
