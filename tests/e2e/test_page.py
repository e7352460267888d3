"""The page as a listener meets it: real browser, page and API, and a model of the demo catalogue."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import TYPED, Listener, offered, search

from quintet.web.texts import EN, TEXTS, Texts

pytestmark = pytest.mark.browser

FIRST_PAINT_S = 1.0
PICK_AND_WAIT = """text => new Promise(done => {
    const find = selector => [...document.querySelectorAll("*")]
        .map(host => host.shadowRoot?.querySelector(selector)).find(found => found);
    const started = performance.now();
    const option = find("[role=option][aria-disabled=false]");
    option.dispatchEvent(new MouseEvent("mousedown", { cancelable: true }));
    const look = () => find(".q-results-head p")?.textContent === text
        ? requestAnimationFrame(() => done(performance.now() - started)) : requestAnimationFrame(look);
    look();
})"""


def test_the_list_is_there_within_a_second_of_the_fifth_song(real_page: str, open_page: OpenPage) -> None:
    page = open_page(real_page)
    page.locator(".starters button").first.click()
    took_s = [fifth_song_s(page, typed) for typed in TYPED[:3]]
    print("list after the fifth song:", ", ".join(f"{seconds:.2f} s" for seconds in took_s))  # noqa: T201
    assert (
        min(took_s) < FIRST_PAINT_S
    )  # other tests may keep the machine busy: once of three shows that it can


def fifth_song_s(page: Page, typed: str) -> float:
    """Take the fifth song out, choose another: how long until the list is painted, by the browser's clock?"""
    page.locator(".take").nth(4).click()
    expect(page.get_by_text(EN.results_more.format(count=4))).to_be_visible()
    expect(offered(page, typed)).to_be_visible()
    return float(page.evaluate(PICK_AND_WAIT, EN.results_enough)) / 1000


def test_the_keyboard_alone_is_enough(real_page: str, open_page: OpenPage, listener: Listener) -> None:
    page = open_page(real_page, listener)
    expect(offered(page, "love")).to_be_visible()
    options = page.get_by_role("option")
    for key, selected in [("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1)]:
        page.keyboard.press(key)
        expect(options.nth(selected)).to_have_attribute("aria-selected", "true")
    title = options.nth(1).locator("b").inner_text()
    page.keyboard.press("Escape")
    expect(options.first).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator(".filled b")).to_have_text([title])
    added = listener.page.tools.undo["said_added"].format(title=title)
    expect(page.locator(".bar p")).to_have_text(added)
    expect(search(page)).to_be_focused()
    expect(search(page)).to_have_value("")


def test_enter_before_the_search_answered_takes_the_first_song(
    real_page: str, open_page: OpenPage, listener: Listener
) -> None:
    page = open_page(real_page, listener)
    search(page).fill("summer")
    page.keyboard.press("Enter")
    expect(page.locator(".filled")).to_have_count(1)


def test_plain_letters_are_not_shortcuts_of_the_page(
    real_page: str, open_page: OpenPage, listener: Listener
) -> None:
    page = open_page(real_page, listener)
    search(page).press_sequentially("crc", delay=30)
    expect(search(page)).to_have_value("crc")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_starter_set_fills_the_slots_and_its_address_gives_the_same_page(
    real_page: str, open_page: OpenPage, listener: Listener
) -> None:
    page = open_page(real_page, listener)
    page.locator(".starters button").first.click()
    expect(page.locator(".q-row:not(.q-ghost)")).to_have_count(10)
    shown = page.locator(".q-song h3").all_inner_texts()
    again = open_page(page.url, listener)
    expect(again.locator(".q-row:not(.q-ghost)")).to_have_count(10)
    assert again.locator(".q-song h3").all_inner_texts() == shown


def test_songs_are_removed_one_by_one_and_all_together(
    real_page: str, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    page = open_page(real_page, listener)
    page.locator(".starters button").first.click()
    expect(page.locator(".filled")).to_have_count(5)
    expect(search(page)).to_have_attribute("readonly", "")
    page.locator(".take").nth(4).click()
    expect(page.locator(".filled")).to_have_count(4)
    expect(page.locator(".take").nth(3)).to_be_focused()
    expect(page.get_by_text(texts.results_more.format(count=4))).to_be_visible()
    page.get_by_role("button", name=texts.clear).click()
    expect(page.locator(".filled")).to_have_count(0)
    expect(page.locator(".starters button").first).to_be_visible()
    expect(page.locator(".q-row")).to_have_count(0)


def test_the_switch_of_language_keeps_the_songs(
    real_page: str, open_page: OpenPage, listener: Listener, texts: Texts
) -> None:
    page = open_page(real_page, listener)
    page.locator(".starters button").first.click()
    expect(page.locator(".filled")).to_have_count(5)
    other = TEXTS["en" if texts.language == "ko" else "ko"]
    page.get_by_role("button", name=texts.other_language).click()
    expect(page.get_by_role("heading", name=other.results_title)).to_be_visible()
    expect(page.locator(".filled")).to_have_count(5)
    assert f"lang={other.language}" in page.url
    assert page.evaluate("document.documentElement.lang") == other.language


def test_a_reason_opens_into_what_adds_up(real_page: str, open_page: OpenPage, listener: Listener) -> None:
    page = open_page(real_page, listener)
    page.locator(".starters button").first.click()
    reason = page.locator(".q-why summary").first
    reason.focus()
    page.keyboard.press("Enter")
    parts = page.locator(".q-why").first.locator(".q-part-value")
    expect(parts.first).to_be_visible()
    score = int(page.locator(".q-match b").first.inner_text().removesuffix("%"))
    assert sum(
        int(value.replace("\N{MINUS SIGN}", "-")) for value in parts.all_inner_texts()
    ) == pytest.approx(score, abs=4)


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_theme_follows_the_browser(
    real_page: str, open_page: OpenPage, listener: Listener, scheme: str, dark: bool
) -> None:
    page = open_page(real_page, listener, scheme=scheme)
    expect(search(page)).to_be_visible()
    colour = search(page).evaluate("element => getComputedStyle(element).color")
    assert (sum(map(int, re.findall(r"\d+", colour)[:3])) > 3 * 128) == dark
