"""The one table of a comparison: every way of ranking on the same lists, with intervals, and by slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quintet.model.evaluation.baselines import PLAIN_MODEL, baselines, plain
from quintet.model.evaluation.measures import MEASURES, ratio
from quintet.model.evaluation.outcome import Outcome, joined, run
from quintet.model.evaluation.protocol import PLAYLISTS, Protocol
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender
from quintet.model.reranking import Reranker

MODEL, RERANKED = "the model", "the model, re-ranked"
FALLBACK = (
    "There is no playlist of 15 recordings in the database: an artist's tracks stand for a list. "
    "These numbers say whether artists hang together, not whether listeners agree."
)
_HEADS = ("nDCG@10", "nDCG@100", "R-precision", "recall@100", "hit rate@10")
_BESIDE = ("coverage", "diversity", "novelty, bits", "popularity", "one artist's share")
_TIMES = ("× plain nDCG@10", "× plain R-precision")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Outcomes on the same lists.

    Parameters
    ----------
    protocol : Protocol
        The lists.
    outcomes : sequence of Outcome
        Baselines; the model, by what tracks say of themselves; then, where playlists taught it, each list
        ranked with what those of the other folds did.
    diversity : mapping of str to float
        Of each outcome by name, in the plain model's space.
    slices : mapping of str to bool array, shape (lists,)
        Which lists belong to each slice.
    served : str
        The outcome that stands for the model as it is served.
    """

    protocol: Protocol
    outcomes: Sequence[Outcome]
    diversity: Mapping[str, float]
    slices: Mapping[str, NDArray[np.bool_]]
    served: str = MODEL

    @property
    def reference(self) -> Outcome:
        """The outcome of the plain model."""
        return self.outcome(PLAIN_MODEL)

    def outcome(self, name: str) -> Outcome:
        """Return an outcome by name."""
        return next(outcome for outcome in self.outcomes if outcome.name == name)

    def metrics(self) -> dict[str, float]:
        """Return the served model's means by name, two of them with their interval, and how they compare."""
        model = self.outcome(self.served)
        found = {name: model.measure(name).value for name in MEASURES}
        times = ratio(model.of("ndcg_at_10"), self.reference.of("ndcg_at_10"))
        for name in ("ndcg_at_10", "r_precision"):
            reached = model.measure(name)
            found |= {f"{name}_low": reached.low, f"{name}_high": reached.high}
        return found | ({"times_plain_ndcg_at_10": times.value} if times.is_finite else {})

    def as_markdown(self) -> str:
        """Return the tables as Markdown."""
        lists, source = len(self.protocol.lists), self.protocol.source
        lines = [f"# Quality on {lists} held-out {source}", ""]
        if source != PLAYLISTS:
            lines += [FALLBACK, ""]
        lines += [_row(("ranked by", *_HEADS, *_TIMES)), _row(["---"] * (len(_HEADS) + 3))]
        lines += [self._line(outcome) for outcome in self.outcomes]
        beside = ("ranked by", *_BESIDE)
        lines += ["", _row(beside), _row(["---"] * len(beside))]
        lines += [self._beside(outcome) for outcome in self.outcomes]
        return "\n".join([*lines, "", *self._slices(), ""])

    def _line(self, outcome: Outcome) -> str:
        measured = [str(outcome.measure(name)) for name in MEASURES]
        times = [ratio(outcome.of(name), self.reference.of(name)) for name in ("ndcg_at_10", "r_precision")]
        shown = [f"{found.value:.2f} [{found.low:.2f} {found.high:.2f}]" for found in times]
        return _row([outcome.name, *measured, *shown])

    def _beside(self, outcome: Outcome) -> str:
        values = (outcome.coverage, self.diversity[outcome.name], outcome.novelty)
        numbers = [f"{value:.3f}" for value in values]
        return _row([outcome.name, *numbers, f"{outcome.popularity:.0f}", f"{outcome.concentration:.2f}"])

    def _slices(self) -> list[str]:
        lines = [
            _row(("lists whose seeds are", "lists", "plain nDCG@10", "model nDCG@10")),
            _row(["---"] * 4),
        ]
        for name, chosen in self.slices.items():
            found = [self.outcome(one).of("ndcg_at_10")[chosen] for one in (PLAIN_MODEL, self.served)]
            means = [f"{values.mean():.4f}" if len(values) else "" for values in found]
            lines.append(_row([name, str(int(chosen.sum())), *means]))
        return lines

    def as_columns(self) -> dict[str, list[Any]]:
        """Return what both tables measure, by column: means, then where their intervals begin and end."""
        rows = [self._numbers(outcome) for outcome in self.outcomes]
        names = {"ranked by": [outcome.name for outcome in self.outcomes]}
        return names | {head: [row[head] for row in rows] for head in (rows[0] if rows else ())}

    def _numbers(self, outcome: Outcome) -> dict[str, float]:
        reached = {head: outcome.measure(name) for head, name in zip(_HEADS, MEASURES, strict=True)}
        beside = (outcome.coverage, self.diversity[outcome.name], outcome.novelty)
        values = {head: interval.value for head, interval in reached.items()}
        values |= dict(zip(_BESIDE, (*beside, outcome.popularity, outcome.concentration), strict=True))
        for head, interval in reached.items():
            values |= {f"{head}, from": interval.low, f"{head}, to": interval.high}
        return {head: round(value, 4) for head, value in values.items()}


