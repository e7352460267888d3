"""A visit from the first song to the list that is kept: every language at every width."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import (
    EVERY_LISTENER,
    Listener,
    offered,
    params,
    rows,
    said,
    scrolls_sideways,
    titles,
    undo,
)
from tests.fakes.api import FakeApi

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("listener", EVERY_LISTENER, ids=str)
def test_a_visit(fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener) -> None:
    page = open_page(fake_page, listener)
    expect(page.get_by_role("heading", level=1)).to_have_text(listener.page.headline)  # as the browser says
    _look_around(page, listener)
    _choose(page, listener)
    _put_in_order(page, listener)
    _judge(page, listener, fake_api)
    _tune(page, listener, fake_api)
    _look_at_the_pictures(page, listener)
    _keep(page, listener, open_page)
    assert not scrolls_sideways(page)


def _look_around(page: Page, listener: Listener) -> None:
    sets = page.locator(".starters .set")
    expect(sets).to_have_count(4)
    before = sets.all_inner_texts()
    page.get_by_role("button", name=listener.page.starters_others).click()
    expect(sets.first).not_to_have_text(before[0])


def _choose(page: Page, listener: Listener) -> None:
    """Take songs from the search, the chart, the map by keyboard, and pasted lines."""
    texts, slots = listener.page, page.locator(".filled b")
    option = offered(page, "night")
    assert option.locator("img").evaluate("picture => picture.decode().then(() => picture.naturalWidth)")
    page.keyboard.press("Enter")
    expect(slots).to_have_count(1)
    page.locator(".hottest button").first.click()
    expect(slots).to_have_count(2)
    expect(page.locator(".step")).to_have_count(2)  # one starts from one's own songs
    page.locator(".step").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".walk .sign").first).not_to_have_text("•")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=listener.pictures.add).press("Enter")
    expect(slots).to_have_count(3)
    export = "Track Name,Artist Name(s)\n" + "".join(
        f"Dance Song {n},Band {n}\n" for n in (22, 26, 34, 38, 46)
    )
    page.locator("input[type=file]").set_input_files(
        {"name": "list.csv", "mimeType": "text/csv", "buffer": export.encode()}
    )
    said(page, texts.paste["found"].format(known=5, total=5, taken=5))
    expect(slots).to_have_count(5)


def _put_in_order(page: Page, listener: Listener) -> None:
    texts, slots = listener.page, page.locator(".filled b")
    first, second = slots.all_inner_texts()[:2]
    page.get_by_role("button", name=texts.move_right.format(title=first), exact=True).click()
    expect(slots.first).to_have_text(second)
    page.get_by_role("button", name=texts.remove.format(title=second), exact=True).click()
    expect(slots).to_have_count(4)
    undo(page, texts)
    expect(slots).to_have_count(5)


def _judge(page: Page, listener: Listener, fake_api: FakeApi) -> None:
    texts, first = listener.page, rows(page).first
    expect(rows(page)).to_have_count(10)
    assert first.locator("img.q-cover").evaluate("picture => picture.naturalWidth")
    assert first.locator(".q-bar i").count() > 1
    first.locator("summary").click()
    expect(first.locator(".q-parts li").first).to_be_visible()
    title = titles(page)[0]
    first.get_by_role("radio").nth(4).click()
    said(page, texts.cards.said_stars.format(title=title, stars=5))
    assert fake_api.ratings[-1]["rating"] == 5
    first.locator(".act", has_text=texts.cards.words["less"]).click()
    said(page, texts.cards.said_less.format(title=title))
    expect(rows(page).first).not_to_contain_text(title)
    undo(page, texts)
    expect(rows(page).first).to_contain_text(title)
    first.locator(".act", has_text=texts.cards.words["more"]).click()
    first.locator(".choice").last.click()
    expect(page.locator(".filled b").last).to_have_text(title)
    undo(page, texts)


def _tune(page: Page, listener: Listener, fake_api: FakeApi) -> None:
    texts = listener.page.tools
    page.get_by_role("button", name=texts.words["tune"]).click()
    dial = page.get_by_role("slider").nth(1)
    dial.focus()
    page.keyboard.press("ArrowRight")
    expect(dial).to_have_attribute("aria-valuetext", texts.dials["diversity"][2])
    expect(page.locator(".count")).to_have_text("1")
    assert fake_api.asked[-1]["diversity"] == 0.25


def _look_at_the_pictures(page: Page, listener: Listener) -> None:
    expect(page.locator(".st-key-radar svg").first).to_be_visible()
    dot = page.locator(".st-key-map svg .mark-symbol path").nth(2)
    dot.scroll_into_view_if_needed()
    dot.hover(force=True)
    expect(page.locator("#vg-tooltip-element")).to_contain_text(listener.pictures.map_tooltip[0])


def _keep(page: Page, listener: Listener, open_page: OpenPage) -> None:
    page.get_by_role("button", name=listener.page.tools.words["keep"]).click()
    for kind in ("csv", "m3u8", "jspf"):
        with page.expect_download() as download:
            page.locator(f"[data-kind={kind}]").click()
        assert download.value.suggested_filename == f"quintet.{kind}"
    shown, address = titles(page), page.get_by_label(listener.page.tools.words["link"]).first.input_value()
    assert urlsplit(address).query == urlsplit(page.url).query
    assert set(params(page)) == {"seeds", "diversity", "lang"}
    again = open_page(address, listener)
    expect(rows(again)).to_have_count(10)
    assert titles(again) == shown
