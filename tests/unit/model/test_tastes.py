"""Seeds are parted where they are far apart, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from quintet.model.forest import MAX_LEAVES, Forest
from quintet.model.recommender import Recommender
from quintet.model.reranking import FEATURES, Reranker
from quintet.model.tastes import APART, common_genres, part


def cosines(groups: list[int]) -> np.ndarray:
    same = np.equal.outer(np.array(groups), np.array(groups))
    found = np.where(same, APART + 0.3, APART - 0.1).astype(np.float32)
    np.fill_diagonal(found, 1)
    return found


def test_a_seed_of_which_nothing_is_known_joins_the_others() -> None:
    products = cosines([0, 0, 1])
    products[2] = products[:, 2] = 0
    assert part(products) == [[0, 1, 2]]


def test_seeds_that_are_alike_are_one_taste() -> None:
    assert part(cosines([0, 0, 0, 0, 0])) == [[0, 1, 2, 3, 4]]


def test_three_ballads_and_two_metal_songs_are_two_tastes_the_larger_first() -> None:
    assert part(cosines([1, 0, 1, 0, 0])) == [[1, 3, 4], [0, 2]]


def test_one_seed_is_one_taste_and_strangers_are_one_each() -> None:
    assert part(cosines([0])) == [[0]]
    assert part(cosines([0, 1, 2])) == [[0], [1], [2]]


def test_one_odd_song_among_five_is_no_taste() -> None:
    assert part(cosines([0, 0, 1, 0, 0])) == [[0, 1, 2, 3, 4]]
    assert part(cosines([0, 0, 1, 0])) == [[0, 1, 3], [2]]


def test_the_commonest_genres_are_named() -> None:
    assert common_genres([["pop", "rock"], ["rock"], [], ["jazz", "rock", "pop"], ["soul"]]) == (
        "rock",
        "pop",
        "jazz",
    )


def test_a_list_is_shared_out_between_the_tastes(recommender: Recommender) -> None:
    found = recommender.recommend(["a1", "a2", "b3"], 4)
    assert [set(taste.seeds) for taste in found.tastes] == [{"a1", "a2"}, {"b3"}]
    assert [taste.genres[0] for taste in found.tastes] == ["folk", "dance pop"]
    assert {item.taste for item in found.items[:2]} == {0, 1}
    for item in found.items:
        assert item.reasons.closest_seed in found.tastes[item.taste].seeds


def test_playlists_decide_what_is_one_taste_where_they_taught_the_model(recommender: Recommender) -> None:
    places = {"a1": [1, 0], "a2": [0, 1], "b3": [0.8, -0.6]}  # in playlists, a1 and b3 keep company
    taught = Recommender(replace(recommender.model, reranker=reranker(recommender, places)))
    found = taught.recommend(["a1", "a2", "b3", "b1"], 4).tastes
    assert [set(taste.seeds) for taste in found] == [{"a1", "b1", "b3"}, {"a2"}]


def reranker(recommender: Recommender, places: dict[str, list[float]]) -> Reranker:
    """Trees that move nothing, and tracks where they are told to be, the others at (1, 0)."""
    ids = recommender.tracks.track_id
    vectors = np.array([places.get(track_id, [1, 0]) for track_id in ids], dtype=np.float32)
    no_tests = np.zeros((1, MAX_LEAVES - 1), np.int16)
    never = np.full(no_tests.shape, np.inf, np.float32)
    parts = np.zeros((1, MAX_LEAVES, len(FEATURES)), np.float32)
    return Reranker(Forest(FEATURES, no_tests, never, no_tests.astype(np.uint16), parts), vectors)
