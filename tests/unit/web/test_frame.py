"""Header and footer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from quintet.web.frame import ago, footer_html
from quintet.web.texts import EN, KO, Texts
from quintet.web.tracks import ModelInfo

NOW = datetime(2026, 5, 6, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("age", "texts", "words"),
    [
        (timedelta(seconds=-30), EN, "just now"),
        (timedelta(seconds=59), EN, "just now"),
        (timedelta(minutes=59, seconds=59), EN, "59 min ago"),
        (timedelta(hours=47), EN, "47 h ago"),
        (timedelta(days=2), EN, "2 days ago"),
        (timedelta(hours=3), KO, "3시간 전"),
    ],
)
def test_an_age_reads_in_words(age: timedelta, texts: Texts, words: str) -> None:
    assert ago(age, texts) == words


def test_the_footer_tells_version_age_and_size() -> None:
    model = ModelInfo(version="12", trained_at=NOW - timedelta(hours=5), catalogue_size=28_356)
    html = footer_html(model, NOW, EN)
    assert all(part in html for part in ("Model 12", "trained 5 h ago", "28,356 songs"))


def test_a_footer_without_age_or_size_is_whole() -> None:
    assert "Model &lt;b&gt;" in footer_html(ModelInfo(version="<b>"), NOW, EN)
