"""The offer to connect Spotify, without a browser: shown where there is an app, careful with answers."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from tests.unit.web.test_streamlit_app import html_of

from quintet.web.texts.connected import EN, KO


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPOTIPY_CLIENT_ID", "an-id")
    monkeypatch.setenv("SPOTIPY_REDIRECT_URI", "http://127.0.0.1:8501/")


def test_without_an_app_nothing_is_offered(page: AppTest) -> None:
    assert EN.connect not in html_of(page.run())


@pytest.mark.usefixtures("app")
def test_with_an_app_a_link_leads_to_spotify_with_a_challenge_and_no_secret(page: AppTest) -> None:
    html = html_of(page.run())
    assert EN.connect in html
    assert "code_challenge_method=S256" in html
    assert "accounts.spotify.com/authorize" in html
    again = html_of(page.run())
    assert html[html.index("state=") :][:40] == again[again.index("state=") :][:40]  # one departure a visit


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("answer", [{"code": "stolen"}, {"error": "access_denied"}])
def test_an_answer_nobody_waits_for_connects_nobody_and_leaves_the_address(
    page: AppTest, answer: dict[str, str]
) -> None:
    for name, value in {"state": "invented", **answer}.items():
        page.query_params[name] = value
    page.run()
    assert [note.value for note in page.info] == [EN.ended]
    assert not {"code", "state", "error"} & set(page.query_params)
    assert EN.connect in html_of(page)


@pytest.mark.usefixtures("app")
def test_it_speaks_korean(page: AppTest) -> None:
    page.query_params["lang"] = "ko"
    assert KO.connect in html_of(page.run())


def test_both_languages_say_the_same_things_with_the_same_blanks() -> None:
    for name, english in vars(EN).items():
        assert ("{" in english) == ("{" in vars(KO)[name])
        assert english != vars(KO)[name]
