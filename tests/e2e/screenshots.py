"""Makes the pictures of docs/images anew: `python -m tests.e2e.screenshots`. Invented songs only; no test."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Browser
from tests.e2e.conftest import api_server, chromium, page_server

IMAGES = Path(__file__).parents[2] / "docs" / "images"


def shoot(browser: Browser, url: str, name: str, locale: str, scheme: str) -> None:
    """Save the page with a list, one reason of it opened."""
    context = browser.new_context(
        locale=locale, color_scheme=scheme, viewport={"width": 1120, "height": 1240}
    )
    page = context.new_page()
    page.goto(url)
    page.locator(".starters button").first.click()
    page.locator(".q-row:not(.q-ghost)").nth(9).wait_for()
    page.locator(".q-why summary").first.click()
    page.mouse.move(0, 0)
    page.wait_for_timeout(800)  # covers and fonts settle
    page.screenshot(path=IMAGES / name)
    context.close()


def main() -> None:
    """Save both pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        api_server(Path(folder)) as api_url,
        page_server(api_url, Path(folder)) as url,
        chromium() as browser,
    ):
        shoot(browser, url, "page-en.png", "en-US", "light")
        shoot(browser, url, "page-ko.png", "ko-KR", "dark")


if __name__ == "__main__":
    main()
