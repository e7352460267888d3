"""The final order of search results: how well each name matches a query, then how popular the track is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from quintet.model.columns import TextColumn, split
from quintet.model.folding import Chunk, chunks, is_cjk, plain, words

WHOLE, OPENING, WORDS, UNFINISHED = 4.0, 3.0, 2.5, 2.0
NEARLY_WHOLE, LIKENESS = (
    0.5,
    85.0,
)  # what a misspelt whole name is worth, and how alike it must be, in percent
STEP = 20  # misspelt matches are told apart in steps of a twentieth, so that popularity decides near ties


def best_first(
    rows: Sequence[int],
    pieces: Sequence[Chunk],
    whole: str,
    names: TextColumn,
    popularity: NDArray[np.float32],
) -> list[int]:
    """Put matches in order: quality of the match, then popularity, then the order they came in.

    Parameters
    ----------
    rows : sequence of int
        Rows that match, in the index's order.
    pieces, whole : sequence of Chunk, str
        The query, cut and folded.
    names : TextColumn
        Folded title and artists of every row, joined.
    popularity : float32 array, shape (n,)
        NaN where not known.
    """
    wanted = words(pieces)
    ranks = np.nan_to_num(popularity[np.asarray(rows, dtype=np.intp)], nan=-1.0).tolist()
    keys = [
        (-quality(split(names[row]), wanted, whole), -rank) for row, rank in zip(rows, ranks, strict=True)
    ]
    return [row for _, row in sorted(zip(keys, rows, strict=True), key=lambda pair: pair[0])]


def quality(names: Sequence[str], wanted: Sequence[str], whole: str) -> float:
    """Return how well a track's folded names (title first) match a query: 4 is the best.

    4: the query is the title, an artist, or both together in any order. 3: the title begins with it. 2.5: all
    its words are there. 2: all but the last, which begins one. Below: how alike the words are, 0 to 1, and a
    half more where whole names are.
    """
    title, artists = names[0], names[1:]
    text = " ".join(names)
    if _is_one_of(whole, names) or _same_words(whole, (title, *artists[:1])) or _same_words(whole, names):
        return WHOLE
    if title.startswith(whole + " "):
        return OPENING
    present = set(text.split())
    missing = [part for part in wanted if not (part in text if is_cjk(part) else part in present)]
    if not missing:
        return WORDS
    if missing == [wanted[-1]] and any(word.startswith(wanted[-1]) for word in present):
        return OPENING if title.startswith(whole) else UNFINISHED
    return _likeness(wanted, present) + (NEARLY_WHOLE if _nearly_one_of(whole, names) else 0)


def is_good(query: str, names: Sequence[str]) -> bool:
    """Tell whether a track has all words of a query, of which the last may be unfinished.

    Parameters
    ----------
    query : str
        As it was typed.
    names : sequence of str
        Title and artists as they are written.
    """
    wanted = words(chunks(query))
    return bool(wanted) and quality([plain(name) for name in names], wanted, plain(query)) >= UNFINISHED


def _likeness(wanted: Sequence[str], present: set[str]) -> float:
    """Return how alike each wanted word and its nearest present one are on average, 0 to 1, in steps."""
    nearest = (process.extractOne(word, present, scorer=fuzz.ratio) for word in wanted)
    share = sum(match[1] for match in nearest) / 100 / len(wanted)
    return round(share * STEP) / STEP


def _nearly_one_of(whole: str, names: Sequence[str]) -> bool:
    """Tell whether the query is a misspelt title, artist, or title and first artist in any order."""
    both = fuzz.token_sort_ratio(whole, " ".join(names[:2]), score_cutoff=LIKENESS)
    return bool(both) or any(fuzz.ratio(whole, name, score_cutoff=LIKENESS) for name in names)


def _is_one_of(whole: str, names: Sequence[str]) -> bool:
    """Tell whether a name is the whole query, however both are cut into words: "acdc" is "ac dc"."""
    return whole.replace(" ", "") in (name.replace(" ", "") for name in names)


def _same_words(whole: str, names: Sequence[str]) -> bool:
    return sorted(whole.split()) == sorted(" ".join(names).split())
