"""`python -m tests.bench.quality`: content model and re-ranker on other catalogues and draws.

Everything is fitted and learnt anew on each; no list is ranked by what it taught. Prints a table of
docs/quality.md, a row as soon as it is known. Needs ../shared/data.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))  # before numpy is imported

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from tests.bench import catalogues
from tests.bench.__main__ import REAL_DATA, say

from quintet.data.dataset import Dataset, build_dataset
from quintet.data.schema import SNAPSHOT_COLUMNS
from quintet.errors import RerankerError
from quintet.model.evaluation.baselines import PLAIN_MODEL
from quintet.model.evaluation.measures import Interval, difference, ratio
from quintet.model.evaluation.protocol import SEEDS, HeldOutList, Protocol, held_out
from quintet.model.evaluation.table import MODEL, RERANKED, Comparison, compare
from quintet.model.features import fit
from quintet.model.fitted import FittedModel
from quintet.model.list_learning import learn

Frame = pd.DataFrame
GENRELESS = "mostly without genres"


@dataclass(frozen=True, slots=True)
class Case:
    """A catalogue made of the real one, and how its lists' seeds are drawn."""

    change: Callable[[Frame], Frame] = lambda tracks: tracks
    draw: int = 0


def _some(share: float, seed: int, by: str = "track_id") -> Callable[[Frame], Frame]:
    def chosen(tracks: Frame) -> Frame:
        groups = tracks[by].drop_duplicates().sample(frac=share, random_state=seed)
        return tracks[tracks[by].isin(groups)]

    return chosen


def _before(year: int) -> Callable[[Frame], Frame]:
    return lambda tracks: tracks[tracks.release_date.str[:4].astype(int) < year]


def _from(year: int) -> Callable[[Frame], Frame]:
    return lambda tracks: tracks[tracks.release_date.str[:4].astype(int) >= year]


def _without(*columns: str) -> Callable[[Frame], Frame]:
    return lambda tracks: tracks.assign(**dict.fromkeys(columns))


def _without_genres(tracks: Frame) -> Frame:
    return tracks.assign(genres=[[] for _ in range(len(tracks))])


def _charted(tracks: Frame) -> Frame:
    return tracks[tracks.track_id.isin(catalogues.charted(REAL_DATA).track_id)]


def _with_charted(tracks: Frame) -> Frame:
    """Add songs of the charts that are in no playlist."""
    charted = catalogues.charted(REAL_DATA)
    return pd.concat([tracks, charted[~charted.track_id.isin(tracks.track_id)]], ignore_index=True)


CASES = {
    "whole": Case(),
    "whole, other seeds": Case(draw=2),
    "whole, other seeds again": Case(draw=4),
    "with 21,000 songs of the charts": Case(_with_charted),
    "tracks before 2015": Case(_before(2015)),
    "tracks of 2018 and later": Case(_from(2018)),
    "tracks that were in the charts": Case(_charted),
    "half of the tracks": Case(_some(0.5, 1)),
    "half of the artists": Case(_some(0.5, 1, "first_artist")),
    "tracks without genres only": Case(lambda tracks: tracks[tracks.genres.str.len() == 0]),
    "no genres at all": Case(_without_genres),
    "no popularity": Case(_without("popularity")),
    "years in place of dates": Case(lambda tracks: tracks.assign(release_date=tracks.release_date.str[:4])),
    "no dates": Case(_without("release_date")),
    "no popularity, no dates": Case(_without("popularity", "release_date")),
}


