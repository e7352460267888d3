"""The taste map as the API answers it, and what can be said of it in words. No HTTP and no markup."""

from __future__ import annotations

from math import hypot

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


class Places(Answer):
    """Where some songs stand."""

    places: tuple[Place, ...] = ()
