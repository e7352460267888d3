"""The chart, the radar and the map, in a real browser: seen, clicked, walked by keyboard, songs taken."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import Listener
from tests.fakes.api import FakeApi

pytestmark = pytest.mark.browser


def test_songs_are_taken_from_the_chart_and_from_the_map(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener
) -> None:
    page, texts = open_page(fake_page, listener), listener.pictures
    page.locator(".hottest button").nth(1).click()
    expect(page.locator(".filled")).to_have_count(1)
    page.locator(".hottest button").nth(3).click()
    expect(page.get_by_text(texts.chart_missing.format(title="From Far Away"))).to_be_visible()
    expect(page.locator(".filled")).to_have_count(1)
    _dots(page).nth(40).dispatch_event("click")
    page.get_by_role("button", name=texts.add).click()
    expect(page.locator(".filled")).to_have_count(2)


def test_the_map_is_walked_by_keyboard_to_a_song_to_hear_or_to_add(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener
) -> None:
    address = "https://open.spotify.com/track/x"
    for track in fake_api.tracks.values():
        track |= {"is_invented": False, "spotify_url": address}
    fake_api.is_invented = False
    page, texts = open_page(f"{fake_page}?seeds=id0001", listener), listener.pictures
    steps = page.locator(".step")
    expect(steps).to_have_count(1)  # one starts from one's own song
    expect(page.locator(".walk h3")).to_have_text(texts.walk_start)
    own = steps.first.locator("b").inner_text()
    steps.first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(texts.chosen)).to_be_visible()
    expect(page.locator(".walk h3")).to_have_text(texts.walk_on.format(title=own))  # new steps
    expect(steps.first).to_be_focused()
    title = steps.first.locator("b").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator(".walk h3")).to_have_text(texts.walk_on.format(title=title))
    expect(page.get_by_role("status").filter(has_text=title).first).to_be_visible()
    expect(page.locator(".step:focus")).to_have_count(1)
    expect(page.get_by_role("link", name=texts.listen)).to_have_attribute("href", address)
    _back_to(page, texts.add)
    page.keyboard.press("Enter")
    expect(page.locator(".filled b").nth(1)).to_have_text(title)


def test_a_title_that_looks_like_markup_stays_text_on_the_map(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener
) -> None:
    fake_api.version = f"33 {listener}"  # the map of a version is kept
    fake_api.tracks = {"id0003": fake_api.tracks["id0003"]}  # its title is a script
    page = open_page(fake_page, listener)
    dot = _dots(page).first
    dot.scroll_into_view_if_needed()
    dot.hover(force=True)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("<script>")


def test_the_radar_follows_the_theme_and_can_be_read(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, listener: Listener
) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = open_page(fake_page + "?seeds=id0001", listener, scheme=scheme)
        label = page.locator(".st-key-radar svg text").first
        expect(label).to_be_visible()
        colours.append(label.evaluate("element => getComputedStyle(element).fill"))
    assert colours[0] != colours[1]
    page.locator(".st-key-radar summary").click()
    expect(page.locator(".st-key-radar th").first).to_have_text(listener.pictures.radar_columns[0])


def _back_to(page: Page, button: str) -> None:
    """Go back by the keyboard alone, a few steps at the most."""
    for _ in range(12):
        if page.evaluate("document.activeElement.innerText") == button:
            return
        page.keyboard.press("Shift+Tab")
    pytest.fail(f"no way back to {button!r}")


def _dots(page: Page) -> Locator:
    dots = page.locator(".st-key-map svg .mark-symbol path")
    expect(dots.first).to_be_attached()
    return dots