def compare(
    fitted: FittedModel,
    protocol: Protocol,
    most_by_artist: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
    by_fold: Mapping[int, Reranker] = MappingProxyType({}),
) -> Comparison:
    """Rank a protocol's lists by every baseline and by the model.

    Parameters
    ----------
    fitted : FittedModel
        Fitted to the protocol's snapshot.
    protocol : Protocol
        At least one list.
    most_by_artist : int, optional
        See `outcome.run`.
    progress : callable, optional
        Called with how many ways of ranking are done, and of how many.
    by_fold : mapping of int to Reranker, optional
        What may re-rank the lists of each fold: learnt without them.
    """
    rankers = baselines(fitted) | {MODEL: Recommender(fitted.without_playlists()).scores}
    outcomes, ways = [], len(rankers) + bool(by_fold)
    for name, ranker in rankers.items():
        outcomes.append(run(name, ranker, fitted.tracks, protocol, most_by_artist))
        progress(len(outcomes), ways)
    if by_fold:
        outcomes.append(_cross_fitted(fitted, protocol, most_by_artist, by_fold))
        progress(ways, ways)
    cosines = Recommender(plain(fitted)).cosines
    diversity = {outcome.name: outcome.diversity(cosines) for outcome in outcomes}
    served = MODEL if fitted.reranker is None else RERANKED
    return Comparison(protocol, outcomes, diversity, slices(fitted, protocol), served)


def _cross_fitted(
    fitted: FittedModel, protocol: Protocol, most_by_artist: int | None, by_fold: Mapping[int, Reranker]
) -> Outcome:
    """Re-rank the lists of every fold by what the other folds taught."""
    parts = {
        fold: run(
            RERANKED,
            Recommender(replace(fitted, reranker=reranker)).scores,
            fitted.tracks,
            protocol.of_fold(fold),
            most_by_artist,
        )
        for fold, reranker in by_fold.items()
    }
    return joined(protocol, parts)


def slices(fitted: FittedModel, protocol: Protocol) -> dict[str, NDArray[np.bool_]]:
    """Return which lists have seeds with few and many genres, little and well known."""
    tracks = fitted.tracks
    rows = [np.array(tracks.rows(one.seeds)) for one in protocol.lists]
    genres = np.array([(fitted.genres.set_of_row[few] > 0).mean() for few in rows])
    fame = np.array([np.nan_to_num(tracks.popularity[few], nan=0.0).mean() for few in rows])
    middle = float(np.median(fame)) if len(fame) else 0.0
    editorial = np.array([one.list_id.startswith("37i9dQ") for one in protocol.lists], dtype=np.bool_)
    return {
        "mostly without genres": genres < 0.5,
        "mostly with genres": genres >= 0.5,
        "less popular": fame < middle,
        "more popular": fame >= middle,
        "from Spotify's own playlists": editorial,
        "from listeners' playlists": ~editorial,
    }


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
