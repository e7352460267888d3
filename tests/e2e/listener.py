"""What a listener does on the page: type, pick."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

# Titles of the demo catalogue, as somebody would start typing them.
TYPED = ("love", "night", "rain", "home", "summer")


def search(page: Page) -> Locator:
    """The search box, once it is there."""
    return page.get_by_role("combobox")


def pick(page: Page, typed: str) -> str:
    """Type, take the first song offered, and return its title."""
    search(page).press_sequentially(typed, delay=30)
    option = page.get_by_role("option").and_(page.locator("[aria-disabled=false]")).first
    title = option.locator("b").inner_text()
    option.click()
    expect(page.locator(".filled b").get_by_text(title, exact=True).first).to_be_visible()
    return title
