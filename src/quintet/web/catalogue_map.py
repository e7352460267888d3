"""The taste map as the API answers it, and what can be said of it in words. No HTTP and no markup."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, hypot, pi

from quintet.web.tracks import Answer

NEAR = 0.35  # of the map's half width: farther away from its name, a region is not meant


class Place(Answer):
    """Where a song stands, −1 to 1 both ways; only distances mean something."""

    track_id: str
    x: float
    y: float


class Point(Place):
    """A song of the sample that stands for the catalogue."""

    track_name: str
    artists: tuple[str, ...] = ()
    genre: str | None = None


class Region(Answer):
    """A genre whose songs keep together."""

    genre: str
    x: float
    y: float


class TasteMap(Answer):
    """The catalogue in two dimensions; no point where the model has no map."""

    points: tuple[Point, ...] = ()
    regions: tuple[Region, ...] = ()

    def region_of(self, place: Place) -> str | None:
        """Name the region a place is in or near, if any."""
        near = [(hypot(r.x - place.x, r.y - place.y), r.genre) for r in self.regions]
        distance, genre = min(near, default=(NEAR, ""))
        return genre if distance < NEAR else None


def around(here: Place, points: Iterable[Point]) -> dict[int, Point]:
    """Find the nearest song in each of eight directions: 0 is right, 2 up, 4 left, 6 down."""
    nearest: dict[int, tuple[float, Point]] = {}
    for point in points:
        right, up = point.x - here.x, point.y - here.y
        direction, distance = round(4 * atan2(up, right) / pi) % 8, hypot(right, up)
        if distance > 0 and (direction not in nearest or distance < nearest[direction][0]):
            nearest[direction] = distance, point
    return {direction: point for direction, (_, point) in nearest.items()}


class Places(Answer):
    """Where some songs stand."""

    places: tuple[Place, ...] = ()
