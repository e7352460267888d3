"""What the recommender promises, on a small catalogue whose answers are known."""

from __future__ import annotations

from itertools import pairwise

import pytest

from quintet.errors import ModelError, UnknownTrackError
from quintet.model.recommender import Recommender
from quintet.model.search import SearchIndex


def ids(recommender: Recommender, seeds: list[str], k: int = 10) -> list[str]:
    return [item.track_id for item in recommender.recommend(seeds, k).items]


def test_the_nearest_in_genre_and_sound_comes_first(recommender: Recommender) -> None:
    assert ids(recommender, ["a1"])[:2] == ["a2", "a3"]
    assert ids(recommender, ["b1"])[0] == "b3"


def test_a_seed_never_comes_back(recommender: Recommender) -> None:
    assert not {"a1", "b3"} & set(ids(recommender, ["a1", "b3"]))


def test_another_release_of_a_seeds_recording_never_comes_back(recommender: Recommender) -> None:
    assert "b5" not in ids(recommender, ["b4"])


def test_another_version_of_a_seeds_song_never_comes_back(recommender: Recommender) -> None:
    assert "b2" not in ids(recommender, ["b1"])


def test_one_version_of_a_song_and_one_release_of_a_recording_are_listed(recommender: Recommender) -> None:
    listed = ids(recommender, ["b3"], 200)
    assert len({"b1", "b2"} & set(listed)) == 1
    assert {"b4", "b5"} & set(listed) == {"b4"}  # equally near: the more popular


def test_ranks_run_from_one_and_scores_fall(recommender: Recommender) -> None:
    items = recommender.recommend(["a1", "b1", "c1"], 10).items
    assert [item.rank for item in items] == list(range(1, len(items) + 1))
    assert [item.score for item in items] == sorted((item.score for item in items), reverse=True)


def test_contributions_add_up_to_the_score(recommender: Recommender) -> None:
    for item in recommender.recommend(["a1", "b1"], 10).items:
        assert sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score, abs=1e-5)


def test_a_track_without_genres_does_not_sink(recommender: Recommender) -> None:
    items = {item.track_id: item for item in recommender.recommend(["a3"], 10).items}
    assert items["a5"].rank < items["b6"].rank
    assert "genres unknown" in [part.name for part in items["a5"].reasons.contributions]


def test_seeds_without_genres_are_compared_by_sound_alone_and_say_so(recommender: Recommender) -> None:
    recommendation = recommender.recommend(["a5"], 3)
    assert recommendation.warnings == ("no seed has genres: genres did not count",)
    parts = [part for item in recommendation.items for part in item.reasons.contributions]
    assert not any(part.kind == "genre" or part.name == "genres unknown" for part in parts)


def test_a_list_the_catalogue_cannot_fill_says_so(recommender: Recommender) -> None:
    recommendation = recommender.recommend(["a1"], 200)
    assert len(recommendation.items) == 10
    assert recommendation.warnings == ("only 10 of 200 asked for: the catalogue has no more",)


def test_order_and_repeats_of_seeds_do_not_matter(recommender: Recommender) -> None:
    assert recommender.recommend(["b1", "a1", "b1"]) == recommender.recommend(["a1", "b1"])


def test_unknown_seeds_are_named(recommender: Recommender) -> None:
    with pytest.raises(UnknownTrackError) as caught:
        recommender.recommend(["a1", "zz", "", "\x00"])
    assert caught.value.track_ids == ("zz", "", "\x00")


@pytest.mark.parametrize(("seeds", "k"), [([], 10), (["a1"], 0)])
def test_no_seed_and_no_place_are_refused(recommender: Recommender, seeds: list[str], k: int) -> None:
    with pytest.raises(ModelError):
        recommender.recommend(seeds, k)


def test_a_row_is_shown_as_the_apis_track(recommender: Recommender) -> None:
    row = recommender.tracks.row("c2")
    assert row is not None
    track = recommender.tracks.track(row)
    assert track["track_name"] == "Étoile d'été"
    assert track["artists"] == ["Béa Noël"]
    assert track["genres"] == ["chanson"]
    assert (track["popularity"], track["duration_ms"], track["explicit"]) == (50, 200_000, False)
    assert (track["image_url"], track["spotify_url"], track["is_invented"]) == (None, None, True)
    assert recommender.tracks.audio_features(row)["tempo"] == 70.0
    assert recommender.tracks.audio_features(row)["time_signature"] is None


EXAMPLES = (
    "dont care loud luxury",
    "beyonse halo",
    "daft punk get lucky",
    "queen bohemian rapsody",
    "nirvana smells",
)


@pytest.mark.real_data
@pytest.mark.parametrize("k", [20, 200])
def test_five_real_songs_give_a_full_list(real: tuple[SearchIndex, Recommender], k: int) -> None:
    search, recommender = real
    tracks = recommender.tracks
    seed_rows = [search.search(query)[1][0] for query in EXAMPLES]
    items = recommender.recommend([tracks.track_id[row] for row in seed_rows], k).items
    assert len(items) == len({int(tracks.recording[item.row]) for item in items}) == k
    assert not {int(tracks.song[item.row]) for item in items} & {int(tracks.song[row]) for row in seed_rows}
    assert [item.rank for item in items] == list(range(1, k + 1))
    assert all(earlier.score >= later.score for earlier, later in pairwise(items))
    assert all(item.reasons.text["en"].startswith("Like *") for item in items)
    for item in items:
        assert sum(part.value for part in item.reasons.contributions) == pytest.approx(item.score, abs=1e-5)
