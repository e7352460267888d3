"""A stand-in for the API, a client of it, and a page to run against it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from tests.fakes.api import FakeApi

import quintet.web.streamlit_app
from quintet.settings import PageSettings
from quintet.web.api_client import ApiClient


@pytest.fixture
def fake_api() -> Iterator[FakeApi]:
    """A running stand-in."""
    api = FakeApi()
    yield api
    api.stop()


@pytest.fixture
def client(fake_api: FakeApi) -> ApiClient:
    """A client of the stand-in."""
    return ApiClient(PageSettings(api_url=fake_api.url, timeout_s=2.0))


@pytest.fixture
def page(fake_api: FakeApi, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """The page, not yet run, against the stand-in."""
    monkeypatch.setenv("QUINTET_API_URL", fake_api.url)
    st.cache_resource.clear()
    st.cache_data.clear()
    return AppTest.from_file(Path(quintet.web.streamlit_app.__file__), default_timeout=20)
