"""Quality on the real development data, where it is present: what holds by a wide margin."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.bench import catalogues

from quintet.data.dataset import Dataset
from quintet.model.evaluation.baselines import plain
from quintet.model.evaluation.measures import ratio
from quintet.model.evaluation.outcome import Outcome, run
from quintet.model.evaluation.protocol import Protocol, held_out
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.list_learning import learn
from quintet.model.recommender import Recommender

REAL_DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FOLD = 0


@pytest.fixture(scope="module")
def data() -> Dataset:
    found = catalogues.real(REAL_DATA)
    if found is None:
        pytest.skip("../shared/data is not here")
    return found


@pytest.fixture(scope="module")
def playlists(data: Dataset) -> pd.DataFrame:
    return pd.read_csv(REAL_DATA / "spotify_songs.csv", usecols=["track_id", "playlist_id", "playlist_name"])


@pytest.fixture(scope="module")
def content(data: Dataset) -> FittedModel:
    return fit(data)


def outcome(model: FittedModel, protocol: Protocol) -> Outcome:
    return run("model", Recommender(model).scores, model.tracks, protocol)


@pytest.mark.real_data
def test_content_alone_is_twice_the_plain_model(
    data: Dataset, playlists: pd.DataFrame, content: FittedModel
) -> None:
    """About 2.3 and 2.1 times: docs/quality.md."""
    protocol = held_out(data.tracks, playlists)
    new, old = outcome(content, protocol), outcome(plain(content), protocol)
    assert old.measure("ndcg_at_10").value == pytest.approx(0.157, abs=0.015)
    assert ratio(new.of("ndcg_at_10"), old.of("ndcg_at_10")).value > 2.0
    assert ratio(new.of("r_precision"), old.of("r_precision")).value > 1.6
    assert new.seeds_back == new.not_finite == 0


@pytest.mark.real_data
def test_playlists_of_other_folds_make_it_better(
    data: Dataset, playlists: pd.DataFrame, content: FittedModel
) -> None:
    """One fold is held out, and what is learnt from the other four is tried on it."""
    lessons = held_out(data.tracks, playlists, draw=1)
    others = [one for one in lessons.lists if one.fold != FOLD]
    taught = learn(content, [replace(lessons, lists=others)])
    protocol = held_out(data.tracks, playlists).of_fold(FOLD)
    new = outcome(replace(content, reranker=taught.reranker), protocol)
    old = outcome(content, protocol)
    assert len(protocol.lists) > 80
    assert np.mean(new.of("ndcg_at_100") - old.of("ndcg_at_100")) > 0.005
    assert np.mean(new.of("ndcg_at_10") - old.of("ndcg_at_10")) > 0
