"""Makes the pictures of docs/images anew: `make screenshots`. Invented songs only; no test.

Given the address of a running page it takes that, for instance one with a crawl behind it; else it starts
one of its own.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page
from tests.e2e.conftest import api_server, chromium, page_server

IMAGES = Path(__file__).parents[2] / "docs" / "images"
PATIENCE_MS = 120_000


@dataclass(frozen=True)
class Look:
    """How a visitor sees the page: language, theme, size in px, sharpness."""

    language: str
    locale: str
    scheme: str
    width: int
    height: int
    scale: float = 1.0


def shoot(browser: Browser, url: str, look: Look, kind: str) -> None:
    """Save one picture: of the list, of the operator's page (`-operator`), or on a phone (`-phone`)."""
    size = {"width": look.width, "height": look.height}
    context = browser.new_context(
        locale=look.locale, color_scheme=look.scheme, viewport=size, device_scale_factor=look.scale
    )
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(url)
    _see_the_operators_page(page) if kind == "-operator" else _see_a_list(page)
    page.mouse.move(0, 0)
    page.wait_for_timeout(1500)  # covers and fonts settle
    page.screenshot(path=IMAGES / f"page-{look.language}{kind}.png")
    context.close()


def _see_a_list(page: Page) -> None:
    page.locator(".starters button").first.click()
    page.locator(".st-key-radar svg").first.wait_for()
    page.locator(".st-key-map svg").first.wait_for()


def _see_the_operators_page(page: Page) -> None:
    page.locator(".st-key-about a").click()
    page.locator(".q-operator section").first.wait_for()


@contextmanager
def page_of_its_own() -> Iterator[str]:
    """The address of a page in front of the real API, with a model of the demo catalogue."""
    with (
        tempfile.TemporaryDirectory() as folder,
        api_server(Path(folder)) as api_url,
        page_server(api_url, Path(folder)) as url,
    ):
        yield url


def shoot_all(url: str) -> None:
    """Save every picture."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for language, locale, scheme in (("en", "en-US", "light"), ("ko", "ko-KR", "dark")):
            desk = Look(language, locale, scheme, 1280, 1180)
            shoot(browser, url, desk, "")
            shoot(browser, url, Look(language, locale, scheme, 1000, 1500), "-operator")
            shoot(browser, url, Look(language, locale, scheme, 390, 844, 1.5), "-phone")


def main() -> None:
    """Take the page whose address is given, or one of its own."""
    if addresses := sys.argv[1:]:
        shoot_all(addresses[0])
        return
    with page_of_its_own() as url:
        shoot_all(url)


if __name__ == "__main__":
    main()
