"""The list as HTML: rank, cover, song, reason, contributions drawn. What the API says is escaped here."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from quintet.web.covers import cover_src, https_or_none
from quintet.web.texts import Texts
from quintet.web.tracks import Contribution, RankedTrack, Reasons, Track, byline

# More lines than this explain less.
MAX_CONTRIBUTIONS = 8
MS_PER_S = 1000


def results_html(items: tuple[RankedTrack, ...], seeds: tuple[Track, ...], n_slots: int, texts: Texts) -> str:
    """Draw the ranked list.

    Parameters
    ----------
    items : tuple of RankedTrack
        The list, best first.
    seeds : tuple of Track
        The songs it comes from.
    n_slots : int
        How many songs it could come from.
    texts : Texts

    Returns
    -------
    str
        HTML in which everything from the API is text, never markup.
    """
    enough = texts.results_enough if len(seeds) == n_slots else texts.results_more.format(count=len(seeds))
    lead = enough if items else texts.results_none
    legend = "".join(
        f'<li><span class="q-swatch q-{kind}"></span>{escape(name)}</li>'
        for kind, name in texts.legend.items()
        if any(_drawn_as(part) == kind for item in items for part in item.reasons.contributions)
    )
    names = {seed.track_id: seed.track_name for seed in seeds}
    rows = "".join(_row(item, names, texts) for item in items)
    return (
        f'<section class="q-results" lang="{texts.language}" aria-label="{escape(texts.results_title)}">'
        f'<div class="q-results-head"><div><h2>{escape(texts.results_title)}</h2><p>{escape(lead)}</p></div>'
        f'<ul class="q-legend">{legend}</ul></div><ol class="q-list">{rows}</ol></section>'
    )


def skeleton_html(n_rows: int) -> str:
    """Draw grey rows in the shape of the list, for the time it takes to make it."""
    row = '<li class="q-row q-ghost"><span></span><i class="q-cover"></i><div><b></b><b></b></div></li>'
    return f'<ol class="q-list q-loading" aria-busy="true">{row * n_rows}</ol>'


def percent(score: float) -> int:
    """Put a score as listeners read it: 0 to 100."""
    return round(100 * min(max(score, 0.0), 1.0))


def _row(item: RankedTrack, names: Mapping[str, str], texts: Texts) -> str:
    return (
        f'<li class="q-row"><span class="q-rank">{item.rank}</span>'
        f'<img class="q-cover" src="{escape(cover_src(item))}" alt="" loading="lazy">'
        f'<div class="q-song"><h3>{escape(item.track_name)}{_tags(item, texts)}</h3>'
        f'<p class="q-facts">{_facts(item)}</p></div>'
        f'<div class="q-side"><p class="q-match"><b>{percent(item.score)}%</b> {escape(texts.match)}</p>'
        f"{_bar(item.reasons)}</div>"
        f"{_why(item.reasons, names, texts)}{_listen(item, texts)}</li>"
    )


def _tags(item: RankedTrack, texts: Texts) -> str:
    return f' <span class="q-tag">{escape(texts.explicit_tag)}</span>' if item.explicit else ""


def _facts(item: RankedTrack) -> str:
    """Join artists, year and length; what nobody knows is left out."""
    minutes, seconds = divmod((item.duration_ms or 0) // MS_PER_S, 60)
    length = f"{minutes}:{seconds:02}" if item.duration_ms else ""
    numbers = " · ".join(part for part in ((item.release_date or "")[:4], length) if part)
    artists = escape(byline(item))
    # The numbers stay together and a line never begins with a dot.
    return f'{artists} <span class="q-numbers">{escape(numbers)}</span>' if numbers else artists


def _listen(item: RankedTrack, texts: Texts) -> str:
    """Link to Spotify; an invented song has no place there."""
    address = https_or_none(item.spotify_url)
    if item.is_invented or address is None:
        return ""
    label = texts.listen_label.format(title=item.track_name)
    return (
        f'<a class="q-listen" href="{escape(address)}" target="_blank" rel="noopener noreferrer" '
        f'aria-label="{escape(label)}">{escape(texts.listen)} ↗</a>'
    )


def _bar(reasons: Reasons) -> str:
    """Draw the score as a bar whose pieces are what it is made of; its full width is a score of 1."""
    pieces = []
    for kind in ("genre", "feature", "other"):
        share = sum(part.value for part in reasons.contributions if _drawn_as(part) == kind)
        if share > 0:
            pieces.append(f'<i class="q-{kind}" style="width:{100 * min(share, 1.0):.1f}%"></i>')
    return f'<div class="q-bar" aria-hidden="true">{"".join(pieces)}</div>'


def _why(reasons: Reasons, names: Mapping[str, str], texts: Texts) -> str:
    """Give the reason; opened, what adds up to the score, largest first, small parts taken together."""
    reason = _sentence(reasons, names, texts)
    parts = sorted(reasons.contributions, key=lambda part: -abs(part.value))
    shown, rest = parts[:MAX_CONTRIBUTIONS], parts[MAX_CONTRIBUTIONS:]
    if rest:
        shown.append(Contribution(kind="other", value=sum(part.value for part in rest)))
    if not shown:
        return f'<p class="q-why">{reason}</p>'
    widest = max(abs(part.value) for part in shown) or 1.0
    lines = "".join(_detail(part, widest, texts) for part in shown)
    return (
        f'<details class="q-why"><summary>{reason or escape(texts.why)}</summary>'
        f'<p>{escape(texts.why)}</p><ul class="q-parts">{lines}</ul></details>'
    )


def _sentence(reasons: Reasons, names: Mapping[str, str], texts: Texts) -> str:
    """Give the reason in the listener's language; the seed it names stands out."""
    sentence = escape(reasons.text.get(texts.language) or reasons.text.get("en", ""))
    if name := escape(names.get(reasons.closest_seed or "", "")):
        sentence = sentence.replace(f"*{name}*", f"<em>{name}</em>")
    return sentence


def _drawn_as(part: Contribution) -> str:
    """Return the colour of a part: genres, sound, and all else."""
    return part.kind if part.kind in ("genre", "feature") else "other"


def _detail(part: Contribution, widest: float, texts: Texts) -> str:
    names = {"genre": part.name, "feature": texts.features.get(part.name, part.name), **texts.bonds}
    name = names.get(part.kind) or texts.other_part
    value = f"{100 * part.value:+.0f}".replace("-", "\N{MINUS SIGN}")
    low = " q-low" if part.value < 0 else ""
    return (
        f'<li><span class="q-part-name">{escape(name)}</span><span class="q-part-bar">'
        f'<i class="q-{_drawn_as(part)}{low}" style="width:{100 * abs(part.value) / widest:.1f}%"></i></span>'
        f'<span class="q-part-value">{value}</span></li>'
    )
