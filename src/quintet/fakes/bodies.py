"""Spotify's JSON shapes for what `world` invents, full or as a new app of 2026 sees them. No routes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlencode

from quintet.fakes.regime import Regime
from quintet.fakes.world import Artist, Track

Body = dict[str, Any]
_WEB = "https://open.spotify.com"
_API = "https://api.spotify.com/v1"


def named(kind: str, item_id: str) -> Body:
    """Return the four members every Spotify object has."""
    return {
        "external_urls": {"spotify": f"{_WEB}/{kind}/{item_id}"},
        "href": f"{_API}/{kind}s/{item_id}",
        "id": item_id,
        "type": kind,
        "uri": f"spotify:{kind}:{item_id}",
    }


def images(item_id: str) -> list[Body]:
    """Return three sizes of a picture; the addresses lead nowhere."""
    return [
        {"height": size, "url": f"https://i.scdn.co/image/{item_id}{size:07d}", "width": size}
        for size in (640, 300, 64)
    ]


def simple_artist(artist: Artist) -> Body:
    """Return an artist as a track names it."""
    return {**named("artist", artist.id), "name": artist.name}


def full_artist(artist: Artist, regime: Regime) -> Body:
    """Return an artist as `/artists/{id}` answers."""
    body = {**simple_artist(artist), "genres": list(artist.genres), "images": images(artist.id)}
    if regime.full_fields:
        body |= {
            "followers": {"href": None, "total": artist.popularity * 5_171},
            "popularity": artist.popularity,
        }
    return body


def album(track: Track, regime: Regime) -> Body:
    """Return a track's album; every third release date is known only to the month or year."""
    precision = ("day", "day", "month", "year")[len(track.album_name) % 4]
    length = {"day": 10, "month": 7, "year": 4}[precision]
    body = {
        **named("album", track.album_id),
        "album_type": "album",
        "artists": [simple_artist(track.artist)],
        "images": images(track.album_id),
        "name": track.album_name,
        "release_date": track.release_date.isoformat()[:length],
        "release_date_precision": precision,
        "total_tracks": 8,
    }
    return body | {"available_markets": ["DE", "KR", "US"]} if regime.full_fields else body


def full_track(track: Track, regime: Regime) -> Body:
    """Return a track as `/tracks/{id}`, searches and playlists answer."""
    body = {
        **named("track", track.id),
        "album": album(track, regime),
        "artists": [simple_artist(track.artist)],
        "disc_number": 1,
        "duration_ms": track.duration_ms,
        "explicit": track.explicit,
        "external_ids": {"isrc": track.isrc} if track.isrc else {},
        "is_local": False,
        "name": track.name,
        "preview_url": None,
        "track_number": 1,
    }
    if regime.full_fields:
        body |= {"popularity": track.popularity, "available_markets": ["DE", "KR", "US"]}
    return body


def audio_features(track: Track) -> Body:
    """Return a track's audio features as Spotify wrote them."""
    return {
        **track.features,
        "type": "audio_features",
        "id": track.id,
        "uri": f"spotify:track:{track.id}",
        "track_href": f"{_API}/tracks/{track.id}",
        "analysis_url": f"{_API}/audio-analysis/{track.id}",
        "duration_ms": track.duration_ms,
    }


def playlist(playlist_id: str, name: str, owner: str) -> Body:
    """Return a playlist's metadata, without its items."""
    return {
        **named("playlist", playlist_id),
        "collaborative": False,
        "description": "",
        "images": images(playlist_id)[:1],
        "name": name,
        "owner": {**named("user", owner), "display_name": owner},
        "primary_color": None,
        "public": True,
        "snapshot_id": "AAAAB",
    }


def playlist_entry(track: Body | None, key: str) -> Body:
    """Return one row of a playlist; `key` is "item", or "track" in the older shape."""
    return {
        "added_at": "2026-01-03T10:20:30Z",
        "added_by": named("user", "somebody"),
        "is_local": False,
        "primary_color": None,
        "video_thumbnail": {"url": None},
        key: track,
    }


def page(
    rows: Sequence[Any],
    url: str,
    query: dict[str, str],
    limit: int,
    offset: int,
    body_of: Callable[[Any], Any],
) -> Body:
    """Return Spotify's paging object; `next` and `previous` name this server, as clients follow them."""

    def address(at: int) -> str:
        return f"{url}?{urlencode({**query, 'offset': at, 'limit': limit})}"

    return {
        "href": address(offset),
        "items": [body_of(row) for row in rows[offset : offset + limit]],
        "limit": limit,
        "next": address(offset + limit) if offset + limit < len(rows) else None,
        "offset": offset,
        "previous": address(max(0, offset - limit)) if offset else None,
        "total": len(rows),
    }
