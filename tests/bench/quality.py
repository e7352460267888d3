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
from dataclasses import dataclass

import numpy as np
import pandas as pd
from tests.bench import catalogues
from tests.bench.__main__ import REAL_DATA, say

from quintet.data.dataset import Dataset, build_dataset
from quintet.data.schema import SNAPSHOT_COLUMNS
from quintet.errors import RerankerError
from quintet.model.evaluation.measures import Interval, difference, ratio
from quintet.model.evaluation.protocol import Protocol, held_out
from quintet.model.evaluation.table import MODEL, RERANKED, Comparison, compare
from quintet.model.features import fit
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
    data = catalogues.real(REAL_DATA)
    if data is None:
        say("../shared/data is not here")
        return 1
    tracks = data.tracks[list(SNAPSHOT_COLUMNS)].assign(first_artist=data.tracks.artists.str[0])
    playlists = catalogues.playlists(REAL_DATA)
    heads = ("catalogue", "lists", "plain", "content", "× plain", "R-precision ×", "re-ranked", "× plain")
    say(_row([*heads, "R-precision ×", "re-ranked − content", "without genres", "gate of its own"]))
    say(_row(["---"] * 12))
    for name in parser.parse_args().case or CASES:
        dataset = build_dataset(CASES[name].change(tracks))
        say(_row([name, *_measured(dataset, playlists, CASES[name].draw)]))
    return 0


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
