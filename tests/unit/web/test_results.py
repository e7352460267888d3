"""The list as HTML: complete, readable, and nothing from the API becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quintet.web.covers import cover_src, drawn_cover, https_or_none
from quintet.web.results import MAX_CONTRIBUTIONS, percent, results_html
from quintet.web.texts import EN, KO, TEXTS
from quintet.web.tracks import Contribution, RankedTrack, Reasons, Track

TAGS = {
    "section",
    "div",
    "h2",
    "p",
    "ul",
    "li",
    "span",
    "ol",
    "img",
    "h3",
    "b",
    "i",
    "details",
    "summary",
    "a",
    "em",
}
hostile = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "[x](javascript:alert(1))", "'&lt;"]
    ),
)


class Page(HTMLParser):
    """What a browser would see: tags, attributes, text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def ranked(**changes: Any) -> RankedTrack:
    reasons = Reasons(
        closest_seed="s",
        contributions=(
            Contribution(kind="genre", name="jazz", value=0.5),
            Contribution(kind="feature", name="energy", value=0.4),
        ),
        text={"en": "As lively as your song.", "ko": "비슷하게 신나요."},
    )
    track = {"track_id": "t", "track_name": "Blue", "artists": ("Ann", "Bo"), "rank": 1, "score": 0.9}
    return RankedTrack.model_validate(track | {"reasons": reasons} | changes)


def page_of(*items: RankedTrack, texts: Any = EN, n_seeds: int = 5, seed_name: str = "Seed") -> Page:
    seeds = tuple(Track(track_id=f"s{number}", track_name=seed_name) for number in range(n_seeds))
    return Page(results_html(items, seeds, 5, texts))


@given(name=hostile, artist=hostile, genre=hostile, reason=hostile, address=hostile, date=hostile)
def test_nothing_the_api_says_becomes_markup(
    name: str, artist: str, genre: str, reason: str, address: str, date: str
) -> None:
    item = ranked(
        track_name=name,
        artists=(artist,),
        release_date=date,
        image_url=address,
        spotify_url=address,
        reasons=Reasons(
            contributions=(Contribution(kind="genre", name=genre, value=0.3),), text={"en": reason}
        ),
    )
    page = page_of(item)
    assert set(page.tags) <= TAGS
    assert not [name for name, _ in page.attributes if name.startswith("on")]
    assert all(
        (value or "").startswith(("https://", "data:image/svg+xml,"))
        for name, value in page.attributes
        if name in {"src", "href"}
    )


def test_markup_in_a_title_is_shown_as_it_is_written() -> None:
    assert "<script>alert(1)</script>" in page_of(ranked(track_name="<script>alert(1)</script>")).text
    assert "[x](javascript:alert(2))" in page_of(ranked(track_name="[x](javascript:alert(2))")).text


def test_a_row_tells_rank_song_match_and_reason() -> None:
    text = page_of(ranked(release_date="1999-05-06", duration_ms=185_999)).text
    for part in (
        "1",
        "Blue",
        "Ann, Bo 1999 · 3:05",
        "90%",
        "As lively as your song.",
        "jazz",
        "+50",
        "+40",
    ):
        assert part in text


def test_the_reason_comes_in_the_listeners_language() -> None:
    page = page_of(ranked(), texts=KO)
    assert "비슷하게 신나요." in page.text
    assert "에너지" in page.text
    assert "As lively" not in page.text


def test_the_seed_a_reason_names_stands_out() -> None:
    reasons = Reasons(closest_seed="s0", text={"en": "Like *<b>*: calm"})
    html = results_html((ranked(reasons=reasons),), (Track(track_id="s0", track_name="<b>"),), 5, EN)
    assert "Like <em>&lt;b&gt;</em>: calm" in html


def test_a_reason_in_no_known_language_leaves_the_row_whole() -> None:
    assert "Blue" in page_of(ranked(reasons=Reasons(text={"fr": "Parce que."}))).text


@pytest.mark.parametrize(
    ("changes", "links"),
    [
        ({"spotify_url": "https://open.spotify.com/track/1"}, 1),
        ({"spotify_url": "https://open.spotify.com/track/1", "is_invented": True}, 0),
        ({"spotify_url": "javascript:alert(1)"}, 0),
        ({"spotify_url": "http://open.spotify.com/track/1"}, 0),
        ({"spotify_url": None}, 0),
    ],
)
def test_only_real_songs_link_to_spotify(changes: dict[str, Any], links: int) -> None:
    assert page_of(ranked(**changes)).tags.count("a") == links


def test_small_contributions_are_taken_together_and_still_add_up() -> None:
    parts = tuple(Contribution(kind="feature", name="energy", value=0.02 * (i + 1)) for i in range(10))
    page = page_of(ranked(reasons=Reasons(contributions=parts, text={"en": "x"})))
    values = [int(value) for value in re.findall(r"[+]\d+", page.text)]
    assert len(values) == MAX_CONTRIBUTIONS + 1
    assert sum(values) == round(100 * sum(part.value for part in parts))


@pytest.mark.parametrize(("score", "shown"), [(0.914, 91), (1.2, 100), (-0.3, 0), (0.0, 0)])
def test_a_score_reads_as_a_percentage(score: float, shown: int) -> None:
    assert percent(score) == shown


def test_fewer_songs_say_so() -> None:
    assert "From 2 of five" in page_of(ranked(), n_seeds=2).text
    assert "From" not in page_of(ranked(), n_seeds=5).text


def test_an_empty_list_says_so() -> None:
    assert EN.results_none in page_of().text


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
