"""What the page shows, as its address says it: seeds, language, list length. No Streamlit, no HTTP."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal, get_args

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

SLOTS = 5
LIST_LENGTHS = (10, 20, 50)
# What could mean something else inside an address (a path, a list of ids) is no id.
TRACK_ID = re.compile(r"(?!\.{1,2}$)[^\s,/\\?#%]{1,64}")


@dataclass(frozen=True)
class PageState:
    """One state of the page; the same address gives the same page.

    Parameters
    ----------
    seeds : tuple of str
        Track ids, at most `SLOTS`, none twice.
    language : {"en", "ko"}
    k : int
        Length of the list, one of `LIST_LENGTHS`.
    """

    seeds: tuple[str, ...] = ()
    language: Language = "en"
    k: int = LIST_LENGTHS[0]

    def with_seeds(self, seeds: tuple[str, ...]) -> PageState:
        """Take these seeds instead, the first `SLOTS` that can be ids, each once; the list is short again."""
        kept = tuple(dict.fromkeys(seed for seed in seeds if TRACK_ID.fullmatch(seed)))[:SLOTS]
        return replace(self, seeds=kept, k=LIST_LENGTHS[0])

    def adding(self, seed: str) -> PageState:
        """Add one seed, where a slot is free."""
        return self.with_seeds((*self.seeds, seed))

    def without(self, gone: tuple[str, ...]) -> PageState:
        """Drop these seeds."""
        return self.with_seeds(tuple(seed for seed in self.seeds if seed not in gone))

    def speaking(self, language: Language) -> PageState:
        """Switch to another language."""
        return replace(self, language=language)

    def longer(self) -> PageState:
        """Take the next longer list, if there is one."""
        return replace(self, k=next((k for k in LIST_LENGTHS if k > self.k), self.k))

    def to_params(self) -> dict[str, str]:
        """Write the query part of the page's address."""
        params = {"seeds": ",".join(self.seeds)} if self.seeds else {}
        if self.k != LIST_LENGTHS[0]:
            params["k"] = str(self.k)
        return params | {"lang": self.language}


def read_state(params: Mapping[str, str], locale: str | None) -> PageState:
    """Read the page's state from its address; what makes no sense there is left out.

    Parameters
    ----------
    params : mapping of str to str
        The query part of the address.
    locale : str or None
        The browser's language (such as ``ko-KR``), used where the address names none.

    Returns
    -------
    PageState
    """
    state = PageState(language=_language(params.get("lang"), locale))
    state = state.with_seeds(tuple(params.get("seeds", "").split(",")))
    return replace(state, k=next((k for k in LIST_LENGTHS if str(k) == params.get("k")), LIST_LENGTHS[0]))


def _language(asked: str | None, locale: str | None) -> Language:
    for wanted in (asked, (locale or "").replace("_", "-").split("-")[0].lower()):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return LANGUAGES[0]
