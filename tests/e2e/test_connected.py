"""A listener connects Spotify, starts from what they played, saves a list, leaves; with stand-in accounts.

The page, the API with live search, and a browser are real.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Browser, Page, expect
from tests.e2e.axe import faults
from tests.e2e.conftest import page_server, served
from tests.e2e.listener import Listener, scrolls_sideways
from tests.fakes.catalogues import register, world_artifact
from tests.fakes.model_registry import InMemoryRegistry
from tests.fakes.outside import Outside, running_outside
from tests.running_stack import free_port

from quintet.fakes.world import World
from quintet.web.texts.connected import ConnectedTexts

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Place:
    """Where everything is."""

    page_url: str
    outside: Outside
    log: Path


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder, port, world = tmp_path_factory.mktemp("connected"), free_port(), World(400, date(2026, 11, 20))
    registry = InMemoryRegistry(folder / "registry")
    register(registry, world_artifact(folder / "made" / "model", world.tracks[::2]))  # the rest is outside
    with running_outside(world) as outside, pytest.MonkeyPatch.context() as patch:
        env = outside.environment | {"SPOTIPY_REDIRECT_URI": f"http://127.0.0.1:{port}/"}
        for name, value in env.items():
            patch.setenv(name, value)
        with served(registry, folder / "models") as api, page_server(api, folder, port, **env) as url:
            yield Place(url, outside, folder / "page.log")


@pytest.fixture
def texts(listener: Listener) -> ConnectedTexts:
    """What this listener reads of Spotify."""
    return listener.connected


@pytest.fixture
def page(browser: Browser, place: Place, listener: Listener) -> Iterator[Page]:
    place.outside.control(reset=True, regime="dev_2026")
    size, scheme = {"width": listener.width, "height": 900}, "light" if listener.width > 640 else "dark"
    context = browser.new_context(locale=listener.locale, viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
    context.route("https://i.scdn.co/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(place.page_url, timeout=90_000)  # other tests may keep the machine busy
    yield page
    assert not scrolls_sideways(page)
    context.close()


def connect(page: Page, texts: ConnectedTexts) -> None:
    page.get_by_role("link", name=texts.connect).click()
    expect(page.get_by_text(texts.title)).to_be_visible()


def test_a_listener_starts_from_what_they_just_played_saves_the_list_and_leaves(
    page: Page, place: Place, browser: Browser, listener: Listener, texts: ConnectedTexts
) -> None:
    connect(page, texts)
    assert not re.search("code=|state=|BQfake|AQfake", page.url)
    assert faults(page) == [], "a connected listener"
    page.get_by_role("button", name=texts.recent).click()
    expect(page.locator(".filled b")).to_have_count(5)
    played = {track.name for track in place.outside.world.taste_of("listener-1")[:50]}
    assert set(page.locator(".filled b").all_inner_texts()) <= played

    page.get_by_role("button", name=texts.save).click()
    link = page.locator('a[href*="open.spotify.com/playlist"]')
    expect(link).to_be_visible()
    assert len([call for call in place.outside.asked if call.startswith("POST /spotify/v1/playlists")]) == 1

    assert faults(page) == [], "a saved list"

    other = browser.new_context(locale=listener.locale)
    stranger = other.new_page()
    stranger.goto(place.page_url)
    expect(stranger.get_by_role("link", name=texts.connect)).to_be_visible()
    other.close()

    page.get_by_role("button", name=texts.disconnect).click()
    expect(page.get_by_role("link", name=texts.connect)).to_be_visible()
    assert not re.search("BQfake|AQfake", page.content() + place.log.read_text())


def test_a_link_that_would_connect_somebody_elses_account_connects_nobody(
    page: Page, listener: Listener, texts: ConnectedTexts
) -> None:
    address = page.get_by_role("link", name=texts.connect).get_attribute("href")
    assert address is not None
    back = requests.get(address, allow_redirects=False, timeout=10).headers["location"]
    victim = page.context.browser.new_context(locale=listener.locale)  # type: ignore[union-attr]
    other = victim.new_page()
    other.goto(back)
    expect(other.get_by_text(texts.ended)).to_be_visible()
    expect(other.get_by_role("link", name=texts.connect)).to_be_visible()
    assert "code=" not in other.url
    victim.close()


def test_a_listener_who_is_not_on_the_apps_list_is_told_so(
    page: Page, place: Place, texts: ConnectedTexts
) -> None:
    place.outside.control(regime="not_allowlisted")
    page.get_by_role("link", name=texts.connect).click()
    expect(page.get_by_text(texts.refused)).to_be_visible()
