"""The model card: what a version is, what it was made from, how good it is, and its limits.

Text only; kept with the run, and as the version's description.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from quintet.data import profile
from quintet.data.dataset import Dataset
from quintet.jobs.training.lessons import Lessons
from quintet.model.evaluation.measures import ratio
from quintet.model.evaluation.protocol import PLAYLISTS
from quintet.model.evaluation.table import FALLBACK, Comparison
from quintet.model.fitted import FittedModel

_POLICY = (
    "Spotify's Developer Policy (section III) forbids using Spotify content to train a machine learning"
    " model or to feed one, and asks that Spotify content is not analysed to make new services or "
    "profiles. Songs that a crawl read from Spotify's API fall under it: without Spotify's agreement, "
    "train on data of other sources, for yourself, and do not offer the model to others. Quintet cannot"
    " decide that for you.",
    "Tracks marked as invented belong to nobody.",
)
_USE = (
    "One to twenty songs in, a ranked list out, with reasons that add up to the score. It is made for "
    "people who look for music, not for deciding about artists: a low rank says that little is known, "
    "not that a song is bad."
)
_LIMITS = (
    "It knows a track by its facts and 12 numbers of sound, never by listening; genres are those of "
    "artists, and where none is known they are guessed from other artists.",
    "Popularity and release days speak of the day the catalogue was read. On catalogues gathered over "
    "years, or without these columns, it is less accurate than measured here.",
    "Held-out playlists are of the same catalogue: every track of the truth is in it. Listeners may "
    "choose otherwise than makers of playlists.",
    "Music the catalogue has little of (languages, times, scenes) is served worse; see the slices.",
)


def model_card(dataset: Dataset, fitted: FittedModel, taken: Lessons, found: Comparison | None) -> str:
    """Return the card of a model as Markdown.

    Parameters
    ----------
    dataset : Dataset
        What it was fitted to.
    fitted : FittedModel
        The model.
    taken : Lessons
        What came of learning from playlists.
    found : Comparison or None
        What it reached; None where there was nothing to hold out.
    """
    parts = [
        ("What it is", [_USE]),
        ("How it works", _manner(fitted, taken)),
        ("Data", _data(profile.profile(dataset)["counts"], dataset)),
        ("How good it is", _measured(found)),
        ("Limits", _LIMITS),
        ("Spotify's policy", _POLICY),
    ]
    sections = [f"## {title}\n\n" + "\n".join(f"- {line}" for line in lines) for title, lines in parts]
    return "\n\n".join(["# Quintet: model card", *sections]) + "\n"


def _manner(fitted: FittedModel, taken: Lessons) -> Sequence[str]:
    weights = fitted.config.term_weights()
    whole = sum(weights.values())
    shares = ", ".join(f"{name} {weight / whole:.0%}" for name, weight in weights.items())
    return (
        f"Recipe `{fitted.config.recipe}`, compared by `{fitted.config.metric}`; a score is the weighted sum "
        f"of likenesses: {shares}.",
        f"Re-ranker learnt from playlists: {taken.said}.",
    )


def _data(counts: dict[str, Any], dataset: Dataset) -> Sequence[str]:
    return (
        f"{counts['tracks']:,} tracks, {counts['recordings']:,} recordings, {counts['artists']:,} artists, "
        f"{counts['genres']:,} genres; {counts['without_genres']:,} tracks without genres, "
        f"{counts['invented']:,} invented.",
        f"Fingerprint `{dataset.fingerprint}`; ranges and gaps in `data_profile.md`.",
    )


def _measured(found: Comparison | None) -> Sequence[str]:
    if found is None:
        return ("Not measured: no playlist and no artist has 15 recordings.",)
    model, plain = found.outcome(found.served), found.reference
    lines = [
        f"{name}: {model.measure(measure)}; the plain model's {plain.measure(measure).value:.4f}, "
        f"times {ratio(model.of(measure), plain.of(measure)).value:.2f}."
        for name, measure in (("nDCG@10", "ndcg_at_10"), ("R-precision", "r_precision"))
    ]
    lists = f"{len(found.protocol.lists)} held-out {found.protocol.source}, five seeds each, 95 % intervals"
    told = "" if found.protocol.source == PLAYLISTS else f" {FALLBACK}"
    return (f"Measured on {lists}; the whole table in `quality.md`.{told}", *lines)
