"""The axe checker on every view, of every language and width, in both themes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.axe import faults
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import EVERY_LISTENER, Listener, rows, search
from tests.fakes.api import FakeApi

pytestmark = pytest.mark.browser

LIST = "?seeds=id0001,id0003,id0004,id0005,id0012"
# Every language and width, and every theme in both languages and at both widths.
LOOKS = list(zip(EVERY_LISTENER, ("light", "dark", "dark", "light"), strict=True))


@pytest.mark.parametrize(("listener", "scheme"), LOOKS, ids=str)
def test_no_view_has_a_grave_fault(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener, scheme: str
) -> None:
    for track in fake_api.tracks.values():
        track["spotify_url"] = "https://open.spotify.com/track/x"
    page = open_page(fake_page, listener, scheme=scheme)
    _see_the_empty_page(page)
    page.goto(fake_page + LIST)
    _see_a_list(page)
    _open_everything(page, listener)
    fake_api.stop()
    page.goto(fake_page + LIST)
    expect(page.get_by_role("heading", name=listener.page.down_title)).to_be_visible()
    assert faults(page) == [], "the API is away"
    fake_api.start()
    expect(rows(page)).to_have_count(10)
    page.locator(".st-key-about a").click()
    expect(page.locator(".q-operator section").first).to_be_visible()
    assert faults(page) == [], "the operator's page"


def _see_the_empty_page(page: Page) -> None:
    expect(page.locator(".step").first).to_be_visible()
    assert faults(page) == [], "the empty page"
    search(page).press_sequentially("love")
    expect(page.get_by_role("option").first).to_be_visible()
    assert faults(page) == [], "songs found"


def _see_a_list(page: Page) -> None:
    expect(page.locator(".st-key-radar svg").first).to_be_visible()
    page.locator(".step").first.click()
    expect(page.locator(".q-picked")).to_be_visible()
    assert faults(page) == [], "a list, the radar, and a song of the map"


def _open_everything(page: Page, listener: Listener) -> None:
    texts = listener.page
    page.locator(".q-why summary").first.click()
    page.locator(".act.dots").first.click()
    page.locator(".acts").nth(1).get_by_text(texts.cards.words["more"]).click()
    for table in page.locator(".q-picture-foot summary").all():
        table.click()
    page.get_by_role("button", name=texts.tools.words["tune"]).click()
    assert faults(page) == [], "the drawer, a reason, further actions, who makes room, the tables"
    page.get_by_role("button", name=texts.tools.words["keep"]).click()
    page.get_by_role("button", name=texts.tools.words["another"]).click()
    expect(page.locator(".bar p")).to_have_text(texts.tools.said_another)
    assert faults(page) == [], "the desk to take the list along, and the bar to undo"
