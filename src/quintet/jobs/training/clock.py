"""The steps of a job as they begin and end: said, and timed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

from quintet.ports import Progress


@dataclass(slots=True)
class Clock:
    """Says which step begins, and keeps how long each took.

    Parameters
    ----------
    progress : Progress
        Told of every step.
    seconds : dict of str to float
        Wall-clock time by step, in order.
    """

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str, total: int = 1) -> Iterator[None]:
        """Time what is done inside; `total` is how much there is to do."""
        self.progress(name, 0, total)
        started = perf_counter()
        yield
        self.seconds[name] = round(perf_counter() - started, 3)
        self.progress(name, total, total)

    def metrics(self) -> dict[str, float]:
        """Return the seconds by names fit for metrics."""
        return {f"{step.replace(' ', '_')}_s": seconds for step, seconds in self.seconds.items()}
