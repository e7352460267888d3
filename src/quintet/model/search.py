"""Search over the artifact: a query in, rows out, best match first; no query can make it fail.

A query is never parsed as a language: it is folded into words, and the words become query objects. Exact
words are asked for first (the last one may be a beginning); if they find little, misspelt ones; if nothing,
all but one. How the index is made is in `search_index`, how matches are ordered in `matching`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import tantivy

from quintet.errors import ArtifactError
from quintet.model.columns import TextColumn
from quintet.model.folding import Chunk, chunks, closed_up, is_cjk, plain
from quintet.model.matching import best_first
from quintet.model.search_index import MAX_PREFIX, PREFIX, ROW, TEXT, WHOLE, read_names, schema
from quintet.model.tracks import TrackTable

MAX_WORDS = 12
WINDOW = 100  # how many of the index's best matches are put in their final order
ENOUGH = 10  # with fewer exact matches, misspelt ones are looked for too
EXACT, BEGINNING, MISSPELT, WHOLE_NAME = 1.0, 0.6, 0.4, 2.0
MIN_FUZZY, MIN_FUZZY_TWICE = 4, 8  # letters a word needs for one wrong letter, for two
MIN_TO_DROP_ONE = 3  # words a query needs before one of them may be missing

_Must, _Should = tantivy.Occur.Must, tantivy.Occur.Should


class SearchIndex:
    """Finds tracks by title and artist; safe to share by threads.

    Parameters
    ----------
    folder : Path
        The artifact's search folder.
    tracks : TrackTable
        The catalogue of the same artifact.
    """

    def __init__(self, folder: Path, tracks: TrackTable) -> None:
        try:
            self._names: TextColumn = read_names(folder)
            self._searcher = tantivy.Index.open(str(folder)).searcher()
        except (OSError, ValueError) as error:
            raise ArtifactError(f"the search index cannot be opened: {error}") from error
        self._tracks = tracks
        self._schema = schema()

    def search(self, query: str, limit: int = 10, offset: int = 0) -> tuple[int, list[int]]:
        """Find tracks.

        Parameters
        ----------
        query : str
            Any text: words of title and artist in any order, the last one perhaps unfinished.
        limit, offset : int
            Which page; not negative.

        Returns
        -------
        total : int
            How many recordings match; the same on every page.
        rows : list of int
            One row a recording, its most popular release, best match first; equally good ones by popularity.
        """
        pieces, whole = chunks(query)[:MAX_WORDS], plain(query)
        if not whole:
            return 0, []
        asked, total, rows = self._choose(pieces, whole)
        if offset >= total or limit <= 0:
            return total, []
        if offset + limit > WINDOW:
            _, rows = self._run(asked, min(offset + limit, total))
        ordered = best_first(rows[:WINDOW], pieces, whole, self._names, self._tracks.popularity)
        return total, (ordered + rows[WINDOW:])[offset : offset + limit]

    def _choose(self, pieces: Sequence[Chunk], whole: str) -> tuple[Any, int, list[int]]:
        """Return the strictest query that finds enough, how many it finds, and the first of them."""
        asked = self._all(pieces, whole, self._exact)
        total, rows = self._run(asked)
        if total >= ENOUGH or not pieces:
            return asked, total, rows
        asked = _any_of([self._all(pieces, whole, self._misspelt), *self._closed_up(pieces, whole)])
        total, rows = self._run(asked)
        if total or len(pieces) < MIN_TO_DROP_ONE:
            return asked, total, rows
        asked = self._all(pieces, whole, self._misspelt, missing=1)
        return asked, *self._run(asked)

    def _run(self, query: Any, count: int = WINDOW) -> tuple[int, list[int]]:
        """Return how many documents match, and the rows of the first `count` in the index's order."""
        found = self._searcher.search(query, limit=max(count, WINDOW), count=True)
        addresses = [address for _, address in found.hits]
        return int(found.count), list(self._searcher.fast_field_values(ROW, addresses))

    def _closed_up(self, pieces: Sequence[Chunk], whole: str) -> list[Any]:
        """Ask once for each two neighbours as one word: "black pink" is "blackpink"."""
        return [
            self._all([*pieces[:i], closed_up(pieces[i : i + 2]), *pieces[i + 2 :]], whole, self._exact)
            for i in range(len(pieces) - 1)
            if pieces[i].parts and pieces[i + 1].parts
        ]

    def _all(self, pieces: Sequence[Chunk], whole: str, word: Any, missing: int = 0) -> Any:
        """Ask for every piece (but `missing` of them); a name that is the whole query comes first."""
        last = len(pieces) - 1
        parts = [self._piece(piece, partial(word, may_go_on=i == last)) for i, piece in enumerate(pieces)]
        name = self._term(WHOLE, whole, WHOLE_NAME)
        if not parts:
            return name
        least = len(parts) - missing
        asked = tantivy.Query.boolean_query([(_Should, part) for part in parts], least)
        return tantivy.Query.boolean_query([(_Must, asked), (_Should, name)])

    def _piece(self, piece: Chunk, word: Any) -> Any:
        """Ask for all words of a piece, or for the one they make together; of signs alone, for the signs."""
        parts = piece.parts or piece.signs
        asked = [word(part) for part in parts]
        together = _all_of(asked)
        return (
            tantivy.Query.disjunction_max_query([together, word(piece.joined)]) if piece.joined else together
        )

    def _exact(self, word: str, may_go_on: bool) -> Any:
        """Ask for a word as it is; the last one of a query may be the beginning of a longer one."""
        if is_cjk(word):
            return self._characters(word)
        asked = [self._term(TEXT, word, EXACT)]
        return _best_of([*asked, self._beginning(word)] if may_go_on else asked)

    def _misspelt(self, word: str, may_go_on: bool) -> Any:
        """Ask for a word, for longer ones that begin with it, and for ones a letter or two away."""
        if is_cjk(word):
            return self._characters(word)
        asked = [self._term(TEXT, word, EXACT), self._beginning(word)]
        if len(word) >= MIN_FUZZY:
            distance = 2 if len(word) >= MIN_FUZZY_TWICE else 1
            near = tantivy.Query.fuzzy_term_query(self._schema, TEXT, word, distance, prefix=may_go_on)
            asked.append(_worth(near, MISSPELT))
        return _best_of(asked)

    def _beginning(self, word: str) -> Any:
        if len(word) <= MAX_PREFIX:
            return self._term(PREFIX, word, BEGINNING)
        longer = tantivy.Query.fuzzy_term_query(self._schema, TEXT, word, 0, prefix=True)
        return _worth(longer, BEGINNING)

    def _characters(self, run: str) -> Any:
        """Ask for CJK characters side by side, anywhere in a name."""
        if len(run) == 1:
            return self._term(TEXT, run, EXACT)
        return _worth(tantivy.Query.phrase_query(self._schema, TEXT, list(run)), EXACT)

    def _term(self, field: str, text: str, worth: float) -> Any:
        return _worth(tantivy.Query.term_query(self._schema, field, text, "basic"), worth)


def _worth(query: Any, score: float) -> Any:
    return tantivy.Query.const_score_query(query, score)


def _all_of(queries: Sequence[Any]) -> Any:
    return tantivy.Query.boolean_query([(_Must, query) for query in queries])


def _any_of(queries: Sequence[Any]) -> Any:
    return tantivy.Query.boolean_query([(_Should, query) for query in queries])


def _best_of(queries: Sequence[Any]) -> Any:
    return tantivy.Query.disjunction_max_query(list(queries))
