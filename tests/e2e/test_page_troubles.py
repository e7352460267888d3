"""The page when things go wrong behind it: no traceback, no dead end. Real browser, stand-in API."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import Listener
from tests.fakes.api import MARKDOWN, SCRIPT, FakeApi

from quintet.web.texts import Texts

pytestmark = pytest.mark.browser
FIVE = "?seeds=id0001,id0003,id0004,id0005,id0012"
RECOVERY_MS = 15_000


def test_an_api_that_is_away_is_waited_for(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    fake_api.stop()
    page = open_page(fake_page + FIVE, listener)
    expect(page.get_by_role("heading", name=texts.down_title)).to_be_visible()
    fake_api.start()
    expect(page.locator(".q-row:not(.q-ghost)")).to_have_count(10, timeout=RECOVERY_MS)
    expect(page.get_by_text(texts.down_title)).to_have_count(0)


def test_a_search_that_stops_answering_says_so_and_goes_on(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    page = open_page(fake_page, listener)
    box = page.get_by_role("combobox")
    expect(box).to_be_visible()
    fake_api.stop()
    box.press_sequentially("love")
    expect(page.locator(".hint")).to_have_text(texts.search_down)
    fake_api.start()
    expect(page.get_by_role("option").first).to_be_visible(timeout=RECOVERY_MS)
    expect(box).to_have_value("love")


def test_the_first_model_is_waited_for(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    fake_api.has_model = False
    page = open_page(fake_page, listener)
    expect(page.get_by_role("heading", name=texts.training_title)).to_be_visible()
    fake_api.has_model = True
    expect(page.get_by_role("combobox")).to_be_visible(timeout=RECOVERY_MS)


def test_a_song_lost_in_a_model_swap_is_named(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    page = open_page(fake_page + FIVE, listener)
    expect(page.locator(".q-row:not(.q-ghost)")).to_have_count(10)
    title = fake_api.tracks.pop("id0012")["track_name"]
    fake_api.version = "8"
    page.locator(".take").first.click()
    expect(page.get_by_text(texts.removed_tracks.format(titles=title))).to_be_visible()
    expect(page.locator(".filled")).to_have_count(3)
    expect(page.locator(".q-row:not(.q-ghost)")).to_have_count(10)
    expect(page.locator(".q-footer")).to_contain_text(texts.footer_model.format(version=8))


def test_hostile_titles_are_plain_text_everywhere(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener
) -> None:
    page = open_page(fake_page + "?seeds=id0003,id0001", listener)
    expect(page.locator(".filled b").first).to_have_text(f"Love {SCRIPT}")
    expect(page.locator(".q-song h3").get_by_text(f"Love {MARKDOWN}")).to_be_visible()
    page.get_by_role("combobox").press_sequentially("love [x]")
    expect(page.get_by_role("option").locator("b")).to_have_text([f"Love {MARKDOWN}"])
    assert page.locator("a[href^=javascript]").count() == 0


def test_words_that_find_nothing_say_so(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    page = open_page(fake_page, listener)
    page.get_by_role("combobox").press_sequentially("qqqq")
    expect(page.locator(".hint")).to_have_text(texts.search_none)
