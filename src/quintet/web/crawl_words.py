"""A crawl's own names, put in the operator's words. No Streamlit, no markup."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from quintet.web.overview import Crawl
from quintet.web.patterns import in_words
from quintet.web.texts import Texts
from quintet.web.texts.crawl import CRAWL_TEXTS

Value = TypeVar("Value", int, float, str)


def crawl_in_words(crawl: Crawl, page: Texts) -> Crawl:
    """Return the same crawl with every name in words; a name nobody knows yet stays as it is."""
    words = CRAWL_TEXTS[page.language]
    left = {
        task: "; ".join(in_words(part, words.left, words.tasks) for part in said.split("; "))
        for task, said in crawl.left.items()
    }
    return Crawl(
        date=crawl.date,
        counts=named(crawl.counts, words.counts),
        rejected=named(crawl.rejected, words.rejected, page.features),
        sources=sources_in_words(crawl.sources, page),
        drift=named(crawl.drift, page.features),
        left=named(left, words.tasks),
    )


def sources_in_words(sources: Mapping[str, int], page: Texts) -> dict[str, int]:
    """Name the sources of features and genres as a person does."""
    return named(sources, CRAWL_TEXTS[page.language].sources)


def named(
    values: Mapping[str, Value], sentences: Mapping[str, str], names: Mapping[str, str] | None = None
) -> dict[str, Value]:
    """Put the names of values in words, by patterns and by plain names."""
    return {in_words(name, sentences, names or {}): value for name, value in values.items()}
