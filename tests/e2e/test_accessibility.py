"""The axe checker on every view: both languages, both themes, desktop and phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from tests.e2e.conftest import OpenPage
from tests.fakes.api import FakeApi

pytestmark = pytest.mark.browser

LIST = "?seeds=id0001,id0003,id0004,id0005,id0012"
GRAVE = {"serious", "critical"}
# Pairs that show every language, theme and width on every view: a fault of one is a fault of its pairs.
LOOKS = [("en-US", "light", 1280), ("ko-KR", "dark", 390), ("en-US", "dark", 1280), ("ko-KR", "light", 390)]


def faults(page: Page) -> list[str]:
    """What axe finds grave, one line an element."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{fault['id']}: {node['target']} {node['html'][:160]}"
        for fault in found
        if fault["impact"] in GRAVE
        for node in fault["nodes"]
    ]


@pytest.mark.parametrize(("locale", "scheme", "width"), LOOKS)
def test_no_view_has_a_grave_fault(
    fake_page: str, fake_api: FakeApi, open_page: OpenPage, locale: str, scheme: str, width: int
) -> None:
    fake_api.tracks = {
        track_id: track | {"spotify_url": "https://open.spotify.com/track/x"}
        for track_id, track in fake_api.tracks.items()
    }
    page = open_page(fake_page, locale=locale, width=width, scheme=scheme)
    expect(page.locator(".st-key-map svg").first).to_be_visible()
    assert faults(page) == [], "the empty page"
    page.goto(fake_page + LIST)
    expect(page.locator(".st-key-radar svg").first).to_be_visible()
    expect(page.locator(".st-key-map svg").first).to_be_visible()
    assert faults(page) == [], "a list"
    page.locator("button[aria-expanded=false]").first.click()
    assert faults(page) == [], "the drawer"
    page.locator(".st-key-about a").click()
    expect(page.locator(".q-operator section").first).to_be_visible()
    assert faults(page) == [], "the operator's page"
