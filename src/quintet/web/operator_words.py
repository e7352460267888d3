"""The operator's page as HTML: facts, tables, drawn intervals, bars. What the API says is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from html import escape
from urllib.parse import urlsplit

from quintet.web.crawl_words import crawl_in_words, sources_in_words
from quintet.web.frame import ago
from quintet.web.overview import Comparison, Crawl, Measure, Overview, Ratings, Side
from quintet.web.texts import Texts
from quintet.web.texts.operator import OperatorTexts
from quintet.web.tracks import ModelInfo

SHIFTED, CHANGED = 0.1, 0.25  # population stability index, as commonly read
WORST, BEST = 1, 5
SERVICES = {"mlflow": "MLflow", "airflow": "Airflow"}


def overview_html(
    model: ModelInfo, overview: Overview, now: datetime, page: Texts, texts: OperatorTexts
) -> str:
    """Draw the whole page below its header.

    Parameters
    ----------
    model : ModelInfo
        The model that answers.
    overview : Overview
        The installation.
    now : datetime
        Timezone-aware.
    page, texts : Texts, OperatorTexts
        The visitor's language.
    """
    last = overview.last_crawl
    crawl = _crawl(crawl_in_words(last, page), texts) if last else _lead(texts.no_crawl)
    catalogue = _lead(texts.catalogue_lead) + _bars(sources_in_words(overview.catalogue.sources, page))
    parts = [
        (texts.model, _model(model, now, page, texts)),
        (texts.quality, _quality(model.metrics, texts)),
        (texts.ratings, _ratings(overview.ratings, texts)),
        *([(texts.comparison, _comparison(c, texts))] if (c := overview.comparison) else []),
        *([(texts.catalogue, catalogue)] if overview.catalogue.sources else []),
        (texts.crawl, crawl),
        (texts.services, _links(overview.links, texts)),
    ]
    sections = "".join(f"<section><h2>{escape(title)}</h2>{body}</section>" for title, body in parts if body)
    return f'<div class="q-operator" lang="{page.language}">{sections}</div>'


def _model(model: ModelInfo, now: datetime, page: Texts, texts: OperatorTexts) -> str:
    facts = {texts.version: model.version}
    if model.trained_at is not None:
        date = f"{model.trained_at:%Y-%m-%d %H:%M}"
        facts[texts.age] = f"{ago(now - model.trained_at, page)}, {date} UTC"
    if model.catalogue_size is not None:
        facts[texts.songs] = f"{model.catalogue_size:,}"
    if model.fingerprint:
        facts[texts.data] = model.fingerprint[:8]
    listed = "".join(f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in facts.items())
    return f'<dl class="q-facts-list">{listed}</dl>'


def _quality(metrics: Mapping[str, float], texts: OperatorTexts) -> str:
    rows = [
        (
            texts.metrics[name],
            f"{metrics[name]:.3f}",
            _interval(metrics.get(f"{name}_low"), metrics.get(f"{name}_high"), 3),
        )
        for name in texts.metrics
        if name in metrics
    ]
    if not rows:
        return _lead(texts.no_metrics)
    return _lead(texts.quality_lead) + _table(texts.metric_columns, rows)


def _ratings(ratings: Ratings, texts: OperatorTexts) -> str:
    if not ratings.total:
        return _lead(texts.no_ratings)
    rows = [
        (
            version.model_version,
            "–" if version.mean is None else f"{version.mean:.2f}",
            _interval(version.low, version.high, 2),
            f"{version.ratings:,}",
            f"{version.already_known:,}",
            f"{version.bad:,}",
        )
        for version in ratings.versions
    ]
    drawn = [_range(version.low, version.mean, version.high) for version in ratings.versions]
    return _lead(texts.ratings_lead) + _table(texts.rating_columns, rows, {2: drawn})


def _comparison(found: Comparison, texts: OperatorTexts) -> str:
    names = {"champion": found.champion, "challenger": found.challenger}
    heads = [head.format(**names) for head in texts.comparison_columns]
    rows = [
        (
            texts.measures.get(measure.name, measure.name),
            _side(measure.champion),
            _side(measure.challenger),
            _difference(measure, texts),
        )
        for measure in found.measures
    ]
    verdict = texts.winner.format(version=found.winner) if found.winner else texts.no_winner
    return _lead(f"{texts.comparison_lead.format(**names)} {verdict}") + _table(heads, rows)


def _side(side: Side) -> str:
    mean = "–" if side.mean is None else f"{side.mean:.2f}"
    return f"{mean} ({side.count:,})"


def _difference(measure: Measure, texts: OperatorTexts) -> str:
    if measure.difference is None:
        return texts.too_few
    interval = _interval(measure.low, measure.high, 2)
    return f"{measure.difference:+.2f}" + (f" ({interval})" if interval else "")


def _crawl(crawl: Crawl, texts: OperatorTexts) -> str:
    told = {
        texts.counts: _listed(crawl.counts, texts),
        texts.rejected: _listed(crawl.rejected, texts),
        texts.left: _listed(crawl.left, texts),
    }
    facts = "".join(f"<div><dt>{escape(k)}</dt><dd>{v}</dd></div>" for k, v in told.items())
    shares = f"<h3>{escape(texts.sources)}</h3>{_bars(crawl.sources)}" if crawl.sources else ""
    drift = (
        f"<h3>{escape(texts.drift)}</h3>{_lead(texts.drift_lead)}{_drift(crawl.drift, texts)}"
        if crawl.drift
        else ""
    )
    return _lead(texts.crawl_of.format(date=crawl.date)) + f'<dl class="q-told">{facts}</dl>' + shares + drift


def _listed(values: Mapping[str, int | str], texts: OperatorTexts) -> str:
    parts = (
        f"{escape(name)}: <b>{value:,}</b>" if isinstance(value, int) else f"{escape(name)}: {escape(value)}"
        for name, value in values.items()
    )
    return " · ".join(parts) or escape(texts.nothing)


def _bars(values: Mapping[str, int]) -> str:
    """Draw how a whole is shared out, the largest first."""
    whole = sum(values.values()) or 1
    ordered = sorted(values.items(), key=lambda item: (-item[1], item[0]))
    return _bar_list(
        (name, 100 * value / whole, f"{value:,} · {100 * value / whole:.0f}%", "feature")
        for name, value in ordered
    )


def _drift(drift: Mapping[str, float], texts: OperatorTexts) -> str:
    ordered = sorted(drift.items(), key=lambda item: (-item[1], item[0]))
    widest = max(CHANGED, *drift.values())
    steady, shifted, changed = texts.drift_words
    words = ((changed if v > CHANGED else shifted if v > SHIFTED else steady) for _, v in ordered)
    return _bar_list(
        (name, 100 * value / widest, f"{value:.3f} · {word}", "genre" if value > CHANGED else "other")
        for (name, value), word in zip(ordered, words, strict=True)
    )


def _bar_list(rows: Iterable[tuple[str, float, str, str]]) -> str:
    """Draw bars: each a name, a width in percent, what is said of it, a colour."""
    lines = "".join(
        f'<li><span>{escape(name)}</span><i class="q-{colour}" style="width:{max(width, 0.5):.1f}%"></i>'
        f"<b>{escape(said)}</b></li>"
        for name, width, said, colour in rows
    )
    return f'<ul class="q-bars">{lines}</ul>'


def _links(links: Mapping[str, str], texts: OperatorTexts) -> str:
    """Link to the services; an address that is none of the web's is left out."""
    found = (
        f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        f"{escape(texts.open.format(name=SERVICES.get(name, name)))} ↗</a>"
        for name, address in links.items()
        if _is_web(address)
    )
    listed = "".join(found)
    return f'<p class="q-services">{listed}</p>' if listed else ""


