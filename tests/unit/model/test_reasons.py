"""The sentences, and what they are made of."""

from __future__ import annotations

from quintet.model.reasons import MAX_CONTRIBUTIONS, Traits, explain
from quintet.model.terms import ARTIST, FAME, FEATURE, GENRE, OTHER, SCENE, TIME, Contribution

SLOW_AND_QUIET = {"tempo": -1, "loudness": -1, "energy": -1, "valence": 1}
GENRES = ("pop", "r&b", "dance pop")
SEED = Traits("id", GENRES, 3, 2008, 70, "Halo", SLOW_AND_QUIET, {*GENRES, "dance"})
PARTS = [
    Contribution(FEATURE, "tempo", 0.20, -1),
    Contribution(FEATURE, "loudness", 0.15, -1),
    Contribution(FEATURE, "energy", -0.10, 1),
    Contribution(FEATURE, "valence", 0.001, 1),
    Contribution(FEATURE, "key", 0.05),
    Contribution(GENRE, "pop", 0.12),
    Contribution(GENRE, "r&b", 0.10),
    Contribution(GENRE, "dance pop", 0.09),
]


def other(*genres: str, **facts: int) -> Traits:
    return Traits("other", genres, **facts)


def test_a_sentence_names_what_carries_the_score() -> None:
    reasons = explain(SEED, other("dance pop", "r&b"), PARTS)
    assert reasons.text["en"] == "Like *Halo*: slow, quiet; shares r&b and dance pop"
    assert reasons.text["ko"] == "*Halo*처럼 느리고 조용한 곡, 같은 장르: r&b, dance pop"


def test_a_mere_word_of_a_genre_is_named_where_no_whole_genre_is_shared() -> None:
    reasons = explain(SEED, other("k-pop"), [Contribution(GENRE, "pop", 0.2)])
    assert reasons.text["en"] == "Like *Halo*: shares pop"
    assert reasons.text["ko"] == "*Halo*처럼 장르가 통하는 곡, 같은 장르: pop"


def test_without_anything_telling_the_sentence_claims_nothing() -> None:
    reasons = explain(SEED, other(), [Contribution(OTHER, "genres unknown", 0.2)])
    assert reasons.text["en"] == "Like *Halo*: close in overall sound"
    assert reasons.text["ko"] == "*Halo*처럼 전체적인 소리가 비슷한 곡"


def test_contributions_are_kept_whole_and_largest_first() -> None:
    contributions = explain(SEED, other(), PARTS).contributions
    assert sorted(contributions, key=lambda part: part.name) == sorted(PARTS, key=lambda part: part.name)
    assert [part.value for part in contributions] == sorted((part.value for part in PARTS), reverse=True)


def test_a_sentence_claims_nothing_that_is_not_true_of_the_seed_it_names() -> None:
    parts = [Contribution(FEATURE, "tempo", 0.5, 1), Contribution(GENRE, "jazz", 0.5), *PARTS[1:2]]
    assert explain(SEED, other("jazz"), parts).text["en"] == "Like *Halo*: quiet"


BONDS = [
    Contribution(TIME, "year", 0.1),
    Contribution(FAME, "popularity", 0.1),
    Contribution(SCENE, "scene", 0.1),
]


def test_the_same_artist_is_always_said() -> None:
    parts = [*PARTS, *BONDS, Contribution(ARTIST, "Beyoncé", 0.2)]
    text = explain(SEED, other("r&b", artist=3, year=2009), parts).text
    assert text["en"] == "Like *Halo*: slow, quiet; shares r&b and pop; by the same artist"
    assert text["ko"] == "*Halo*처럼 느리고 조용한 곡, 같은 장르: r&b, pop, 같은 아티스트"


def test_time_and_fame_are_said_where_little_else_is_and_only_if_true() -> None:
    near, far = other(year=2007, popularity=72), other(year=1990, popularity=10)
    assert explain(SEED, near, BONDS).text["en"] == "Like *Halo*: from the same time; about as well known"
    assert explain(SEED, near, BONDS).text["ko"] == "*Halo*처럼 잘 어울리는 곡, 비슷한 시기, 비슷한 인기"
    assert explain(SEED, far, BONDS).text["en"] == "Like *Halo*: of a kindred scene"


def test_small_contributions_are_one_sum_that_keeps_the_score() -> None:
    parts = [Contribution(GENRE, f"genre {i}", 0.01 * i) for i in range(20)]
    told = explain(SEED, other(), parts).contributions
    assert len(told) == MAX_CONTRIBUTIONS + 1
    assert (told[-1].kind, told[-1].name) == (OTHER, "rest")
    assert abs(sum(part.value for part in told) - sum(part.value for part in parts)) < 1e-9
