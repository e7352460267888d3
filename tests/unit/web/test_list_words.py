"""What a list is like and what the API warns of, in words."""

from __future__ import annotations

import pytest

from quintet.web.list_words import facts, notes
from quintet.web.texts import EN, KO
from quintet.web.tracks import ListMetrics, Recommendation, Taste


def answer(**changes: object) -> Recommendation:
    return Recommendation.model_validate({"items": (), **changes})


def test_a_list_is_told_in_words_and_small_numbers() -> None:
    metrics = ListMetrics(intra_list_diversity=0.8, mean_popularity=71.4, artists=9)
    assert facts(answer(list_metrics=metrics), EN) == [
        "9 artists",
        "well-known songs (71/100)",
        "very varied",
    ]
    assert facts(answer(list_metrics=metrics), KO) == [
        "아티스트 9명",
        "널리 알려진 곡들 (71/100)",
        "아주 다양함",
    ]


def test_what_is_not_known_of_a_list_is_not_told() -> None:
    assert facts(answer(), EN) == []
    assert facts(answer(list_metrics=ListMetrics(artists=3)), EN) == ["3 artists"]


@pytest.mark.parametrize(
    ("popularity", "word"), [(0.0, "hardly"), (25.0, "less"), (45.0, "known songs ("), (65.0, "well")]
)
def test_popularity_has_four_words(popularity: float, word: str) -> None:
    (said,) = facts(answer(list_metrics=ListMetrics(mean_popularity=popularity)), EN)
    assert word in said


def test_one_taste_is_not_worth_a_word_and_several_are_named() -> None:
    metal, other = (
        Taste(seeds=("a",), share=0.6, genres=("metal", "rock", "x")),
        Taste(seeds=("b",), share=0.4),
    )
    assert notes(answer(tastes=(metal,)), {}, EN) == []
    (said,) = notes(answer(tastes=(metal, other)), {"b": "Halo"}, EN)
    assert "metal, rock 60% · Halo 40%" in said


def test_a_warning_nobody_knows_comes_as_it_is() -> None:
    assert notes(answer(warnings=("the moon is full",)), {}, KO) == ["the moon is full"]
