"""What a listener does with songs and the list, in both languages, at a desk and on a phone."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import Listener, params, rows, said, scrolls_sideways, search, titles, undo
from tests.fakes.api import FakeApi

from quintet.web.texts import EN, Texts

pytestmark = pytest.mark.browser

FIVE = "id0001,id0003,id0004,id0005,id0012"
FOUR = FIVE.removesuffix(",id0012")
SPOTIFY_ID = "2nLtzopw4rPReszdYBJU6h"


@pytest.fixture
def page(fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener) -> Iterator[Page]:
    """The list of five songs; at the end nothing may reach over the side."""
    page = open_page(f"{fake_page}?seeds={FIVE}", listener)
    expect(rows(page)).to_have_count(10)
    yield page
    assert not scrolls_sideways(page)


def test_not_this_takes_a_song_out_and_undo_brings_it_back(
    page: Page, texts: Texts, fake_api: FakeApi
) -> None:
    before = titles(page)
    for title in before[:2]:
        page.get_by_role(
            "button", name=texts.cards.words["less_label"].format(title=title), exact=True
        ).click()
        said(page, texts.cards.said_less.format(title=title))
    expect(rows(page).first).to_contain_text(before[2])
    assert len(fake_api.asked[-1]["disliked_ids"]) == 2
    undo(page, texts)
    expect(rows(page).first).to_contain_text(before[1])
    undo(page, texts)
    expect(rows(page).first).to_contain_text(before[0])
    assert titles(page) == before
    assert "disliked" not in params(page)
    expect(page.locator(".bar .back")).to_have_count(0)


def test_more_like_this_asks_which_song_makes_room(page: Page, texts: Texts) -> None:
    card = rows(page).nth(1)
    title = card.locator("h3").inner_text()
    card.get_by_role("button", name=texts.cards.words["more_label"].format(title=title), exact=True).click()
    choices = card.locator(".choice")
    expect(choices).to_have_count(5)
    old = choices.nth(2).inner_text().strip()
    choices.nth(2).click()
    said(page, texts.cards.said_swap.format(title=title, old=old))
    expect(page.locator(".filled b").nth(2)).to_have_text(title)
    undo(page, texts)
    expect(page.locator(".filled b").nth(2)).to_have_text(old)


def test_stars_are_given_by_keyboard_kept_and_sent_with_the_list(
    page: Page, texts: Texts, fake_api: FakeApi
) -> None:
    stars = rows(page).first.get_by_role("radio")
    stars.first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    title = titles(page)[0]
    said(page, texts.cards.said_stars.format(title=title, stars=4))
    expect(stars.nth(3)).to_have_attribute("aria-checked", "true")
    (rating,) = fake_api.ratings
    assert (rating["request_id"], rating["rating"], rating["bad"]) == ("r1", 4, False)
    undo(page, texts)
    expect(stars.nth(3)).to_have_attribute("aria-checked", "false")
    assert fake_api.withdrawn == [f"/ratings/r1/{rating['track_id']}"]


def test_a_known_or_bad_song_makes_room_and_the_api_learns_of_it(
    page: Page, texts: Texts, fake_api: FakeApi
) -> None:
    what, field = ("known", "already_known") if texts is EN else ("bad", "bad")
    first = rows(page).first
    title = titles(page)[0]
    first.get_by_role("button", name=texts.cards.words["further"].format(title=title), exact=True).click()
    first.get_by_role("button", name=texts.cards.words[what], exact=True).click()
    said(page, getattr(texts.cards, f"said_{what}").format(title=title))
    expect(rows(page).first).not_to_contain_text(title)
    assert fake_api.ratings[-1][field] is True
    undo(page, texts)
    expect(rows(page).first).to_contain_text(title)


def test_a_rating_that_cannot_be_kept_is_said_to_be_lost(page: Page, texts: Texts, fake_api: FakeApi) -> None:
    fake_api.takes_ratings = False
    star = rows(page).first.get_by_role("radio").nth(1)
    star.click()
    said(page, texts.cards.not_rated)
    expect(star).to_have_attribute("aria-checked", "false")


def test_the_drawer_tunes_the_list_and_the_address_brings_it_back(
    page: Page, texts: Texts, fake_api: FakeApi, open_page: OpenPage, listener: Listener
) -> None:
    page.get_by_role("button", name=texts.tools.words["tune"]).click()
    dial = page.get_by_role("slider").first
    dial.focus()
    page.keyboard.press("ArrowLeft")
    expect(dial).to_have_attribute("aria-valuetext", texts.tools.dials["popularity"][2])
    expect(page.locator(".count")).to_have_text("1")
    page.get_by_role("radio", name=texts.tools.choices["explicit"][2], exact=True).check()
    expect(page.locator(".count")).to_have_text("2")
    artist = page.get_by_label(texts.tools.names["blocked_artists"][0], exact=True)
    artist.fill("Band 2")
    artist.press("Enter")
    expect(page.locator(".count")).to_have_text("3")
    asked = fake_api.asked[-1]
    assert (asked["popularity"], asked["filters"], asked["blocked_artists"]) == (
        -0.5,
        {"explicit": False},
        ["Band 2"],
    )
    shown = titles(page)
    again = open_page(page.url, listener)
    expect(rows(again)).to_have_count(10)
    assert titles(again) == shown
    expect(again.locator(".count")).to_have_text("3")
    page.get_by_role("button", name=texts.tools.words["reset"]).click()
    expect(page.locator(".count")).to_have_count(0)
    assert set(params(page)) == {"seeds", "lang"}


def test_another_list_is_another_one_and_can_be_taken_back(page: Page, texts: Texts) -> None:
    before = titles(page)
    page.get_by_role("button", name=texts.tools.words["another"]).click()
    said(page, texts.tools.said_another)
    expect(rows(page).first).not_to_contain_text(before[0])
    assert params(page)["another"] == "1"
    page.keyboard.press("Control+z")
    expect(rows(page).first).to_contain_text(before[0])


def test_the_list_is_taken_along_as_files_and_as_a_link(page: Page, texts: Texts, tmp_path: Path) -> None:
    page.get_by_role("button", name=texts.tools.words["keep"]).click()
    expect(page.get_by_label(texts.tools.words["link"]).first).to_have_value(page.url)
    files = {}
    for kind in ("csv", "m3u8", "jspf"):
        with page.expect_download() as download:
            page.locator(f"[data-kind={kind}]").click()
        download.value.save_as(tmp_path / kind)
        files[kind] = (tmp_path / kind).read_text("utf-8-sig")
        assert download.value.suggested_filename == f"quintet.{kind}"
    shown = titles(page)
    assert len(list(csv.DictReader(io.StringIO(files["csv"])))) == len(shown)
    assert files["m3u8"].count("#EXTINF") == len(shown)
    named = [track["title"] for track in json.loads(files["jspf"])["playlist"]["track"]]
    assert [title.split("\n")[0].strip() for title in named] == [
        re.sub(r"\s+(explicit|19금)$", "", title) for title in shown
    ]
    expect(page.locator("[data-kind=uris]")).to_be_disabled()  # invented songs are not on Spotify


def test_songs_are_put_in_another_order_by_buttons_and_by_dragging(page: Page, texts: Texts) -> None:
    slots = page.locator(".filled b")
    before = slots.all_inner_texts()
    page.get_by_role("button", name=texts.move_right.format(title=before[0]), exact=True).click()
    expect(slots.nth(1)).to_have_text(before[0])
    expect(
        page.get_by_role("button", name=texts.move_right.format(title=before[0]), exact=True)
    ).to_be_focused()
    page.locator(".filled").nth(4).drag_to(page.locator(".filled").nth(0))
    expect(slots.nth(0)).to_have_text(before[4])
    assert params(page)["seeds"].split(",")[0] == FIVE.split(",")[4]


def paste(page: Page, text: str) -> None:
    search(page).evaluate(
        """(box, text) => {
            const data = new DataTransfer();
            data.setData("text", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            box.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_a_pasted_link_fills_a_free_slot(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    fake_api.tracks[SPOTIFY_ID] = fake_api.tracks["id0007"] | {"track_id": SPOTIFY_ID, "track_name": "Numb"}
    page = open_page(f"{fake_page}?seeds={FOUR}", listener)
    expect(page.locator(".filled")).to_have_count(4)
    paste(page, f"https://open.spotify.com/track/{SPOTIFY_ID}?si=abc")
    expect(page.locator(".filled b").nth(4)).to_have_text("Numb")
    said(page, texts.paste["found"].format(known=1, total=1, taken=1))
    paste(page, "spotify:playlist:37i9dQZF1DXcBWIGoYBM5M")
    said(page, texts.paste["no_other"])


def test_an_opened_export_fills_all_slots_and_says_how_many_songs_were_found(
    page: Page, texts: Texts, fake_api: FakeApi
) -> None:
    songs = [track for track_id, track in fake_api.tracks.items() if track_id >= "id0020"]
    known = "".join(f'"","{song["track_name"]}","{song["artists"][0]}"\n' for song in songs[:15])
    strangers = "".join(f'"","Nobody {number}","None"\n' for number in range(4))
    exported = f'"Track ID","Track Name","Artist Name(s)"\n{known}{strangers}'
    page.locator("input[type=file]").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": exported.encode()}
    )
    said(page, texts.paste["found"].format(known=15, total=19, taken=5))
    expect(page.locator(".filled")).to_have_count(5)
    undo(page, texts)
    expect(page.locator(".filled")).to_have_count(5)
    assert params(page)["seeds"] == FIVE


def test_songs_from_outside_the_catalogue_are_marked(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    fake_api.tracks["id0000"]["is_in_catalogue"] = False
    page = open_page(fake_page, listener)
    search(page).press_sequentially("love song 0")
    expect(page.get_by_role("option").first.get_by_text(texts.search_outside)).to_be_visible()


def sing_for_real(fake_api: FakeApi) -> None:
    """Make the stand-in's songs songs of Spotify."""
    fake_api.is_invented = False
    fake_api.tracks = {
        f"{number:022}": track | {"track_id": f"{number:022}", "is_invented": False}
        for number, track in enumerate(fake_api.tracks.values())
    }


def test_songs_of_spotify_are_taken_along_as_uris(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    sing_for_real(fake_api)
    page = open_page(f"{fake_page}?seeds={1:022}", listener)
    expect(rows(page)).to_have_count(10)
    page.get_by_role("button", name=texts.tools.words["keep"]).click()
    with page.expect_download() as download:
        page.locator("[data-kind=uris]").click()
    uris = download.value.path().read_text("utf-8").splitlines()
    assert len(set(uris)) == 10
    assert all(re.fullmatch(r"spotify:track:\d{22}", uri) for uri in uris)


def test_a_song_is_played_only_after_a_click(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    sing_for_real(fake_api)
    page = open_page(f"{fake_page}?seeds={1:022}", listener, strangers=("https://open.spotify.com/embed/",))
    page.route(
        "https://open.spotify.com/**", lambda route: route.fulfill(body="player", content_type="text/html")
    )
    expect(rows(page)).to_have_count(10)
    expect(page.locator("iframe.player")).to_have_count(0)
    play = page.locator(".act.play")
    play.first.click()
    expect(page.frame_locator("iframe.player").get_by_text("player")).to_be_visible()
    assert (
        page.locator("iframe.player").get_attribute("src") == f"https://open.spotify.com/embed/track/{0:022}"
    )
    play.nth(1).click()
    expect(page.locator("iframe.player")).to_have_count(1)
    fifth = rows(page).nth(5).inner_text()
    page.locator(".act", has_text=texts.cards.words["less"]).nth(5).click()
    expect(rows(page).nth(5)).not_to_have_text(fifth)
    expect(page.locator("iframe.player")).to_have_count(1)  # it plays on while the list changes


def test_surprise_me_shows_other_sets(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    page = open_page(fake_page, listener)
    sets = page.locator(".starters .set")
    expect(sets).to_have_count(4)
    before = sets.all_inner_texts()
    page.get_by_role("button", name=texts.starters_others).click()
    expect(sets.first).not_to_have_text(before[0])
    expect(page.get_by_role("button", name=texts.starters_others)).to_be_focused()
