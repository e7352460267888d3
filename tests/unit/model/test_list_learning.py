"""What playlists teach, on a catalogue with known neighbours."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.fakes.scenes import playlists_by_fame, scene_playlists, scene_tracks

from quintet.data.dataset import build_dataset
from quintet.errors import RerankerError
from quintet.model import artifact
from quintet.model.evaluation.protocol import Protocol, held_out
from quintet.model.evaluation.table import MODEL, RERANKED, compare
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.list_examples import RatedList
from quintet.model.list_learning import Learnt, learn
from quintet.model.manifest import MANIFEST
from quintet.model.recommender import Recommender
from quintet.model.reranking import LEARNT
from quintet.model.wishes import UNCAPPED, Filters

TRACKS = scene_tracks()
SEEDS = ["s0a1n0", "s0a2n1", "s0a4n2", "s0a5n3", "s0a7n4"]


def protocol(playlists: pd.DataFrame, draw: int) -> Protocol:
    return held_out(build_dataset(TRACKS).tracks, playlists, draw)


@pytest.fixture(scope="module")
def playlists() -> pd.DataFrame:
    return playlists_by_fame(TRACKS)


@pytest.fixture(scope="module")
def content() -> FittedModel:
    return fit(build_dataset(TRACKS))


@pytest.fixture(scope="module")
def learnt(content: FittedModel, playlists: pd.DataFrame) -> Learnt:
    return learn(content, [protocol(playlists, 1)])


@pytest.fixture(scope="module")
def taught(content: FittedModel, learnt: Learnt) -> FittedModel:
    return replace(content, reranker=learnt.reranker)


def test_what_lists_have_in_common_is_learnt_and_holds_for_other_lists_and_seeds(
    taught: FittedModel, learnt: Learnt, playlists: pd.DataFrame
) -> None:
    assert learnt.is_worth_it
    found = compare(taught, protocol(playlists, 0), by_fold=learnt.by_fold)
    values = {name: found.outcome(name).measure("r_precision").value for name in (MODEL, RERANKED)}
    assert values[RERANKED] > values[MODEL]
    assert found.metrics()["r_precision"] == values[RERANKED]


def test_no_re_ranker_has_seen_the_lists_it_is_judged_by(
    content: FittedModel, learnt: Learnt, playlists: pd.DataFrame
) -> None:
    lists = protocol(playlists, 1)
    mine = [one.list_id for one in lists.lists if one.fold == 2]
    other = lists.lists[0].fold
    assert mine
    assert other != 2
    shuffled = Protocol(
        [
            replace(one, truth=frozenset(range(len(one.truth)))) if one.list_id in mine else one
            for one in lists.lists
        ],
        lists.recording_of,
    )
    again = learn(content, [shuffled])
    assert np.array_equal(again.by_fold[2].forest.parts, learnt.by_fold[2].forest.parts)
    assert np.array_equal(again.by_fold[2].vectors, learnt.by_fold[2].vectors)
    assert not np.array_equal(again.by_fold[other].vectors, learnt.by_fold[other].vectors)


def test_ratings_are_learnt_from_beside_playlists(
    content: FittedModel, learnt: Learnt, playlists: pd.DataFrame
) -> None:
    """Listeners who like the loudest tracks best: sound tells more than it did, and playlists still judge."""
    seeds = tuple(SEEDS)
    loud = {row.track_id: int(4 * row.energy) for row in TRACKS.itertuples() if row.track_id not in seeds}
    rated = [RatedList(seeds, loud, 1.0)] * 30
    more = learn(content, [protocol(playlists, 1)], rated=rated)
    assert not np.array_equal(more.reranker.forest.parts, learnt.reranker.forest.parts)
    assert np.array_equal(more.reranker.vectors, learnt.reranker.vectors)
    silent = learn(content, [protocol(playlists, 1)], rated=[RatedList(("gone",), {"gone too": 4}, 1.0)])
    assert np.array_equal(silent.reranker.forest.parts, learnt.reranker.forest.parts)


def test_a_list_falls_its_reasons_add_up_and_no_seed_is_in_it(taught: FittedModel) -> None:
    found = Recommender(taught).recommend(SEEDS, 200, UNCAPPED)
    scores = [item.score for item in found.items]
    assert len(scores) == 200
    assert scores == sorted(scores, reverse=True)
    assert not {item.track_id for item in found.items} & set(SEEDS)
    for item in found.items:
        parts = item.reasons.contributions
        assert sum(part.value for part in parts) == pytest.approx(item.score, abs=1e-4)


def test_the_second_look_is_at_the_best_of_those_a_filter_lets_through(taught: FittedModel) -> None:
    wishes = replace(UNCAPPED, filters=Filters(year_min=1990))
    found = Recommender(taught).recommend(SEEDS, 20, wishes)
    names = [part.name for item in found.items for part in item.reasons.contributions]
    assert any(name.startswith(LEARNT) for name in names)
    assert not any("not among" in name for name in names)


def test_an_artifact_brings_the_same_answers_bit_for_bit(taught: FittedModel, tmp_path: Path) -> None:
    artifact.write(taught, tmp_path / "model")
    artifact.verify(tmp_path / "model")
    opened = Recommender.open(tmp_path / "model")
    assert opened.recommend(SEEDS, 50) == Recommender(taught).recommend(SEEDS, 50)
    assert not [path for path in (tmp_path / "model").rglob("*") if path.suffix in {".pkl", ".txt"}]


def test_an_artifact_of_the_format_before_is_read_as_one_without_a_re_ranker(
    content: FittedModel, tmp_path: Path
) -> None:
    artifact.write(content, tmp_path / "model")
    told = tmp_path / "model" / MANIFEST
    told.write_text(json.dumps(json.loads(told.read_text("utf-8")) | {"format": 2}), "utf-8")
    assert artifact.load(tmp_path / "model").reranker is None


def test_too_few_playlists_teach_nothing(content: FittedModel) -> None:
    with pytest.raises(RerankerError, match="fewer than 100 playlists"):
        learn(content, [protocol(scene_playlists(TRACKS), 1)])


def test_playlists_that_cannot_be_kept_apart_teach_nothing(
    content: FittedModel, playlists: pd.DataFrame
) -> None:
    found = protocol(playlists, 1)
    chained = replace(found, lists=[replace(one, fold=0) for one in found.lists])
    with pytest.raises(RerankerError, match="none can be kept apart"):
        learn(content, [chained])


def test_a_missing_lightgbm_is_said_so(
    content: FittedModel, playlists: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "lightgbm", None)
    with pytest.raises(RerankerError, match="libgomp1"):
        learn(content, [protocol(playlists, 1)])
