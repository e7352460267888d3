"""An artifact comes back as it was written, and damage is found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from quintet.data.dataset import Dataset
from quintet.errors import ArtifactError
from quintet.model import artifact, features
from quintet.model.recommender import Recommender


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder, tmp_path / "copy"))


def test_a_written_model_answers_as_the_fitted_one(small_dataset: Dataset, recommender: Recommender) -> None:
    fitted = Recommender(features.fit(small_dataset))
    assert fitted.recommend(["a1", "b1"]) == recommender.recommend(["a1", "b1"])


def test_the_manifest_says_what_the_model_is(folder: Path) -> None:
    manifest = artifact.verify(folder)
    assert (manifest.fingerprint, manifest.tracks, manifest.metrics) == ("f" * 64, 13, {"precision": 0.5})
    assert manifest.parameters["config"]["metric"] == "CosineSimilarity"
    assert "numpy" in manifest.libraries


def test_writing_again_replaces_the_folder_and_leaves_nothing_beside(
    small_dataset: Dataset, tmp_path: Path
) -> None:
    for _ in range(2):
        artifact.write(features.fit(small_dataset), tmp_path / "artifact")
    assert [path.name for path in tmp_path.iterdir()] == ["artifact"]
    artifact.verify(tmp_path / "artifact")


def test_opening_does_not_spoil_verification(copy: Path) -> None:
    Recommender.open(copy)
    artifact.verify(copy)


def test_a_changed_byte_is_found(copy: Path) -> None:
    path = copy / "audio_vectors.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x07")
    with pytest.raises(ArtifactError, match=r"audio_vectors\.npy"):
        artifact.verify(copy)


def test_a_missing_file_is_found(copy: Path) -> None:
    (copy / "track_song.npy").unlink()
    with pytest.raises(ArtifactError, match=r"track_song\.npy"):
        artifact.verify(copy)
    with pytest.raises(ArtifactError):
        Recommender.open(copy)


def test_a_file_nobody_listed_is_found(copy: Path) -> None:
    (copy / "search" / "more.term").write_bytes(b"x")
    with pytest.raises(ArtifactError, match=r"more\.term"):
        artifact.verify(copy)


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "a/../../secret", "..\\secret", "a\x00b"])
def test_a_manifest_that_leads_out_of_the_folder_is_refused(copy: Path, name: str) -> None:
    edit(copy, files={name: "0" * 64})
    with pytest.raises(ArtifactError, match="outside"):
        artifact.verify(copy)


def test_a_link_that_leads_out_of_the_folder_is_refused(copy: Path) -> None:
    path = copy / "track_song.npy"
    shutil.move(path, copy.parent / "elsewhere.npy")
    path.symlink_to(copy.parent / "elsewhere.npy")
    with pytest.raises(ArtifactError, match="outside"):
        artifact.verify(copy)


def test_another_format_is_refused(copy: Path) -> None:
    edit(copy, format=999)
    with pytest.raises(ArtifactError, match="999"):
        Recommender.open(copy)


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"format": 1}', "\x00"])
def test_a_broken_manifest_is_refused(copy: Path, text: str) -> None:
    (copy / "manifest.json").write_text(text)
    with pytest.raises(ArtifactError):
        Recommender.open(copy)


def test_a_pickled_array_is_refused(copy: Path) -> None:
    np.save(copy / "track_song.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ArtifactError):
        Recommender.open(copy)


def edit(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))
