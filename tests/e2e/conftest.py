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
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests
import uvicorn
from playwright.sync_api import Browser, Page, expect, sync_playwright
from tests.fakes.api import FakeApi
from tests.fakes.catalogues import demo_artifact, register
from tests.fakes.model_registry import InMemoryRegistry
from tests.running_stack import free_port

import quintet.web
from quintet.main import create_app
from quintet.settings import ApiSettings

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


@dataclass
class Seen:
    """What a page did that no page may do."""

    errors: list[str]
    strangers: list[str]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[OpenPage]:
    """Open pages as a listener with this language, width and theme; none may fail or ask strangers."""
    seen = Seen([], [])

    def open_one(
        url: str,
        locale: str = "en-US",
        width: int = 1280,
        scheme: str = "light",
        strangers: tuple[str, ...] = (),
    ) -> Page:
        context = browser.new_context(
            locale=locale, viewport={"width": width, "height": 900}, color_scheme=scheme
        )
        page = context.new_page()
        page.on("pageerror", lambda error: seen.errors.append(str(error)))
        page.on("dialog", lambda dialog: (seen.errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("request", lambda request: _note_stranger(request.url, strangers, seen))
        page.goto(url)
        return page

    yield open_one
    for context in browser.contexts:
        context.close()
    assert seen == Seen([], [])


def _note_stranger(url: str, allowed: tuple[str, ...], seen: Seen) -> None:
    if not url.startswith(("http://127.0.0.1:", "data:", "blob:", *allowed)):
        seen.strangers.append(url)


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
