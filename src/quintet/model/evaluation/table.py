"""The one table of a comparison: every way of ranking on the same lists, with intervals, and by slices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from quintet.model.evaluation.baselines import PLAIN_MODEL, baselines, plain
from quintet.model.evaluation.measures import MEASURES, ratio
from quintet.model.evaluation.outcome import Outcome, run
from quintet.model.evaluation.protocol import PLAYLISTS, Protocol
from quintet.model.fitted import FittedModel
from quintet.model.recommender import Recommender

MODEL = "the model"
FALLBACK = (
    "There is no playlist of 15 recordings in the database: an artist's tracks stand for a list. "
    "These numbers say whether artists hang together, not whether listeners agree."
)
_HEADS = ("nDCG@10", "nDCG@100", "R-precision", "recall@100", "hit rate@10")


@dataclass(frozen=True, eq=False)
class Comparison:
    """Outcomes on the same lists.

    Parameters
    ----------
    protocol : Protocol
        The lists.
    outcomes : sequence of Outcome
        Baselines, then the model.
    diversity : mapping of str to float
        Of each outcome by name, in the plain model's space.
    slices : mapping of str to bool array, shape (lists,)
        Which lists belong to each slice.
    """

    protocol: Protocol
    outcomes: Sequence[Outcome]
    diversity: Mapping[str, float]
    slices: Mapping[str, NDArray[np.bool_]]

    def outcome(self, name: str) -> Outcome:
        """Return an outcome by name."""
        return next(outcome for outcome in self.outcomes if outcome.name == name)

    def metrics(self) -> dict[str, float]:
        """Return the model's means by name, and how many times the plain model's they are."""
        model, reference = self.outcome(MODEL), self.outcome(PLAIN_MODEL)
        found = {name: model.measure(name).value for name in MEASURES}
        times = ratio(model.of("ndcg_at_10"), reference.of("ndcg_at_10")).value
        return found | ({"times_plain_ndcg_at_10": times} if np.isfinite(times) else {})

    def as_markdown(self) -> str:
        """Return the tables as Markdown."""
        lists, source = len(self.protocol.lists), self.protocol.source
        lines = [f"# Quality on {lists} held-out {source}", ""]
        if source != PLAYLISTS:
            lines += [FALLBACK, ""]
        lines += [_row(("ranked by", *_HEADS, "× plain nDCG@10")), _row(["---"] * (len(_HEADS) + 2))]
        lines += [self._line(outcome) for outcome in self.outcomes]
        beside = ("ranked by", "coverage", "diversity", "novelty, bits", "popularity", "one artist's share")
        lines += ["", _row(beside), _row(["---"] * len(beside))]
        lines += [self._beside(outcome) for outcome in self.outcomes]
        return "\n".join([*lines, "", *self._slices(), ""])

    def _line(self, outcome: Outcome) -> str:
        measured = [str(outcome.measure(name)) for name in MEASURES]
        times = ratio(outcome.of("ndcg_at_10"), self.outcome(PLAIN_MODEL).of("ndcg_at_10"))
        return _row([outcome.name, *measured, f"{times.value:.2f} [{times.low:.2f} {times.high:.2f}]"])

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
            found = [self.outcome(one).of("ndcg_at_10")[chosen] for one in (PLAIN_MODEL, MODEL)]
            means = [f"{values.mean():.4f}" if len(values) else "" for values in found]
            lines.append(_row([name, str(int(chosen.sum())), *means]))
        return lines

    def as_dict(self) -> dict[str, Any]:
        """Return the first table as plain values, fit for JSON."""
        return {
            outcome.name: {
                name: {"mean": found.value, "low": found.low, "high": found.high}
                for name in MEASURES
                for found in [outcome.measure(name)]
            }
            for outcome in self.outcomes
        }


def compare(
    fitted: FittedModel,
    protocol: Protocol,
    most_by_artist: int | None = None,
    progress: Callable[[int, int], None] = lambda done, total: None,
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
    """
    rankers = baselines(fitted) | {MODEL: Recommender(fitted).scores}
    outcomes = []
    for done, (name, ranker) in enumerate(rankers.items(), start=1):
        outcomes.append(run(name, ranker, fitted.tracks, protocol, most_by_artist))
        progress(done, len(rankers))
    cosines = Recommender(plain(fitted)).cosines
    diversity = {outcome.name: outcome.diversity(cosines) for outcome in outcomes}
    return Comparison(protocol, outcomes, diversity, slices(fitted, protocol))


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
