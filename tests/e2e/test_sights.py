"""The chart and the map, in a real browser: seen, clicked, and songs taken from them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.e2e.conftest import OpenPage
from tests.fakes.api import FakeApi

from quintet.web.texts.pictures import PICTURE_TEXTS

pytestmark = pytest.mark.browser
EN = PICTURE_TEXTS["en"]


def test_songs_are_taken_from_the_chart_and_from_the_map(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage
) -> None:
    page = open_page(fake_page)
    page.locator(".hottest button").nth(1).click()
    expect(page.locator(".filled")).to_have_count(1)
    page.locator(".hottest button").nth(3).click()
    expect(page.get_by_text(EN.chart_missing.format(title="From Far Away"))).to_be_visible()
    expect(page.locator(".filled")).to_have_count(1)
    _dots(page).nth(40).dispatch_event("click")
    page.get_by_role("button", name=EN.add).click()
    expect(page.locator(".filled")).to_have_count(2)


def test_a_title_that_looks_like_markup_stays_text_on_the_map(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage
) -> None:
    fake_api.version = "33"  # the map of a version is kept
    fake_api.tracks = {"id0003": fake_api.tracks["id0003"]}  # its title is a script
    page = open_page(fake_page)
    dot = _dots(page).first
    dot.scroll_into_view_if_needed()
    dot.hover(force=True)
    expect(page.locator("#vg-tooltip-element")).to_contain_text("<script>")


def test_the_radar_follows_the_theme(fake_page: str, fake_api: FakeApi, open_page: OpenPage) -> None:
    colours = []
    for scheme in ("light", "dark"):
        page = open_page(fake_page + "?seeds=id0001", scheme=scheme)
        label = page.locator(".st-key-radar svg text").first
        expect(label).to_be_visible()
        colours.append(label.evaluate("element => getComputedStyle(element).fill"))
    assert colours[0] != colours[1]


def _dots(page: Page) -> Locator:
    dots = page.locator(".st-key-map svg .mark-symbol path")
    expect(dots.first).to_be_attached()
    return dots
