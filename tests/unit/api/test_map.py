"""GET /map, POST /map/places and the audio profile of a list, on a small real model with a map."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.fakes.catalogues import register
from tests.fakes.model_registry import InMemoryRegistry

from quintet.api.api import create_api
from quintet.api.model_holder import ModelHolder
from quintet.model import artifact
from quintet.model.map_layout import lay_out

SEEDS = ["t00001", "t00002"]


@pytest.fixture(scope="module")
def mapped(make_artifact: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    fitted = artifact.load(make_artifact())
    folder = tmp_path_factory.mktemp("mapped") / "model"
    artifact.write(replace(fitted, places=lay_out(fitted)), folder)
    return folder


@pytest.fixture
def client(registry: InMemoryRegistry, holder: ModelHolder, mapped: Path) -> TestClient:
    register(registry, mapped)
    holder.refresh()
    return TestClient(create_api(holder, 5.0))


def test_the_map_shows_the_catalogue_and_places_agree_with_it(client: TestClient) -> None:
    shown = client.get("/map").json()
    assert shown["model_version"] == "1"
    assert len(shown["points"]) == 300
    assert shown["regions"]
    point = shown["points"][7]
    answer = client.post("/map/places", json={"track_ids": [point["track_id"], "nobody"]}).json()
    assert answer["places"] == [{name: point[name] for name in ("track_id", "x", "y")}]


@pytest.mark.parametrize("body", [{}, {"track_ids": []}, {"track_ids": "t00001"}, {"track_ids": ["a"] * 501}])
def test_places_of_nothing_or_too_much_are_refused_by_name(client: TestClient, body: object) -> None:
    answer = client.post("/map/places", json=body)
    assert answer.status_code == 422
    assert "track_ids" in answer.text


def test_a_model_from_before_there_was_a_map_serves_without_one(
    registry: InMemoryRegistry, holder: ModelHolder, mapped: Path, tmp_path: Path
) -> None:
    manifest = artifact.read_manifest(mapped)
    old = tmp_path / "old"
    old.mkdir()
    for path in mapped.iterdir():
        if path.name != "map_places.npy":
            (old / path.name).symlink_to(path)
    (old / "manifest.json").unlink()
    files = {name: digest for name, digest in manifest.files.items() if name != "map_places.npy"}
    replace(manifest, files=files).write(old)
    register(registry, old)
    holder.refresh()
    client = TestClient(create_api(holder, 5.0))
    assert client.get("/map").json() == {"model_version": "1", "points": [], "regions": []}
    assert client.post("/map/places", json={"track_ids": SEEDS}).json()["places"] == []


def test_a_list_tells_how_it_sounds_beside_its_seeds(client: TestClient) -> None:
    profile = client.post("/recommend_ranked", json={"seeds": SEEDS}).json()["audio_profile"]
    assert set(profile) == {"seeds", "items"}
    for side in profile.values():
        assert {"energy", "valence", "tempo"} <= set(side)
        assert all(0 <= value <= 1 for value in side.values())
