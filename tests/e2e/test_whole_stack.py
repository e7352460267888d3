"""Five songs in, ten out, on everything `quintet up` starts: in both languages, on a desk and on a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from tests.e2e.conftest import OpenPage
from tests.e2e.listener import EVERY_LISTENER, TYPED, Listener, pick, rows, scrolls_sideways
from tests.running_stack import RunningStack

from quintet.web.texts import KO

pytestmark = [pytest.mark.browser, pytest.mark.airflow, pytest.mark.timeout(600)]


@pytest.mark.parametrize("listener", EVERY_LISTENER, ids=str)
def test_five_songs_typed_give_ten_to_read(
    running_stack: RunningStack, open_page: OpenPage, listener: Listener
) -> None:
    texts = listener.page
    page = open_page(running_stack.url("UI_PORT"), listener)
    expect(page.get_by_role("heading", level=1)).to_have_text(texts.headline)
    titles = [pick(page, typed) for typed in TYPED]
    expect(page.get_by_text(texts.results_enough)).to_be_visible()
    expect(rows(page)).to_have_count(10)
    assert page.locator(".filled b").all_inner_texts() == titles
    assert page.locator(".q-rank").all_inner_texts() == [str(rank) for rank in range(1, 11)]
    scores = [int(score.removesuffix("%")) for score in page.locator(".q-match b").all_inner_texts()]
    assert scores == sorted(scores, reverse=True)
    reasons = page.locator(".q-why summary").all_inner_texts()
    assert len(reasons) == 10
    assert all("곡" in reason for reason in reasons) == (texts is KO)
    assert not set(page.locator(".q-song h3").all_inner_texts()) & set(titles)
    assert not scrolls_sideways(page)
