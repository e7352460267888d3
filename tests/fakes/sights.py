"""What the stand-in for the API answers to be looked at: chart, map, overview. Of the tracks it has."""

from __future__ import annotations

from collections.abc import Callable
from math import cos, sin
from typing import Any

PROFILE = {
    "seeds": {"energy": 0.9, "loudness": 0.7, "valence": 0.5, "tempo": 0.45, "acousticness": 0.2},
    "items": {"energy": 0.85, "loudness": 0.72, "valence": 0.2, "tempo": 0.5, "acousticness": 0.22},
}


def hottest(api: Any, _: Any) -> dict[str, Any]:
    tracks = list(api.tracks.values())[:10]
    changes = [0, 3, -1, None, *[0] * 6] if api.has_chart else [None] * 10
    items = [
        track | {"rank": rank, "change": change, "is_in_catalogue": True}
        for rank, (track, change) in enumerate(zip(tracks, changes, strict=False), start=1)
    ]
    if not api.has_chart:
        return {"date": None, "source": "popular", "items": items}
    items[3] |= {"track_id": "fromfar", "track_name": "From Far Away", "is_in_catalogue": False}
    return {"date": "2026-11-22", "source": "deezer", "items": items}


def taste_map(api: Any, _: Any) -> dict[str, Any]:
    points = [
        _place(track_id) | {"genre": track["genres"][0], **{n: track[n] for n in ("track_name", "artists")}}
        for track_id, track in api.tracks.items()
    ]
    regions = [{"genre": "jazz", "x": 0.8, "y": 0.2}, {"genre": "k-pop", "x": -0.6, "y": -0.6}]
    shown = api.has_map
    return {
        "model_version": api.version,
        "points": points if shown else [],
        "regions": regions if shown else [],
    }


def places(api: Any, asked: dict[str, Any]) -> dict[str, Any]:
    known = [track_id for track_id in asked["track_ids"] if track_id in api.tracks]
    return {"model_version": api.version, "places": [_place(track_id) for track_id in known]}


def overview(api: Any, _: Any) -> dict[str, Any]:
    rated = {"model_version": "7", "ratings": 40, "raters": 9, "mean": 3.9, "low": 3.5, "high": 4.3}
    side = {"count": 40, "listeners": 9, "mean": 3.9, "low": 3.5, "high": 4.3}
    measure = {"name": "rating", "champion": side, "challenger": side | {"mean": 4.1}, "difference": 0.2}
    return {
        "catalogue": {"tracks": len(api.tracks), "sources": {"file": 45, "reccobeats": 15}},
        "last_crawl": {
            "date": "2026-11-22",
            "counts": {"accepted": 810, "rejected": 2, "added": 140},
            "rejected": {"no title": 2},
            "sources": {"features: spotify": 512, "features: reccobeats": 298, "genres: none": 300},
            "drift": {"valence": 0.31, "energy": 0.02},
            "left": {"discovery": "7 questions go on tomorrow: Spotify asks us to wait"},
        },
        "ratings": {"total": 40, "versions": [rated | {"already_known": 3, "bad": 1}]},
        "comparison": {
            "champion": "7",
            "challenger": "8",
            "measures": [measure | {"low": -0.2, "high": 0.6}],
            "winner": None,
            "verdict": "too early to tell",
        },
        "links": {"mlflow": "http://127.0.0.1:5000", "airflow": "javascript:alert(3)"},
        "database_answers": True,
    }


def _place(track_id: str) -> dict[str, Any]:
    angle = sum(map(ord, track_id))
    return {"track_id": track_id, "x": round(0.8 * cos(angle), 3), "y": round(0.8 * sin(angle), 3)}


SIGHTS: dict[str, Callable[[Any, Any], dict[str, Any]]] = {
    "/hottest": hottest,
    "/map": taste_map,
    "/map/places": places,
    "/overview": overview,
}
