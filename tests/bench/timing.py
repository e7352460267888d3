"""How long things take, and a table of it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


def median_ms(calls: Iterable[Callable[[], object]]) -> float:
    """Return the median wall time of the calls in ms; run them once before, to warm caches."""
    spent = []
    for call in calls:
        started = time.perf_counter()
        call()
        spent.append((time.perf_counter() - started) * 1e3)
    return statistics.median(spent)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table.

    Parameters
    ----------
    what : str
        What was measured, on how much.
    value, target : float
        Measured, and what the project promises on an idle core; `unit` is both's.
    unit : str
        "ms" or "MB".
    peer : str
        What else does the same, in the same run; empty if nothing does.
    peer_value : float
        Its measurement.
    least_ratio : float
        How many times better than the peer is required: machines differ, ratios hardly.
    """

    what: str
    value: float
    target: float
    unit: str = "ms"
    peer: str = ""
    peer_value: float = 0.0
    least_ratio: float = 0.0

    @property
    def ratio(self) -> float:
        """How many times better than the peer."""
        return self.peer_value / self.value

    @property
    def missed(self) -> bool:
        """Whether a required ratio was not reached."""
        return bool(self.peer) and self.ratio < self.least_ratio

    def text(self) -> str:
        """Return the line as printed."""
        verdict = "" if self.value <= self.target else " over"
        own = f"{self.what:38} {self.value:9.2f} {self.unit} (target {self.target:g}{verdict})"
        if not self.peer:
            return own
        wanted = f"at least {self.least_ratio:g}, {'MISSED' if self.missed else 'met'}"
        return f"{own:72} {self.peer} {self.peer_value:.2f} {self.unit}: ratio {self.ratio:.1f} ({wanted})"
