"""The demo catalogue through Quintet's own eyes: imported whole, grouped rightly, recommended well."""

from __future__ import annotations

import random
from pathlib import Path
from statistics import mean

import pandas as pd
import pytest

from quintet.adapters.track_files.canonical import write_canonical
from quintet.adapters.track_files.track_file import TrackFile
from quintet.data.dataset import Dataset, build_dataset
from quintet.data.validation import CheckedRows, check_rows
from quintet.model.config import ModelConfig
from quintet.model.features import fit
from quintet.model.recommender import Recommender
from quintet.model.wishes import UNCAPPED

DEMO = Path(__file__).resolve().parents[3] / "dataset" / "demo"
LIST_LENGTH = 50
SEEDS = 5


@pytest.fixture(scope="module")
def checked() -> list[CheckedRows]:
    return [check_rows(rows) for rows in TrackFile(DEMO / "tracks.csv").chunks(lambda *_: None)]


@pytest.fixture(scope="module")
def dataset(checked: list[CheckedRows]) -> Dataset:
    return build_dataset(pd.concat([rows.tracks for rows in checked], ignore_index=True))


@pytest.fixture(scope="module")
def playlists() -> list[list[str]]:
    rows = pd.read_csv(DEMO / "playlists.csv")
    return [list(tracks) for _, tracks in rows.groupby("playlist_id")["track_id"]]


def test_no_row_is_refused(checked: list[CheckedRows]) -> None:
    assert sum(len(rows.rejected) for rows in checked) == 0


def test_every_song_is_known_to_be_invented(dataset: Dataset) -> None:
    assert dataset.tracks["is_invented"].all()


def test_the_bundled_file_is_what_an_export_writes(checked: list[CheckedRows], tmp_path: Path) -> None:
    write_canonical(pd.concat([rows.tracks for rows in checked]), tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == (DEMO / "tracks.csv").read_bytes()


def test_releases_of_one_recording_are_grouped_and_nothing_else_is(dataset: Dataset) -> None:
    tracks = dataset.tracks
    name = tracks["track_name"].str.replace(r" - Remastered \d{4}$", "", regex=True)
    truth = pd.factorize(name + "\n" + tracks["artists"].str[0])[0]
    pairs = {(recording, true) for recording, true in zip(tracks["recording"], truth, strict=True)}
    assert len(pairs) == tracks["recording"].nunique() == len(set(truth))


def test_versions_are_other_recordings_of_the_same_song(dataset: Dataset) -> None:
    tracks = dataset.tracks
    versions = tracks["track_name"].str.extract(
        r"^(.*?)(?: \(feat\. .*\))? - (?:Acoustic|.* Remix|Live .*)$"
    )[0]
    studio = tracks.set_index([tracks["track_name"], tracks["artists"].str[0]])
    found = 0
    for row in versions.dropna().index:
        key = (versions[row], tracks["artists"][row][0])
        if key in studio.index:
            original = studio.loc[[key]].iloc[0]
            assert original["song"] == tracks["song"][row]
            assert original["recording"] != tracks["recording"][row]
            found += 1
    assert found > 200


def _recall(recommender: Recommender, recording: dict[str, int], playlists: list[list[str]]) -> float:
    """Return how much of the rest of a playlist stands in the list that five of its tracks lead to."""
    shares = []
    for number, tracks in enumerate(playlists):
        shuffled = random.Random(number).sample(tracks, len(tracks))
        rest = {recording[track] for track in shuffled[SEEDS:]}
        items = recommender.recommend(shuffled[:SEEDS], LIST_LENGTH, UNCAPPED).items
        shares.append(len(rest & {recording[item.track_id] for item in items}) / len(rest))
    return mean(shares)


def test_the_model_finds_the_rest_of_a_playlist_far_better_than_popularity(
    dataset: Dataset, playlists: list[list[str]]
) -> None:
    recording = dict(zip(dataset.tracks["track_id"], dataset.tracks["recording"], strict=True))
    popular = dataset.tracks.nlargest(LIST_LENGTH, "popularity")["recording"]
    by_popularity = mean(
        len(set(popular) & {recording[track] for track in tracks}) / len(tracks) for tracks in playlists
    )
    model = _recall(Recommender(fit(dataset, ModelConfig())), recording, playlists)
    assert model > 0.2 > 4 * by_popularity


def test_both_blocks_help(dataset: Dataset, playlists: list[list[str]]) -> None:
    recording = dict(zip(dataset.tracks["track_id"], dataset.tracks["recording"], strict=True))
    sound, both = (
        _recall(
            Recommender(fit(dataset, ModelConfig(genre_weight=share, audio_weight=1 - share))),
            recording,
            playlists,
        )
        for share in (0.0, 0.7)
    )
    assert both > 1.5 * sound > 0.1
