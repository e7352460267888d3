"""What the page shows, as its address says it: seeds, length, controls, language. No Streamlit, no HTTP."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, get_args

from quintet.web.controls import Controls, read_controls

Language = Literal["en", "ko"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

SLOTS = 5
LIST_LENGTHS = (10, 20, 50)
# What could mean something else inside an address (a path, a list of ids) is no id.
TRACK_ID = re.compile(r"(?!\.{1,2}$)[^\s,/\\?#%]{1,64}")
# Fifty ids of Spotify are an address of 1.2 kB, which everything between here and a friend still takes.
MAX_UNWANTED = 50


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
    controls : Controls
        Dials and filters.
    disliked : tuple of str
        Track ids of "not this": neither they nor their like; the latest `MAX_UNWANTED`.
    passed : tuple of str
        Track ids that are only to stay out of the list; the latest `MAX_UNWANTED`.
    """

    seeds: tuple[str, ...] = ()
    language: Language = "en"
    k: int = LIST_LENGTHS[0]
    controls: Controls = field(default_factory=Controls)
    disliked: tuple[str, ...] = ()
    passed: tuple[str, ...] = ()

    def with_seeds(self, seeds: Iterable[str]) -> PageState:
        """Take these seeds instead, the first `SLOTS` that can be ids, each once.

        A chosen song is wanted again; with other songs the list is short again, and without any there is
        nothing to be unwanted in.
        """
        kept = _ids(seeds)[:SLOTS]
        again = self.k if set(kept) == set(self.seeds) else LIST_LENGTHS[0]
        disliked, passed = (
            (seed for seed in ids if kept and seed not in kept) for ids in (self.disliked, self.passed)
        )
        return replace(self, seeds=kept, k=again, disliked=tuple(disliked), passed=tuple(passed))

    def adding(self, seed: str) -> PageState:
        """Add one seed, where a slot is free."""
        return self.with_seeds((*self.seeds, seed))

    def without(self, gone: tuple[str, ...]) -> PageState:
        """Drop these seeds."""
        return self.with_seeds(seed for seed in self.seeds if seed not in gone)

    def swapping(self, old: str, new: str) -> PageState:
        """Put a seed in the place of another."""
        return self.with_seeds(new if seed == old else seed for seed in self.seeds)

    def disliking(self, track_id: str) -> PageState:
        """Want neither this song nor its like."""
        return replace(self, disliked=_ids((*self.disliked, track_id))[-MAX_UNWANTED:])

    def passing(self, track_id: str) -> PageState:
        """Want another song in this one's place."""
        return replace(self, passed=_ids((*self.passed, track_id))[-MAX_UNWANTED:])

    def tuned(self, controls: Controls) -> PageState:
        """Set dials and filters."""
        return replace(self, controls=controls)

    def another(self) -> PageState:
        """Ask for the next list of the many that would do."""
        return self.tuned(replace(self.controls, another=self.controls.another + 1))

    def speaking(self, language: Language) -> PageState:
        """Switch to another language."""
        return replace(self, language=language)

    def longer(self) -> PageState:
        """Take the next longer list, if there is one."""
        return replace(self, k=next((k for k in LIST_LENGTHS if k > self.k), self.k))

    def wishes(self) -> dict[str, Any]:
        """Write the body of `POST /recommend_ranked` but seeds and k; what was not set is not mentioned."""
        unwanted = {"disliked_ids": self.disliked, "exclude_ids": (*self.disliked, *self.passed)}
        return {name: list(ids) for name, ids in unwanted.items() if ids} | self.controls.to_request()

    def to_params(self) -> dict[str, str]:
        """Write the query part of the page's address."""
        lists = {"seeds": self.seeds, "disliked": self.disliked, "passed": self.passed}
        params = {name: ",".join(ids) for name, ids in lists.items() if ids}
        if self.k != LIST_LENGTHS[0]:
            params["k"] = str(self.k)
        return params | self.controls.to_params() | {"lang": self.language}


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
    seeds, disliked, passed = (
        _ids(params.get(name, "").split(",")) for name in ("seeds", "disliked", "passed")
    )
    k = next((k for k in LIST_LENGTHS if str(k) == params.get("k")), LIST_LENGTHS[0])
    state = PageState(
        language=_language(params.get("lang"), locale),
        controls=read_controls(params),
        disliked=disliked[-MAX_UNWANTED:],
        passed=passed[-MAX_UNWANTED:],
    )
    return replace(state.with_seeds(seeds), k=k)


def _ids(texts: Iterable[str]) -> tuple[str, ...]:
    """Take what can be an id, each once."""
    return tuple(dict.fromkeys(text for text in texts if TRACK_ID.fullmatch(text)))


def _language(asked: str | None, locale: str | None) -> Language:
    for wanted in (asked, (locale or "").replace("_", "-").split("-")[0].lower()):
        for language in LANGUAGES:
            if wanted == language:
                return language
    return LANGUAGES[0]
