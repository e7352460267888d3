"""A small invented catalogue, and the model fitted to it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests.bench import catalogues

from quintet.data.dataset import Dataset
from quintet.data.schema import FEATURE_NAMES
from quintet.model import artifact, features
from quintet.model.recommender import Recommender
from quintet.model.search import SearchIndex

CALM = {"danceability": 0.3, "energy": 0.2, "key": 0, "loudness": -18.0, "mode": 1, "speechiness": 0.03}
CALM |= {"acousticness": 0.9, "instrumentalness": 0.4, "liveness": 0.1, "valence": 0.2, "tempo": 70.0}
LOUD = {"danceability": 0.8, "energy": 0.9, "key": 6, "loudness": -4.0, "mode": 0, "speechiness": 0.2}
LOUD |= {"acousticness": 0.02, "instrumentalness": 0.0, "liveness": 0.4, "valence": 0.8, "tempo": 130.0}

MakeTrack = Callable[..., dict[str, Any]]


def track(track_id: str, name: str, artist: str, genres: list[str], sound: dict[str, float], **more: Any):
    """A track as the data set holds it; its own recording and song unless told otherwise."""
    row: dict[str, Any] = dict.fromkeys(FEATURE_NAMES, float("nan"))
    row |= {"track_id": track_id, "track_name": name, "artists": [artist], "genres": genres, **sound}
    row |= {"album_name": f"{name} (album)", "release_date": "2001", "popularity": 50, "explicit": False}
    row |= {"duration_ms": 200_000, "image_url": None, "is_invented": True}
    return row | more


def dataset(rows: list[dict[str, Any]]) -> Dataset:
    """Number recordings and songs where the rows do not say."""
    for number, row in enumerate(rows):
        row.setdefault("recording", number + 1000)
        row.setdefault("song", row["recording"])
    return Dataset(pd.DataFrame(rows), "f" * 64)


ROWS = [
    track("a1", "Quiet Lake", "Mira Vale", ["folk", "indie folk"], CALM, popularity=70),
    track("a2", "Slow River", "Mira Vale", ["folk", "indie folk"], CALM | {"tempo": 75.0}),
    track("a3", "Still Water", "Tomas Reed", ["folk"], CALM | {"energy": 0.25}),
    track("a4", "Pine Song", "Tomas Reed", ["folk"], CALM | {"valence": 0.35}),
    track("a5", "Hush", "Nobody Known", [], CALM | {"valence": 0.25}),
    track("b1", "Neon Pulse", "K-Volt", ["dance pop", "electro"], LOUD, popularity=90),
    track("b2", "Neon Pulse - Live", "K-Volt", ["dance pop", "electro"], LOUD | {"liveness": 0.9}),
    track("b3", "Strobe", "K-Volt", ["dance pop", "electro"], LOUD | {"tempo": 128.0}),
    track("b4", "Hot Floor", "Dona Luz", ["dance pop"], LOUD | {"valence": 0.9}),
    track("b5", "Hot Floor", "Dona Luz", ["dance pop"], LOUD | {"valence": 0.9}, popularity=20),
    track("b6", "Crush Hour", "Dona Luz", ["pop"], LOUD | {"energy": 0.8}),
    track("c1", "비 오는 날", "한소리", ["k-pop"], CALM | {"energy": 0.5}),
    track("c2", "Étoile d'été", "Béa Noël", ["chanson"], CALM | {"energy": 0.4}),
]
SAME_SONG = {"b2": "b1"}
SAME_RECORDING = {"b5": "b4"}


@pytest.fixture(scope="session")
def small_dataset() -> Dataset:
    """Thirteen tracks; b4 and b5 are one recording, b1 and b2 two versions of one song."""
    rows = [dict(row) for row in ROWS]
    number = {row["track_id"]: i for i, row in enumerate(rows)}
    for row in rows:
        row["recording"] = number[SAME_RECORDING.get(row["track_id"], row["track_id"])]
        row["song"] = number[
            SAME_SONG.get(row["track_id"], SAME_RECORDING.get(row["track_id"], row["track_id"]))
        ]
    return dataset(rows)


@pytest.fixture(scope="session")
def folder(small_dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small catalogue's artifact."""
    folder = tmp_path_factory.mktemp("models") / "artifact"
    artifact.write(features.fit(small_dataset), folder, {"precision": 0.5})
    return folder


@pytest.fixture(scope="session")
def recommender(folder: Path) -> Recommender:
    """The small catalogue's recommender, memory-mapped."""
    return Recommender.open(folder)


@pytest.fixture(scope="session")
def search(folder: Path, recommender: Recommender) -> SearchIndex:
    """The small catalogue's search."""
    return SearchIndex(folder / artifact.SEARCH_FOLDER, recommender.tracks)


REAL_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"


@pytest.fixture(scope="session")
def real(tmp_path_factory: pytest.TempPathFactory) -> tuple[SearchIndex, Recommender]:
    """Search and recommender over the real development data; skipped where that is absent."""
    data = catalogues.real(REAL_DATA)
    if data is None:
        pytest.skip("../shared/data is not here")
    folder = tmp_path_factory.mktemp("real") / "artifact"
    artifact.write(features.fit(data), folder)
    recommender = Recommender.open(folder)
    return SearchIndex(folder / artifact.SEARCH_FOLDER, recommender.tracks), recommender