def _is_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _interval(low: float | None, high: float | None, digits: int) -> str:
    return "" if low is None or high is None else f"{low:.{digits}f} – {high:.{digits}f}"


def _range(low: float | None, mean: float | None, high: float | None) -> str:
    """Draw an interval of ratings on a line from 1 to 5; what it says stands beside it."""
    if low is None or mean is None or high is None:
        return ""
    left, middle, right = (
        100 * (min(max(value, WORST), BEST) - WORST) / (BEST - WORST) for value in (low, mean, high)
    )
    return (
        '<span class="q-range" aria-hidden="true">'
        f'<i style="left:{left:.1f}%;width:{right - left:.1f}%"></i><b style="left:{middle:.1f}%"></b></span>'
    )


def _table(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    drawn: Mapping[int, Sequence[str]] | None = None,
) -> str:
    """Write a table; `drawn` holds markup of ours to stand behind the text of a column, a cell a row."""
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>'
        + "".join(
            f"<td>{escape(cell)}{(drawn or {}).get(column, [''] * len(rows))[at]}</td>"
            for column, cell in enumerate(row[1:], start=1)
        )
        + "</tr>"
        for at, row in enumerate(rows)
    )
    # A table wider than a phone scrolls, and so must take the focus.
    label = escape(", ".join(heads))
    return (
        f'<div class="q-table" role="region" tabindex="0" aria-label="{label}">'
        f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _lead(text: str) -> str:
    return f"<p>{escape(text)}</p>"
