"""Makes the pictures of docs/images anew: `make screenshots`. Invented songs only; no test.

The list is that of a page of its own. The operator's page is taken where the address of a running page is
given: it has something to say only where models were trained and a crawl went through.
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
    page.goto(page.url)  # the same list, without the offer to take the last step back
    page.locator(".st-key-radar svg").first.wait_for()


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


def shoot_all(url: str, kinds: dict[str, tuple[int, int, float]]) -> None:
    """Save pictures in both languages: kinds by width and height in px and sharpness."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for language, locale, scheme in (("en", "en-US", "light"), ("ko", "ko-KR", "dark")):
            for kind, (width, height, scale) in kinds.items():
                shoot(browser, url, Look(language, locale, scheme, width, height, scale), kind)


def main() -> None:
    """Take the list, and the operator's page of the address that is given."""
    with page_of_its_own() as url:
        shoot_all(url, {"": (1280, 1180, 1.0), "-phone": (390, 844, 1.5)})
    if addresses := sys.argv[1:]:
        shoot_all(addresses[0], {"-operator": (1000, 1500, 1.0)})


if __name__ == "__main__":
    main()
