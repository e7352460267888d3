"""Whether a new model may be served: no hard fault, and not clearly worse than the one it would replace.

Decides by outcomes on the same lists; models are run by `evaluation.outcome`; `jobs.promote` moves aliases.
"""

from __future__ import annotations

from dataclasses import dataclass

from quintet.model.evaluation.measures import difference
from quintet.model.evaluation.outcome import Outcome

LEAST_SIZE = 0.5  # of the tracks of the snapshot, or of the champion if it has more
LEAST_COVERAGE = 0.5  # of the champion's
LONGEST_MS = 100.0  # to score and rank one list
TOLERANCE = 0.05  # of the champion's mean: how far below it the paired interval may reach
JUDGED_BY = ("ndcg_at_10", "r_precision")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says.

    Parameters
    ----------
    passed : bool
        Whether the model may be served.
    reasons : tuple of str
        Why not, a sentence each; what it was judged by where it passed.
    """

    passed: bool
    reasons: tuple[str, ...]

    def __str__(self) -> str:
        return f"{'passed' if self.passed else 'refused'}: {'; '.join(self.reasons)}"


def decide(
    challenger: Outcome, champion: Outcome | None, snapshot_tracks: int, served: Outcome | None = None
) -> Verdict:
    """Judge a model by what it reached on the same lists as the champion.

    Parameters
    ----------
    challenger : Outcome
        Of the new model.
    champion : Outcome or None
        Of the model served now; None if there is none, or it cannot be opened.
    snapshot_tracks : int
        How many tracks the snapshot holds that both were run on.
    served : Outcome, optional
        Of the new model with all it learnt from these very lists, where it did: looked at for faults only.
    """
    expected = max(snapshot_tracks, len(champion.tracks) if champion is not None else 0)
    faults = _faults(served or challenger, expected)
    if champion is not None and len(challenger.values):
        faults += _shortfalls(challenger, champion)
    if faults:
        return Verdict(False, tuple(faults))
    if not len(challenger.values):
        return Verdict(True, ("no hard fault, and no list to compare it by",))
    if champion is None:
        return Verdict(True, ("no hard fault, and no champion to compare it with",))
    return Verdict(True, tuple(_compared(name, challenger, champion) for name in JUDGED_BY))


def _faults(outcome: Outcome, expected: int) -> list[str]:
    """Return what no model may do, whatever the champion does."""
    lists, known = len(outcome.values), len(outcome.tracks)
    checks = {
        f"scores are not finite numbers for {outcome.not_finite} of {lists} lists": outcome.not_finite > 0,
        f"seeds came back in {outcome.seeds_back} of {lists} lists": outcome.seeds_back > 0,
        f"it knows {known:,} tracks, not {expected:,}": known < LEAST_SIZE * expected,
        f"a list takes {outcome.median_ms:.0f} ms, the limit is {LONGEST_MS:.0f} ms": outcome.median_ms
        > LONGEST_MS,
    }
    return [reason for reason, fault in checks.items() if fault]


def _shortfalls(challenger: Outcome, champion: Outcome) -> list[str]:
    """Return in what the challenger is clearly behind."""
    behind = [
        f"{_compared(name, challenger, champion)}: below the tolerance of {-_tolerance(name, champion):.4f}"
        for name in JUDGED_BY
        if difference(challenger.of(name), champion.of(name)).low < -_tolerance(name, champion)
    ]
    if challenger.coverage < LEAST_COVERAGE * champion.coverage:
        behind.append(
            f"its lists cover {challenger.coverage:.1%} of the catalogue, not {champion.coverage:.1%}"
        )
    return behind


def _tolerance(name: str, champion: Outcome) -> float:
    return TOLERANCE * champion.measure(name).value


def _compared(name: str, challenger: Outcome, champion: Outcome) -> str:
    found, old = challenger.measure(name).value, champion.measure(name).value
    interval = difference(challenger.of(name), champion.of(name))
    return f"{name} {found:.4f} against {old:.4f} (difference {interval.low:+.4f} to {interval.high:+.4f})"
