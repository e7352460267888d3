"""Which of the models online answers: the champion, or, while there is a challenger, one of the two or both.

Opening models is `model_holder`'s; what came of it is worked out in `data.trial`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Literal

from quintet.api.draft import Caps, Item, weave
from quintet.api.served_model import RankedList, ServedModel
from quintet.errors import UnknownTrackError

Mode = Literal["split", "interleave"]
Ask = Callable[[ServedModel, int], RankedList]
MAX_ITEMS = 200


@dataclass(frozen=True, slots=True)
class TrialOptions:
    """How a challenger takes part.

    Parameters
    ----------
    mode : str
        "split": it answers a share of the requests. "interleave": both lists are woven into one.
    share : float
        0–1: of the listeners (or requests that name none), in the mode "split".
    """

    mode: Mode = "split"
    share: float = 0.2


@dataclass(frozen=True, slots=True)
class Answered:
    """A list, and who made it.

    Parameters
    ----------
    found : RankedList
        Every item with `model_version`, the version that placed it.
    model : ServedModel
        Whose catalogue the rest of the answer is about.
    model_version : str
        The version, or two with `+` between, champion first, where both placed tracks.
    online : tuple of str
        The versions that took part in the trial, champion first; the champion alone where there was none.
    """

    found: RankedList
    model: ServedModel
    model_version: str
    online: tuple[str, ...]


class Online:
    """The models online, as one request meets them.

    Parameters
    ----------
    champion : ServedModel
        Answers whatever the challenger cannot.
    challenger : ServedModel or None
        Only while there is one.
    options : TrialOptions
        How it takes part.
    """

    def __init__(
        self,
        champion: ServedModel,
        challenger: ServedModel | None = None,
        options: TrialOptions | None = None,
    ) -> None:
        self.champion, self._challenger = champion, challenger
        self._options = options or TrialOptions()

    def answer(self, listener: str, seeds: tuple[str, ...], k: int, caps: Caps, ask: Ask) -> Answered:
        """Return a list; the same listener and seeds meet the same model, or the same coins.

        Parameters
        ----------
        listener : str
            What a page calls its listener by; empty: the seeds stand for it.
        seeds : tuple of str
            Track ids.
        k : int
            How many tracks are wanted.
        caps : Caps
            Of the request.
        ask : callable
            Asks a model for so many tracks; may raise UnknownTrackError.
        """
        challenger = self._challenger
        if challenger is None:
            return self._alone(ask, k)
        pair = (self.champion.version.version, challenger.version.version)
        key = "\n".join((*pair, listener or ",".join(sorted(seeds))))
        try:
            if self._options.mode == "interleave":
                woven = self._woven(challenger, f"{key}\n{','.join(sorted(seeds))}", k, caps, ask)
                return woven or self._alone(ask, k)
            chosen = challenger if _share_of(key) < self._options.share else self.champion
            return _one(chosen, ask(chosen, k), pair)
        except UnknownTrackError:  # the challenger may know another catalogue
            return self._alone(ask, k)

    def _alone(self, ask: Ask, k: int) -> Answered:
        champion = self.champion
        return _one(champion, ask(champion, k), (champion.version.version,))

    def _woven(self, challenger: ServedModel, key: str, k: int, caps: Caps, ask: Ask) -> Answered | None:
        """Return both lists in one; None where that would be shorter than the champion's own."""
        models = (self.champion, challenger)
        # What one list places the other may not: some in reserve keep the woven list full.
        first, second = (ask(model, min(2 * k, MAX_ITEMS)) for model in models)
        woven = weave(
            first.items, second.items, k, key, caps, songs=lambda track_id: _songs(models, track_id)
        )
        if len(woven) < min(k, len(first.items)):
            return None
        pair = (models[0].version.version, models[1].version.version)
        taste_of = {seed: place for place, taste in enumerate(first.tastes) for seed in taste.seeds}
        items = [
            item
            | {
                "rank": rank,
                "model_version": pair[team],
                "taste": taste_of.get(item["reasons"].closest_seed, 0) if team else item["taste"],
            }
            for rank, (team, item) in enumerate(woven, start=1)
        ]
        metrics = self.champion.list_metrics([item["track_id"] for item in items])
        warnings = (
            list(dict.fromkeys([*first.warnings, *second.warnings])) if len(items) < k else first.warnings
        )
        found = RankedList(items, first.tastes, metrics, warnings)
        return Answered(found, self.champion, "+".join(pair), pair)


def _one(model: ServedModel, found: RankedList, online: tuple[str, ...]) -> Answered:
    version = model.version.version
    items: list[Item] = [item | {"model_version": version} for item in found.items]
    return Answered(found._replace(items=items), model, version, online)


def _songs(models: tuple[ServedModel, ...], track_id: str) -> Iterator[Hashable]:
    for place, model in enumerate(models):
        song = model.song(track_id)
        if song is not None:
            yield place, song


def _share_of(key: str) -> float:
    """Return a number in [0, 1), spread evenly over keys, the same for the same key."""
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:8]) / 2**64
