"""What the API says of a list as a whole, in words: its metrics, its tastes, its warnings. Plain text."""

from __future__ import annotations

from collections.abc import Mapping

from quintet.web.patterns import in_words
from quintet.web.texts import Texts
from quintet.web.tracks import Recommendation, Taste

# Mean popularity (0-100) from which songs are called so; the words' order in the texts.
POPULARITY = (25, 45, 65)
# Intra-list diversity (0-1) from which a list is called so: about thirds of what lists of real songs have.
DIVERSITY = (0.6, 0.78)


def facts(answer: Recommendation, texts: Texts) -> list[str]:
    """Say what the list is like: artists, how well known, how varied; what is not known is left out."""
    metrics, words = answer.list_metrics, texts.tools
    said = []
    if metrics.artists is not None:
        said.append(words.fact_artists.format(count=metrics.artists))
    if metrics.mean_popularity is not None:
        word = words.fact_popularity[_level(metrics.mean_popularity, POPULARITY)]
        said.append(f"{word} ({metrics.mean_popularity:.0f}/100)")
    if metrics.intra_list_diversity is not None:
        said.append(words.fact_diversity[_level(metrics.intra_list_diversity, DIVERSITY)])
    return said


def notes(answer: Recommendation, titles: Mapping[str, str], texts: Texts) -> list[str]:
    """Say which tastes the seeds were parted into, where they are several, and what the API warns of.

    Parameters
    ----------
    answer : Recommendation
    titles : mapping of str to str
        Titles of the seeds, by id.
    texts : Texts
    """
    parted = [_tastes(answer, titles, texts)] if len(answer.tastes) > 1 else []
    return parted + [warning(said, texts) for said in answer.warnings]


def warning(said: str, texts: Texts) -> str:
    """Put a warning of the API in the visitor's language; one that is not known yet stays as it is."""
    return in_words(said, texts.warnings, texts.warned_of)


def _tastes(answer: Recommendation, titles: Mapping[str, str], texts: Texts) -> str:
    names = " · ".join(_taste(taste, titles) for taste in answer.tastes)
    return texts.tools.tastes.format(count=len(answer.tastes), names=names)


def _taste(taste: Taste, titles: Mapping[str, str]) -> str:
    """Name a taste by its genres, or else by its songs."""
    names = taste.genres[:2] or tuple(titles[seed] for seed in taste.seeds if seed in titles)[:1]
    return f"{', '.join(names)} {100 * taste.share:.0f}%"


def _level(value: float, bounds: tuple[float, ...]) -> int:
    return sum(value >= bound for bound in bounds)
