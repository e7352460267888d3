"""What holds for every catalogue and every set of seeds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.unit.model.conftest import dataset, track

from quintet.data.dataset import Dataset
from quintet.model import features
from quintet.model.config import METRICS, RECIPES, ModelConfig
from quintet.model.recommender import Recommender
from quintet.model.wishes import UNCAPPED

GENRES = ["pop", "dance pop", "rock", "indie rock", "k-pop", "jazz"]
SHARES = st.floats(0, 1, width=32)
MAYBE = st.none() | SHARES

sounds = st.fixed_dictionaries(
    {
        **dict.fromkeys(("danceability", "energy", "speechiness", "acousticness"), MAYBE),
        **dict.fromkeys(("instrumentalness", "liveness", "valence"), MAYBE),
        "key": st.none() | st.integers(-1, 11),
        "mode": st.none() | st.integers(0, 1),
        "loudness": st.none() | st.floats(-60, 5, width=32),
        "tempo": st.none() | st.floats(20, 250, width=32),
    }
)
rows = st.fixed_dictionaries(
    {
        "genres": st.lists(st.sampled_from(GENRES), max_size=4),
        "sound": sounds,
        "song": st.integers(0, 8),
        "release": st.integers(0, 1),
        "popularity": st.none() | st.integers(0, 100),
        "release_date": st.sampled_from(["", "1969", "1969-08", "1969-08-15", "2020-02-30", "2020-01-21"]),
    }
)


def build(specs: list[dict[str, Any]]) -> Dataset:
    """Turn drawn rows into a data set; a recording belongs to one song."""
    tracks = []
    for number, spec in enumerate(specs):
        sound = {name: np.nan if value is None else value for name, value in spec["sound"].items()}
        row = track(f"t{number:02d}", f"Song {number}", f"Artist {number % 5}", spec["genres"], sound)
        song = spec["song"] if spec["song"] < 5 else 100 + number  # some songs have versions, most have not
        row |= {
            "popularity": spec["popularity"],
            "release_date": spec["release_date"] or None,
            "song": song,
            "recording": 2 * song + spec["release"],
        }
        tracks.append(row)
    return dataset(tracks)


@st.composite
def requests(draw: st.DrawFn) -> tuple[Recommender, list[str], int]:
    """A catalogue, seeds of it, and a list length."""
    data = build(draw(st.lists(rows, min_size=2, max_size=30)))
    config = ModelConfig(
        *draw(st.sampled_from([(0.5, 0.5), (1, 0), (0, 1), (3, 1)])),
        draw(st.sampled_from(METRICS)),
        recipe=draw(st.sampled_from(RECIPES)),
    )
    ids = data.tracks["track_id"].tolist()
    seeds = draw(st.lists(st.sampled_from(ids), min_size=1, max_size=6))
    return Recommender(features.fit(data, config)), seeds, draw(st.integers(1, 40))


many = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@many
@given(requests())
def test_every_list_keeps_its_promises(request: tuple[Recommender, list[str], int]) -> None:
    recommender, seeds, k = request
    tracks, items = recommender.tracks, recommender.recommend(seeds, k, UNCAPPED).items
    seed_rows = tracks.rows(seeds)
    songs = [int(tracks.song[item.row]) for item in items]
    recordings = [int(tracks.recording[item.row]) for item in items]

    assert not set(songs) & {int(tracks.song[row]) for row in seed_rows}
    assert not set(recordings) & {int(tracks.recording[row]) for row in seed_rows}
    assert len(set(songs)) == len(set(recordings)) == len(items)
    assert [item.rank for item in items] == list(range(1, len(items) + 1))
    scores = [item.score for item in items]
    assert scores == sorted(scores, reverse=True)
    assert all(np.isfinite(score) and score <= 1 + 1e-5 for score in scores)
    others = {int(song) for song in tracks.song} - {int(tracks.song[row]) for row in seed_rows}
    assert len(items) == min(k, len(others))  # full whenever the catalogue has enough songs


@many
@given(requests())
def test_contributions_add_up_and_name_a_seed(request: tuple[Recommender, list[str], int]) -> None:
    recommender, seeds, k = request
    for item in recommender.recommend(seeds, k).items:
        assert sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score, abs=1e-5)
        assert item.reasons.closest_seed in seeds
        assert set(item.reasons.text) == {"en", "ko"}


@many
@given(requests())
def test_the_best_are_listed(request: tuple[Recommender, list[str], int]) -> None:
    recommender, seeds, k = request
    answer, tracks = recommender.recommend(seeds, k, UNCAPPED), recommender.tracks
    assume(len(answer.tastes) == 1)  # a list shared between tastes also holds the best of the second
    items = answer.items
    seed_rows = np.unique(tracks.rows(seeds))
    scores = recommender.scores(seed_rows)
    taken = {int(tracks.song[row]) for row in seed_rows} | {int(tracks.song[item.row]) for item in items}
    left_out = [scores[row] for row in range(len(tracks)) if int(tracks.song[row]) not in taken]
    assert not items or not left_out or max(left_out) <= items[-1].score


@many
@given(requests())
def test_the_same_request_gets_the_same_answer(request: tuple[Recommender, list[str], int]) -> None:
    recommender, seeds, k = request
    assert recommender.recommend(seeds, k) == recommender.recommend([*reversed(seeds), seeds[0]], k)


@many
@given(requests(), st.floats(1e-3, 1e3))
def test_only_the_ratio_of_the_weights_matters(
    request: tuple[Recommender, list[str], int], by: float
) -> None:
    recommender, seeds, k = request
    model = recommender.model
    config = model.config
    weights = {name: weight * by for name, weight in config.weights.items()}
    scaled = ModelConfig(
        config.genre_weight * by,
        config.audio_weight * by,
        config.metric,
        recipe=config.recipe,
        weights=weights,
    )
    other = Recommender(model.with_config(scaled))
    expected = [item.score for item in recommender.recommend(seeds, k).items]
    assert [item.score for item in other.recommend(seeds, k).items] == pytest.approx(expected, abs=1e-5)


@many
@given(st.lists(rows, min_size=3, max_size=15), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(specs: list[dict[str, Any]], random: Any) -> None:
    data = build(specs)
    shuffled = data.tracks.sample(frac=1, random_state=random.randint(0, 2**31))
    first, second = (Recommender(features.fit(Dataset(frame, "f"))) for frame in (data.tracks, shuffled))
    assert first.recommend(["t00"], 10) == second.recommend(["t00"], 10)
