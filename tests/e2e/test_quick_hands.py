"""Whoever is faster than the page loses nothing: each thing done is done, once and in order."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.e2e.conftest import OpenPage, page_server
from tests.e2e.listener import params, rows, said, search, titles, undo
from tests.fakes.api import FakeApi
from tests.running_stack import free_port

from quintet.web.texts import EN

pytestmark = pytest.mark.browser

RETURN_S = 60.0  # until a browser has found a server that was started anew
FIVE = "id0001,id0003,id0004,id0005,id0012"
SECOND = ".act:has(+ .dots)"  # of a card: "not this"
PRESS = """async ([selector, count, gap_ms]) => {
    const parts = [...document.querySelectorAll("*")].map(host => host.shadowRoot).filter(part => part);
    const all = parts.flatMap(part => [...part.querySelectorAll(selector)]);
    for (const button of all.slice(0, count)) {
        button.click();
        if (gap_ms) await new Promise(go_on => setTimeout(go_on, gap_ms));
    }
}"""


@pytest.fixture(params=[0, 150], ids="{} ms".format)
def gap_ms(request: pytest.FixtureRequest) -> int:
    """Between two presses: none at all, and a quick hand's."""
    found: int = request.param
    return found


@pytest.fixture
def page(fake_page: str, fake_api: FakeApi, open_page: OpenPage) -> Page:
    """The list of five songs, from an API that takes its time."""
    page = open_page(f"{fake_page}?seeds={FIVE}")
    expect(rows(page)).to_have_count(10)
    fake_api.delay_s = 0.1
    return page


def test_songs_that_are_turned_down_at_once_are_all_gone_and_come_back_one_by_one(
    page: Page, fake_api: FakeApi, gap_ms: int
) -> None:
    before = titles(page)
    page.evaluate(PRESS, [SECOND, 3, gap_ms])
    said(page, EN.cards.said_less.format(title=before[2]))
    expect(rows(page).first).to_contain_text(before[3])
    assert len(params(page)["disliked"].split(",")) == len(fake_api.asked[-1]["disliked_ids"]) == 3
    for left in (2, 1, 0):
        undo(page, EN)
        expect(rows(page).first).to_contain_text(before[left])
    assert "disliked" not in params(page)


def test_stars_given_at_once_are_all_kept(page: Page, fake_api: FakeApi, gap_ms: int) -> None:
    page.evaluate(PRESS, [".star:nth-child(4)", 3, gap_ms])
    expect(page.locator(".star[aria-checked=true]")).to_have_count(3)
    expect(page.locator(".bar .left")).to_have_text(EN.tools.undo["left"].format(n=2))
    assert [(rating["rating"], rating["request_id"]) for rating in fake_api.ratings] == [(4, "r1")] * 3
    assert len({rating["track_id"] for rating in fake_api.ratings}) == 3


def test_songs_taken_out_at_once_are_all_out(page: Page, gap_ms: int) -> None:
    page.evaluate(PRESS, [".take", 2, gap_ms])
    expect(page.locator(".filled")).to_have_count(3)
    assert params(page)["seeds"].split(",") == FIVE.split(",")[2:]


def test_steps_taken_back_at_once_are_all_back(page: Page, gap_ms: int) -> None:
    before = titles(page)
    page.evaluate(PRESS, [SECOND, 3, 0])
    said(page, EN.cards.said_less.format(title=before[2]))
    for _ in range(3):
        page.keyboard.press("Control+z")
        page.wait_for_timeout(gap_ms)
    expect(rows(page).first).to_contain_text(before[0])
    expect(page.locator(".bar .back")).to_have_count(0)
    assert titles(page) == before


def test_a_song_is_picked_while_another_list_is_still_being_made(page: Page) -> None:
    page.evaluate(PRESS, [".take", 2, 0])
    search(page).fill("night")
    page.keyboard.press("Enter")
    expect(page.locator(".filled")).to_have_count(4)


def test_the_browsers_own_buttons_lead_back_and_on_again(page: Page) -> None:
    before = titles(page)
    page.evaluate(PRESS, [SECOND, 1, 0])
    expect(rows(page).first).to_contain_text(before[1])
    page.go_back()
    expect(rows(page).first).to_contain_text(before[0])
    assert "disliked" not in params(page)
    page.go_forward()
    expect(rows(page).first).to_contain_text(before[1])
    page.evaluate(PRESS, [".take", 1, 0])
    expect(page.locator(".filled")).to_have_count(4)
    assert len(params(page)["disliked"].split(",")) == 1


def test_a_page_that_outlives_its_server_does_nothing_twice(
    one_fake_api: FakeApi, fake_api: FakeApi, open_page: OpenPage, tmp_path: Path
) -> None:
    port = free_port()
    with page_server(one_fake_api.url, tmp_path, port) as url:
        page = open_page(f"{url}?seeds={FIVE}")
        expect(rows(page)).to_have_count(10)
        page.locator(".clear").click()
        expect(page.locator(".filled")).to_have_count(0)
        search(page).fill("night")
        page.keyboard.press("Enter")
        expect(page.locator(".filled")).to_have_count(1)
    with page_server(one_fake_api.url, tmp_path, port):
        deadline = time.monotonic() + RETURN_S
        while page.locator(".bar p").inner_text() != EN.tools.said_another and time.monotonic() < deadline:
            page.get_by_role("button", name=EN.tools.words["another"]).click()
            page.wait_for_timeout(1000)
        said(page, EN.tools.said_another)
        expect(page.locator(".filled")).to_have_count(1)
        page.locator(".clear").click()
        expect(page.locator(".filled")).to_have_count(0)
