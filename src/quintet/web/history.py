"""The steps a visitor can take back, latest first. No Streamlit, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from quintet.web.ratings import Rating
from quintet.web.state import PageState

MAX_STEPS = 50


@dataclass(frozen=True)
class Step:
    """One step: where it led away from, in words what it was, and a rating it changed.

    Parameters
    ----------
    before : PageState
        The page before the step.
    said : str
        What was done, for the visitor.
    rated : tuple of str or None
        The list (its request id) and the song of it that was rated.
    rating : Rating
        What was thought of it before.
    """

    before: PageState
    said: str
    rated: tuple[str, str] | None = None
    rating: Rating = field(default_factory=Rating)


@dataclass
class History:
    """Steps of one visitor, the latest last; and what to say where no step was taken."""

    steps: list[Step] = field(default_factory=list)
    notice: str = ""
    number: int = 0  # of the latest thing said: the browser side tells old words from new

    def note(
        self, before: PageState, said: str, rated: tuple[str, str] | None = None, rating: Rating | None = None
    ) -> None:
        """Remember a step that leads away from `before`."""
        self.steps = [*self.steps[1 - MAX_STEPS :], Step(before, said, rated, rating or Rating())]
        self.tell("")

    def tell(self, notice: str) -> None:
        """Say something that cannot be taken back."""
        self.notice = notice
        self.number += 1

    def back(self, now: PageState) -> Step | None:
        """Take the latest step back that changed anything; the language stays as it is now."""
        while self.steps:
            step = self.steps.pop()
            before = replace(step.before, language=now.language)
            if before != now or step.rated:
                self.tell("")
                return replace(step, before=before)
        return None
