"""What surrounds the list, as HTML: header, calm notes, footer. Whatever the API says is escaped here."""

from __future__ import annotations

from datetime import datetime, timedelta
from html import escape

from quintet.web.texts import Texts
from quintet.web.tracks import ModelInfo

# Five bars, the middle one tallest: five voices.
_MARK = "".join(f'<i style="height:{height}px"></i>' for height in (10, 18, 26, 16, 12))


def header_html(texts: Texts, *, compact: bool) -> str:
    """Show name, promise and what to do; compact once the listener knows."""
    return (
        f'<header class="q-header{" q-compact" if compact else ""}" lang="{texts.language}">'
        f'<p class="q-brand"><span class="q-mark" aria-hidden="true">{_MARK}</span>Quintet</p>'
        f"<h1>{escape(texts.headline)}</h1><p>{escape(texts.lead)}</p></header>"
    )


def page_header_html(title: str, lead: str, texts: Texts) -> str:
    """Show the name and what another page than the first is about."""
    return (
        f'<header class="q-header" lang="{texts.language}">'
        f'<p class="q-brand"><span class="q-mark" aria-hidden="true">{_MARK}</span>Quintet</p>'
        f"<h1>{escape(title)}</h1><p>{escape(lead)}</p></header>"
    )


def note_html(text: str, texts: Texts) -> str:
    """Say one thing in one calm line."""
    return f'<p class="q-note" role="status" lang="{texts.language}">{escape(text)}</p>'


def waiting_html(title: str, text: str, texts: Texts) -> str:
    """Say what is wrong, that nothing is lost, and that the page goes on by itself."""
    return (
        f'<div class="q-waiting" role="status" lang="{texts.language}">'
        f'<span class="q-mark q-playing" aria-hidden="true">{_MARK}</span>'
        f"<h2>{escape(title)}</h2><p>{escape(text)}</p></div>"
    )


def footer_html(model: ModelInfo, now: datetime, texts: Texts) -> str:
    """Tell which model answers, how old it is, and how many songs it knows."""
    parts = [escape(texts.footer_model.format(version=model.version))]
    if model.trained_at is not None:
        trained = texts.footer_trained.format(ago=ago(now - model.trained_at, texts))
        parts.append(f'<time datetime="{model.trained_at.isoformat()}">{escape(trained)}</time>')
    if model.catalogue_size is not None:
        parts.append(escape(texts.footer_songs.format(count=f"{model.catalogue_size:,}")))
    return f'<footer class="q-footer" lang="{texts.language}"><p>{" · ".join(parts)}</p></footer>'


def ago(age: timedelta, texts: Texts) -> str:
    """Put an age in words, rounded down; clocks that disagree a little make no negative age."""
    just_now, minutes, hours, days = texts.ago
    if age < timedelta(minutes=1):
        return just_now
    if age < timedelta(hours=1):
        return minutes.format(n=age // timedelta(minutes=1))
    if age < timedelta(days=2):
        return hours.format(n=age // timedelta(hours=1))
    return days.format(n=age // timedelta(days=1))


def skeleton_html(n_rows: int) -> str:
    """Draw grey cards in the shape of the list, for the time it takes to make it."""
    row = '<li class="q-row q-ghost"><i class="q-cover"></i><div><b></b><b></b></div></li>'
    return f'<ol class="q-list q-loading" aria-busy="true">{row * n_rows}</ol>'
