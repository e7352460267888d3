"""Spotify's JSON read into the ports' values: every regime's field names, nulls and gaps. No calls here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from quintet.data.schema import FEATURE_NAMES
from quintet.ports import CreditedArtist, FoundTrack

Body = Mapping[str, Any]


def read_track(body: Body | None) -> FoundTrack | None:
    """Return a track, or None for a null, a local file, an episode, or one without name or artist."""
    if not body or body.get("type", "track") != "track" or body.get("is_local") or not body.get("id"):
        return None
    artists = tuple(_artists(body.get("artists") or ()))
    if not artists or not body.get("name") or not body.get("duration_ms"):
        return None
    album = body.get("album") or {}
    return FoundTrack(
        track_id=body["id"],
        track_name=body["name"],
        artists=artists,
        album_id=album.get("id"),
        album_name=album.get("name"),
        release_date=album.get("release_date"),
        duration_ms=int(body["duration_ms"]),
        explicit=body.get("explicit"),
        popularity=body.get("popularity"),
        isrc=(body.get("external_ids") or {}).get("isrc"),
        image_url=_middle_image(album.get("images") or ()),
    )


def _artists(bodies: Iterable[Body]) -> Iterable[CreditedArtist]:
    return (
        CreditedArtist(body["id"], body["name"]) for body in bodies if body.get("id") and body.get("name")
    )


def _middle_image(images: Iterable[Body]) -> str | None:
    """Return the picture nearest to 300 pixels: sharp on a card, small on the way."""
    best = min(images, key=lambda image: abs((image.get("width") or 0) - 300), default=None)
    return best.get("url") if best else None


def read_tracks(bodies: Iterable[Body | None]) -> tuple[FoundTrack, ...]:
    """Return the tracks among some bodies, in their order."""
    return tuple(track for body in bodies if (track := read_track(body)))


def entries_of(playlist_page: Body) -> list[Body | None]:
    """Return the tracks of a playlist's or library's page, wrapped as `item` or, before 2026, as `track`."""
    return [entry.get("item") or entry.get("track") for entry in playlist_page.get("items") or () if entry]


def read_features(body: Body) -> dict[str, float]:
    """Return audio features by name, those that are there."""
    return {name: float(body[name]) for name in FEATURE_NAMES if body.get(name) is not None}


def next_offset(page: Body) -> int | None:
    """Return where the next page begins, or None."""
    if not page.get("next"):
        return None
    return int(page.get("offset") or 0) + len(page.get("items") or ())
