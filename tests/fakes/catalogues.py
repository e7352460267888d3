"""Small catalogues and the real models fitted to them: deterministic, made in a moment."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from quintet.data.dataset import Dataset, build_dataset
from quintet.data.schema import AUDIO_FEATURES
from quintet.fakes.world import Track
from quintet.model import artifact, features
from quintet.model.map_layout import lay_out
from quintet.ports import CHAMPION, ModelVersion, TrainedRun, Training

DEMO = Path(__file__).parents[2] / "dataset" / "demo" / "tracks.csv"
WORDS = ("amber", "river", "night", "glass", "summer", "paper", "heart", "signal", "velvet", "stone")
GENRES = (["dance pop", "pop"], ["nu metal"], ["jazz"], [], ["k-pop"])


def make_tracks(count: int, invented: bool = False, seed: int = 0) -> pd.DataFrame:
    """Return believable tracks with ids t00000, t00001, …; the same for the same arguments."""
    rng = np.random.default_rng(seed)
    tracks = pd.DataFrame([_track(i, invented, rng) for i in range(count)])
    whole = ["key", "mode", "time_signature"]
    tracks[whole] = tracks[whole].round()
    return tracks


def _track(i: int, invented: bool, rng: np.random.Generator) -> dict[str, Any]:
    return {
        "track_id": f"t{i:05d}",
        "track_name": f"{WORDS[i % 10]} {WORDS[i // 10 % 10]} {i}",
        "artists": [f"Artist {i % 97}"],
        "album_id": f"a{i // 7}",
        "album_name": f"Album {i // 7}",
        "release_date": str(1960 + i % 60),
        "genres": GENRES[i % len(GENRES)],
        "popularity": i % 101,
        "explicit": bool(i % 2),
        "duration_ms": 120_000 + 1_000 * (i % 200),
        "isrc": None,
        "image_url": None,
        "is_invented": invented,
        **{f.name: float(rng.uniform(max(f.low, -20), min(f.high, 180))) for f in AUDIO_FEATURES},
    }


def write_artifact(folder: Path, count: int = 300, invented: bool = False, seed: int = 0) -> Path:
    """Fit a model to such tracks and write it; every track is a recording of its own."""
    tracks = make_tracks(count, invented, seed)
    tracks["recording"] = tracks["song"] = np.arange(count, dtype=np.int32)
    fingerprint = hashlib.sha256(tracks.to_json().encode()).hexdigest()
    artifact.write(features.fit(Dataset(tracks, fingerprint)), folder)
    return folder


def world_artifact(folder: Path, tracks: Sequence[Track]) -> Path:
    """Fit a model to tracks the stand-ins know, and write it."""
    frame = pd.DataFrame(
        {
            "track_id": track.id,
            "track_name": track.name,
            "artists": [track.artist.name],
            "album_id": track.album_id,
            "album_name": track.album_name,
            "release_date": track.release_date.isoformat(),
            "genres": list(track.artist.genres),
            "popularity": track.popularity,
            "explicit": track.explicit,
            "duration_ms": track.duration_ms,
            "isrc": track.isrc,
            "image_url": None,
            "is_invented": False,
            **track.features,
        }
        for track in tracks
    )
    artifact.write(features.fit(build_dataset(frame)), folder)
    return folder


def register(registry: Any, folder: Path, *, promote: bool = True) -> ModelVersion:
    """Record an artifact as a new version, and make it champion."""
    metrics = {"catalogue_coverage": 0.5}
    run = TrainedRun("training", {}, metrics)
    version: ModelVersion = registry.record(Training(run, metrics, (), folder.parent, folder, ("t00000",)))
    if promote:
        registry.set_alias(CHAMPION, version.version)
    return version


def demo_artifact(folder: Path) -> Path:
    """Fit a model to the bundled demo catalogue and write it."""
    tracks = pd.read_csv(
        DEMO, dtype={"release_date": str}, keep_default_na=False, na_values={"time_signature": [""]}
    )
    for column in ("artists", "genres"):
        tracks[column] = [text.split(";") if text else [] for text in tracks[column]]
    tracks = tracks.assign(album_id=None, isrc=None, image_url=None, is_invented=True)
    fitted = features.fit(build_dataset(tracks))
    artifact.write(replace(fitted, places=lay_out(fitted)), folder)
    return folder