def main() -> int:
    """Measure every case, or those named."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.quality", description=__doc__)
    parser.add_argument("--case", action="append", choices=CASES, help="only this one; may be repeated")
    parser.add_argument(
        "--genreless", action="store_true", help="seeds without genres beside seeds with some"
    )
    data = catalogues.real(REAL_DATA)
    if data is None:
        say("../shared/data is not here")
        return 1
    arguments = parser.parse_args()
    if arguments.genreless:
        return genreless(data, catalogues.playlists(REAL_DATA))
    tracks = data.tracks[list(SNAPSHOT_COLUMNS)].assign(first_artist=data.tracks.artists.str[0])
    playlists = catalogues.playlists(REAL_DATA)
    heads = ("catalogue", "lists", "plain", "content", "× plain", "R-precision ×", "re-ranked", "× plain")
    say(_row([*heads, "R-precision ×", "re-ranked − content", "without genres", "gate of its own"]))
    say(_row(["---"] * 12))
    for name in arguments.case or CASES:
        dataset = build_dataset(CASES[name].change(tracks))
        say(_row([name, *_measured(dataset, playlists, CASES[name].draw)]))
    return 0


def genreless(dataset: Dataset, playlists: Frame) -> int:
    """Print what seeds without genres reach beside seeds with genres: the same lists, the same truth."""
    fitted, protocol = fit(dataset), held_out(dataset.tracks, playlists)
    learnt = learn(fitted, [held_out(dataset.tracks, playlists, draw=1)])
    without, having = _twice(fitted, protocol)
    say(f"{len(without.lists)} lists")
    for name in (PLAIN_MODEL, MODEL, RERANKED):
        found = [
            compare(fitted, one, by_fold=learnt.by_fold).outcome(name).of("ndcg_at_10")
            for one in (without, having)
        ]
        say(f"{name}: {found[0].mean():.4f} / {found[1].mean():.4f}, share {_bounds(ratio(*found))}")
    return 0


def _twice(fitted: FittedModel, protocol: Protocol) -> tuple[Protocol, Protocol]:
    """Draw seeds of every list twice, without and with genres; lists that have five of each and more."""
    random, tracks = np.random.default_rng(0), fitted.tracks
    row_of = dict(zip(tracks.recording.tolist(), range(len(tracks)), strict=True))
    found: tuple[list[HeldOutList], list[HeldOutList]] = ([], [])
    for one in protocol.lists:
        members = {*one.truth, *tracks.recording[tracks.rows(one.seeds)].tolist()}
        rows = np.array([row_of[recording] for recording in sorted(members)])
        known = fitted.genres.set_of_row[rows] > 0
        if min(known.sum(), (~known).sum()) < SEEDS or len(rows) <= 2 * SEEDS:
            continue
        draws = [random.choice(rows[kind], SEEDS, replace=False) for kind in (~known, known)]
        truth = frozenset(members) - set(tracks.recording[np.concatenate(draws)].tolist())
        for lists, drawn in zip(found, draws, strict=True):
            seeds = tuple(tracks.track_id[row] for row in drawn.tolist())
            lists.append(replace(one, seeds=seeds, truth=truth))
    return replace(protocol, lists=found[0]), replace(protocol, lists=found[1])


def _measured(dataset: Dataset, playlists: Frame, draw: int) -> list[str]:
    """Return a row: nDCG@10 of all, what they are to the plain model, and to each other."""
    fitted, protocol = fit(dataset), held_out(dataset.tracks, playlists, draw)
    try:
        learnt = learn(fitted, [held_out(dataset.tracks, playlists, draw + 1)])
    except RerankerError as error:
        return [*_beside_plain(compare(fitted, protocol), MODEL), str(error)]
    found = compare(fitted, protocol, by_fold=learnt.by_fold)
    new, old = (found.outcome(name).of("ndcg_at_10") for name in (RERANKED, MODEL))
    return [
        *_beside_plain(found, MODEL),
        *_beside_plain(found, RERANKED)[2:],
        _signed(difference(new, old)),
        _kept(found, protocol),
        f"{'kept' if learnt.is_worth_it else 'left out'}: {_signed(learnt.gain)}",
    ]


def _beside_plain(found: Comparison, name: str) -> list[str]:
    model, plain = found.outcome(name), found.reference
    times = [_bounds(ratio(model.of(one), plain.of(one))) for one in ("ndcg_at_10", "r_precision")]
    reached = [f"{one.measure('ndcg_at_10').value:.4f}" for one in (plain, model)]
    return [str(len(found.protocol.lists)), *reached, *times]


def _kept(found: Comparison, protocol: Protocol) -> str:
    """Return what lists whose seeds mostly lack genres reach, beside the others, by the re-ranked model."""
    chosen = found.slices[GENRELESS]
    values = found.outcome(RERANKED).of("ndcg_at_10")
    if not chosen.any() or chosen.all():
        return ""
    return f"{np.mean(values[chosen]):.4f} / {np.mean(values[~chosen]):.4f}"


def _bounds(found: Interval) -> str:
    return f"{found.value:.2f} [{found.low:.2f} {found.high:.2f}]"


def _signed(found: Interval) -> str:
    return f"{found.value:+.4f} [{found.low:+.4f} {found.high:+.4f}]"


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.exit(main())
