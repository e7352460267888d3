"""The sentences, and what they are made of."""

from __future__ import annotations

from quintet.model.reasons import SeedTraits, explain
from quintet.model.terms import FEATURE, GENRE, OTHER, Contribution

SLOW_AND_QUIET = {"tempo": -1, "loudness": -1, "energy": -1, "valence": 1}
SEED = SeedTraits("id", "Halo", SLOW_AND_QUIET, frozenset({"pop", "r&b", "dance pop", "dance"}))
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


def test_a_sentence_names_what_carries_the_score() -> None:
    reasons = explain(SEED, PARTS, ["dance pop", "r&b"])
    assert reasons.text["en"] == "Like *Halo*: slow, quiet; shares r&b and dance pop"
    assert reasons.text["ko"] == "*Halo*처럼 느리고 조용한 곡, 같은 장르: r&b, dance pop"


def test_a_mere_word_of_a_genre_is_named_where_no_whole_genre_is_shared() -> None:
    reasons = explain(SEED, [Contribution(GENRE, "pop", 0.2)], ["k-pop"])
    assert reasons.text["en"] == "Like *Halo*: shares pop"
    assert reasons.text["ko"] == "*Halo*처럼 장르가 통하는 곡, 같은 장르: pop"


def test_without_anything_telling_the_sentence_claims_nothing() -> None:
    reasons = explain(SEED, [Contribution(OTHER, "genres unknown", 0.2)], [])
    assert reasons.text["en"] == "Like *Halo*: close in overall sound"
    assert reasons.text["ko"] == "*Halo*처럼 전체적인 소리가 비슷한 곡"


def test_contributions_are_kept_whole_and_largest_first() -> None:
    contributions = explain(SEED, PARTS, []).contributions
    assert sorted(contributions, key=lambda part: part.name) == sorted(PARTS, key=lambda part: part.name)
    assert [part.value for part in contributions] == sorted((part.value for part in PARTS), reverse=True)


def test_a_sentence_claims_nothing_that_is_not_true_of_the_seed_it_names() -> None:
    parts = [Contribution(FEATURE, "tempo", 0.5, 1), Contribution(GENRE, "jazz", 0.5), *PARTS[1:2]]
    assert explain(SEED, parts, ["jazz"]).text["en"] == "Like *Halo*: quiet"
