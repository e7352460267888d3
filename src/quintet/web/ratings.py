"""What a listener thinks of songs of a list, kept for the visit. No Streamlit, no HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STARS = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Rating:
    """What is thought of one song.

    Parameters
    ----------
    stars : int or None
        1 to 5.
    is_known : bool
        The listener knew the song before.
    is_bad : bool
        The song should not have been recommended.
    """

    stars: int | None = None
    is_known: bool = False
    is_bad: bool = False

    def to_request(self, request_id: str, track_id: str) -> dict[str, Any]:
        """Write the body of `POST /ratings`."""
        said = {"rating": self.stars, "already_known": self.is_known, "bad": self.is_bad}
        return {"request_id": request_id, "track_id": track_id, **said}
