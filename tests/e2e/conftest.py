"""A browser, the real page, and behind it the real API with a model of the demo catalogue, or a stand-in."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import requests
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from tests.e2e.listener import LISTENERS, Listener
from tests.fakes.api import FakeApi
from tests.fakes.catalogues import demo_artifact, register
from tests.fakes.model_registry import InMemoryRegistry
from tests.running_stack import free_port

import quintet.web
from quintet.main import create_app
from quintet.settings import ApiSettings
from quintet.web.texts import Texts

SCRIPT = Path(quintet.web.__file__).with_name("streamlit_app.py")
START_TIMEOUT_S = 60
EXPECT_TIMEOUT_MS = 45_000  # other tests may keep the machine busy: a first page then takes half a minute
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
CHROMIUM_ARGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

OpenPage = Callable[..., Page]


@contextmanager
def chromium() -> Iterator[Browser]:
    """The installed Chromium, or else Playwright's own."""
    expect.set_options(timeout=EXPECT_TIMEOUT_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield browser
        browser.close()


@contextmanager
def api_server(folder: Path) -> Iterator[str]:
    """The address of the API with a model of the demo catalogue; its files lie in `folder`."""
    registry = InMemoryRegistry(folder)
    register(registry, demo_artifact(folder / "made" / "model"))
    with served(registry, folder / "models") as url:
        yield url


@contextmanager
def served(registry: InMemoryRegistry, models_dir: Path) -> Iterator[str]:
    """The address of the API with the champion of a registry, wired as the environment says."""
    settings = ApiSettings(models_dir=models_dir, poll_interval_s=0.2)
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(create_app(settings, connect=lambda: registry), port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{port}"
    _await(f"{url}/health/ready")
    yield url
    server.should_exit = True
    thread.join(timeout=10)


@pytest.fixture(scope="session")
def one_fake_api() -> Iterator[FakeApi]:
    """The one stand-in behind the one page server: starting a server a test would take most of the time."""
    api = FakeApi()
    yield api
    api.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests; each opens pages of its own."""
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def real_api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the API with a model of the demo catalogue."""
    with api_server(tmp_path_factory.mktemp("real_api")) as url:
        yield url


@pytest.fixture
def fake_api(one_fake_api: FakeApi) -> FakeApi:
    """A stand-in that can be broken at will, whole again for every test."""
    one_fake_api.reset()
    return one_fake_api


@pytest.fixture(scope="session")
def real_page(real_api: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page in front of the real API."""
    with page_server(real_api, tmp_path_factory.mktemp("page")) as url:
        yield url


@pytest.fixture(scope="session")
def fake_page(one_fake_api: FakeApi, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page in front of the stand-in."""
    with page_server(one_fake_api.url, tmp_path_factory.mktemp("fake_page")) as url:
        yield url


@pytest.fixture(params=LISTENERS, ids=str)
def listener(request: pytest.FixtureRequest) -> Listener:
    """Both languages and both widths."""
    found: Listener = request.param
    return found


@pytest.fixture
def texts(listener: Listener) -> Texts:
    """What this listener reads."""
    return listener.page


@dataclass
class Visitors:
    """Opens pages as listeners, and notes what no page may do.

    One page of each look is kept for the tests to come: a cold one takes twice as long to draw.
    """

    browser: Browser
    kept: dict[tuple[Listener, str], Page] = field(default_factory=dict)
    opened: list[Page] = field(default_factory=list)
    allowed: tuple[str, ...] = ()
    errors: list[str] = field(default_factory=list)

    def open(
        self, url: str, who: Listener = LISTENERS[0], scheme: str = "light", strangers: tuple[str, ...] = ()
    ) -> Page:
        """Open a page as a listener with this language, width and theme."""
        self.allowed = strangers
        page = self.kept.get((who, scheme))
        if page is None:
            page = self.kept[who, scheme] = self._watched(self._context(who, scheme).new_page())
        elif page in self.opened:
            page = self._watched(page.context.new_page())
        self.opened.append(page)
        page.goto(url)
        return page

    def leave(self) -> None:
        """End the visits of a test; pages that are kept show nothing."""
        for page in self.opened:
            page.unroute_all()
            page.goto("about:blank") if page in self.kept.values() else page.close()
        self.opened.clear()
        found, self.errors = self.errors, []
        assert found == []

    def _context(self, who: Listener, scheme: str) -> BrowserContext:
        size = {"width": who.width, "height": 900}
        return self.browser.new_context(locale=who.locale, viewport=size, color_scheme=scheme)

    def _watched(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("dialog", lambda dialog: (self.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: self._note_stranger(request.url))
        return page

    def _note_stranger(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:", "blob:", "about:", *self.allowed)):
            self.errors.append(f"asked a stranger: {url}")


@pytest.fixture(scope="session")
def visitors(browser: Browser) -> Visitors:
    """The pages of all tests."""
    return Visitors(browser)


@pytest.fixture
def open_page(visitors: Visitors) -> Iterator[OpenPage]:
    """Open pages as a listener with this language, width and theme; none may fail or ask strangers."""
    yield visitors.open
    visitors.leave()


@contextmanager
def page_server(api_url: str, folder: Path, port: int | None = None, **env: str) -> Iterator[str]:
    """The address of the page, asking the API at `api_url`; its log lies in `folder`."""
    port = port or free_port()
    options = ["--server.port", str(port), "--server.address", "127.0.0.1"]
    with (folder / "page.log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", str(SCRIPT), *options],
            cwd=folder,
            env=os.environ | {"QUINTET_API_URL": api_url} | env,
            stdout=log,
            stderr=log,
        )
    try:
        _await(f"http://127.0.0.1:{port}/_stcore/health")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _await(url: str) -> None:
    deadline = time.monotonic() + START_TIMEOUT_S
    while time.monotonic() < deadline:
        try:
            if requests.get(url, timeout=1).ok:
                return
        except requests.RequestException:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{url} did not answer in {START_TIMEOUT_S} s")
