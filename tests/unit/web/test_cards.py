"""A song of the list as data: complete, in the listener's language, and with no address that is not https."""

from __future__ import annotations

from typing import Any

import pytest

from quintet.web.cards import MAX_CONTRIBUTIONS, card, percent
from quintet.web.covers import cover_src, drawn_cover, https_or_none
from quintet.web.ratings import Rating
from quintet.web.texts import EN, KO, TEXTS, Texts
from quintet.web.tracks import Contribution, RankedTrack, Reasons, Track

SPOTIFY_ID = "2nLtzopw4rPReszdYBJU6h"


def ranked(**changes: Any) -> RankedTrack:
    reasons = Reasons(
        closest_seed="s",
        contributions=(
            Contribution(kind="genre", name="jazz", value=0.5),
            Contribution(kind="feature", name="energy", value=0.4),
        ),
        text={"en": "As lively as *Seed*.", "ko": "*Seed*처럼 신나요."},
    )
    track = {"track_id": SPOTIFY_ID, "track_name": "Blue", "artists": ("Ann", "Bo"), "rank": 1, "score": 0.9}
    return RankedTrack.model_validate(track | {"reasons": reasons} | changes)


def shown(item: RankedTrack, texts: Texts = EN, rating: Rating | None = None) -> dict[str, Any]:
    return card(item, {"s": "Seed"}, rating or Rating(), texts)


def reason(item: RankedTrack, texts: Texts = EN) -> str:
    return "".join(piece["text"] for piece in shown(item, texts)["reason"])


def test_a_card_tells_rank_song_match_and_reason() -> None:
    data = shown(ranked(release_date="1999-05-06", duration_ms=185_999, explicit=True))
    assert (data["rank"], data["title"], data["byline"], data["percent"]) == (1, "Blue", "Ann, Bo", 90)
    assert (data["numbers"], data["explicit"]) == ("1999 · 3:05", True)
    assert [(part["name"], part["value"]) for part in data["parts"]] == [("jazz", "+50"), ("energy", "+40")]


def test_the_reason_comes_in_the_listeners_language() -> None:
    assert reason(ranked(), KO) == "Seed처럼 신나요."
    assert [part["name"] for part in shown(ranked(), KO)["parts"]] == ["jazz", "에너지"]


def test_the_seed_a_reason_names_stands_out() -> None:
    pieces = shown(ranked())["reason"]
    assert [(piece["text"], piece["strong"]) for piece in pieces] == [
        ("As lively as ", False),
        ("Seed", True),
        (".", False),
    ]


@pytest.mark.parametrize("texts", [EN, KO])
def test_a_reason_in_no_known_language_leaves_the_card_whole(texts: Texts) -> None:
    assert shown(ranked(reasons=Reasons(text={"fr": "Parce que."})), texts)["reason"] == []


def test_what_has_one_name_is_one_part() -> None:
    parts = [("time", "year", 0.1), ("time", "day", 0.04), ("other", "rest", 0.02)]
    reasons = Reasons(contributions=tuple(Contribution(kind=k, name=n, value=v) for k, n, v in parts))
    said = [(part["name"], part["value"]) for part in shown(ranked(reasons=reasons))["parts"]]
    assert said == [(EN.bonds["time"], "+14"), (EN.other_part, "+2")]


def test_the_bar_parts_the_score_by_kind() -> None:
    parts = [("genre", 0.3), ("artist", 0.1), ("scene", 0.1), ("time", 0.2), ("other", -0.4)]
    reasons = Reasons(contributions=tuple(Contribution(kind=kind, value=value) for kind, value in parts))
    assert {piece["kind"]: piece["width"] for piece in shown(ranked(reasons=reasons))["bar"]} == {
        "genre": 30.0,
        "artist": 20.0,
    }


@pytest.mark.parametrize(("texts", "name"), [(EN, "hits or deep cuts"), (KO, "히트곡·숨은 곡")])
def test_what_a_dial_took_is_named_and_negative(texts: Texts, name: str) -> None:
    reasons = Reasons(contributions=(Contribution(kind="other", name="popularity dial", value=-0.2),))
    (part,) = shown(ranked(reasons=reasons), texts)["parts"]
    assert (part["name"], part["value"], part["low"]) == (name, "\N{MINUS SIGN}20", True)


def test_small_contributions_are_taken_together_and_still_add_up() -> None:
    parts = tuple(Contribution(kind="feature", name=f"sound {i}", value=0.02 * (i + 1)) for i in range(10))
    values = [int(part["value"]) for part in shown(ranked(reasons=Reasons(contributions=parts)))["parts"]]
    assert len(values) == MAX_CONTRIBUTIONS + 1
    assert sum(values) == round(100 * sum(part.value for part in parts))


@pytest.mark.parametrize(
    ("changes", "plays"),
    [
        ({}, True),
        ({"is_invented": True}, False),
        ({"track_id": "../../x"}, False),
        ({"track_id": "demo1"}, False),
    ],
)
def test_only_real_songs_are_played(changes: dict[str, Any], plays: bool) -> None:
    player = shown(ranked(**changes))["play"]
    assert player == (f"https://open.spotify.com/embed/track/{SPOTIFY_ID}" if plays else None)


@pytest.mark.parametrize(
    ("changes", "is_linked"),
    [
        ({"spotify_url": "https://open.spotify.com/track/1"}, True),
        ({"spotify_url": "https://open.spotify.com/track/1", "is_invented": True}, False),
        ({"spotify_url": "javascript:alert(1)"}, False),
        ({"spotify_url": None}, False),
    ],
)
def test_only_real_songs_link_to_spotify(changes: dict[str, Any], is_linked: bool) -> None:
    assert (shown(ranked(**changes))["link"] is not None) == is_linked


def test_stars_given_before_are_shown() -> None:
    assert shown(ranked())["stars"] == 0
    assert shown(ranked(), rating=Rating(stars=4))["stars"] == 4


@pytest.mark.parametrize(("score", "read"), [(0.914, 91), (1.2, 100), (-0.3, 0), (0.0, 0)])
def test_a_score_reads_as_a_percentage(score: float, read: int) -> None:
    assert percent(score) == read


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:text/html,x", "//x.org/a", "http://x.org", "https://", "https://[", None],
)
def test_only_https_addresses_reach_the_page(address: str | None) -> None:
    assert https_or_none(address) is None
    assert cover_src(Track(track_id="t", track_name="n", image_url=address)) == drawn_cover("t")


def test_drawn_covers_are_steady_and_different() -> None:
    covers = [drawn_cover(str(number)) for number in range(50)]
    assert covers == [drawn_cover(str(number)) for number in range(50)]
    assert len(set(covers)) == 50


def test_both_languages_know_every_feature_and_legend() -> None:
    assert all(texts.features.keys() == EN.features.keys() for texts in TEXTS.values())
    assert all(texts.legend.keys() == EN.legend.keys() for texts in TEXTS.values())
