"""Who visits the page, in which language and how wide, and what a listener does: type, pick, take back."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from quintet.web.state import Language
from quintet.web.texts import TEXTS, Texts
from quintet.web.texts.connected import CONNECTED_TEXTS, ConnectedTexts
from quintet.web.texts.operator import OPERATOR_TEXTS, OperatorTexts
from quintet.web.texts.pictures import PICTURE_TEXTS, PictureTexts

# Titles of the demo catalogue, as somebody would start typing them.
TYPED = ("love", "night", "rain", "home", "summer")


@dataclass(frozen=True)
class Listener:
    """A language and a width in px, and what is read there."""

    locale: str = "en-US"
    width: int = 1280

    def __str__(self) -> str:
        return f"{self.language}-{self.width}"

    @property
    def language(self) -> Language:
        return "ko" if self.locale.startswith("ko") else "en"

    @property
    def page(self) -> Texts:
        return TEXTS[self.language]

    @property
    def pictures(self) -> PictureTexts:
        return PICTURE_TEXTS[self.language]

    @property
    def connected(self) -> ConnectedTexts:
        return CONNECTED_TEXTS[self.language]

    @property
    def operator(self) -> OperatorTexts:
        return OPERATOR_TEXTS[self.language]


# Every test that asks for a listener meets both languages and both widths; a journey meets all four pairs.
LISTENERS = (Listener("en-US", 1280), Listener("ko-KR", 390))
EVERY_LISTENER = (*LISTENERS, Listener("en-US", 390), Listener("ko-KR", 1280))


def search(page: Page) -> Locator:
    """The search box, once it is there."""
    return page.get_by_role("combobox")


def offered(page: Page, typed: str) -> Locator:
    """Type, and return the first song that can be taken, once all was heard that was typed."""
    search(page).press_sequentially(typed, delay=30)
    expect(page.locator(".search:not(.busy)")).to_be_visible()
    return page.get_by_role("option").and_(page.locator("[aria-disabled=false]")).first


def pick(page: Page, typed: str) -> str:
    """Type, take the first song offered, and return its title."""
    option = offered(page, typed)
    title = option.locator("b").inner_text()
    option.click()
    expect(page.locator(".filled b").get_by_text(title, exact=True).first).to_be_visible()
    return title


def rows(page: Page) -> Locator:
    """The songs of the list."""
    return page.locator(".q-row:not(.q-ghost)")


def titles(page: Page) -> list[str]:
    """Their titles, best first."""
    return page.locator(".q-song h3").all_inner_texts()


def params(page: Page) -> dict[str, str]:
    """What the page's address says."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def said(page: Page, text: str) -> None:
    """Wait until the bar at the foot says so."""
    expect(page.locator(".bar p")).to_have_text(text)


def undo(page: Page, texts: Texts) -> None:
    """Take the last step back."""
    page.locator(".bar .back").click()
    said(page, texts.tools.undo["undone"])


def scrolls_sideways(page: Page) -> bool:
    """Tell whether anything reaches over the side."""
    script = """() => [document.scrollingElement, document.querySelector('[data-testid=stMain]')]
        .some(element => element.scrollWidth > element.clientWidth)"""
    return bool(page.evaluate(script))
