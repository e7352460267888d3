"""`python -m tests.bench.dials`: what caps, dials and tastes do to lists and accuracy, on held-out lists.

Prints the tables of docs/quality.md and draws docs/images/diversity.png. Needs ../shared/data.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))  # before numpy is imported

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from tests.bench import catalogues
from tests.bench.__main__ import REAL_DATA, say

from quintet.model import features, tastes
from quintet.model.evaluation.measures import Floats, difference, judge
from quintet.model.evaluation.protocol import HeldOutList, Protocol, held_out
from quintet.model.list_learning import learn
from quintet.model.recommender import Recommender
from quintet.model.terms import Rows
from quintet.model.wishes import UNCAPPED, Wishes

PICTURE = Path("docs/images/diversity.png")
DIVERSITY = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.0)
POPULARITY = (-1.0, -0.5, -0.25, -0.1, 0.0, 0.1, 0.25, 0.5, 1.0)
VARIETY = (0.0, 0.25, 0.5, 1.0)
CAPS = (None, 5, 3, 2, 1)
MIXTURES, SEED = 200, 1


@dataclass(frozen=True, slots=True)
class Found:
    """What lists of ten are like, one value a list."""

    ndcg: Floats
    diversity: float
    popularity: float
    artists: float
    novelty: float

    def row(self, name: str, reference: Floats) -> str:
        """Return a line of a table."""
        cost = difference(self.ndcg, reference)
        return (
            f"| {name} | {self.ndcg.mean():.4f} | {cost.value:+.4f} [{cost.low:+.4f} {cost.high:+.4f}] "
            f"| {self.diversity:.3f} | {self.popularity:.1f} | {self.artists:.1f} | {self.novelty:.2f} |"
        )


class Bench:
    """A model and its held-out lists; by fold of the lists, where playlists of the other folds taught it."""

    def __init__(self, by_fold: Mapping[int, Recommender], protocol: Protocol) -> None:
        self._by_fold, self.lists = by_fold, protocol.lists
        ids = next(iter(by_fold.values())).tracks.track_id
        self._recordings = np.array([protocol.recording_of.get(track_id, -1) for track_id in ids])

    def run(self, wishes: Wishes) -> Found:
        """Ask for ten tracks for every list."""
        rows = [self._chosen(one, one.seeds, wishes) for one in self.lists]
        found = [self._by_fold[one.fold].measure(few) for one, few in zip(self.lists, rows, strict=True)]
        metrics = pd.DataFrame(found).mean()
        truths = [one.truth for one in self.lists]
        ndcg = np.array([self._ndcg(few, truth) for few, truth in zip(rows, truths, strict=True)])
        means = metrics[["intra_list_diversity", "mean_popularity", "artists", "novelty"]]
        return Found(ndcg, *means.to_list())

    def _chosen(self, one: HeldOutList, seeds: Sequence[str], wishes: Wishes) -> Rows:
        picks = self._by_fold[one.fold].choose(seeds, 10, wishes).picks
        return np.array([pick.row for pick in picks], dtype=np.intp)

    def mixed(self, pairs: Sequence[tuple[HeldOutList, HeldOutList]]) -> tuple[Floats, Floats]:
        """Ask with three seeds of one list and two of another: nDCG on both truths, whether both were hit."""
        ndcg, both = [], []
        for one, other in pairs:
            rows = self._chosen(one, [*one.seeds[:3], *other.seeds[:2]], Wishes())
            ndcg.append(self._ndcg(rows, one.truth | other.truth))
            hits = [
                not truth.isdisjoint(self._recordings[rows].tolist()) for truth in (one.truth, other.truth)
            ]
            both.append(float(all(hits)))
        return np.array(ndcg), np.array(both)

    def _ndcg(self, rows: Rows, truth: frozenset[int]) -> float:
        return float(judge(self._recordings[rows].tolist(), truth)[0])


def main() -> int:
    """Measure, print, draw."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.dials", description=__doc__)
    parser.add_argument("--lists", type=int, default=1_000, help="at most so many lists")
    parser.add_argument("--content", action="store_true", help="without what playlists teach")
    data = catalogues.real(REAL_DATA)
    if data is None:
        say("../shared/data is not here")
        return 1
    arguments, playlists = parser.parse_args(), catalogues.playlists(REAL_DATA)
    protocol = held_out(data.tracks, playlists).sample(arguments.lists)
    fitted = features.fit(data)
    by_fold = {one.fold: Recommender(fitted) for one in protocol.lists}
    if not arguments.content:
        learnt = learn(fitted, [held_out(data.tracks, playlists, draw=1)])
        by_fold = {fold: Recommender(replace(fitted, reranker=one)) for fold, one in learnt.by_fold.items()}
    bench = Bench(by_fold, protocol)
    plain, capped = bench.run(UNCAPPED), bench.run(Wishes())
    caps = {
        str(most or "no cap"): bench.run(Wishes(max_per_artist=most, max_per_album=most)) for most in CAPS
    }
    table("caps of an artist and of an album", caps, plain)
    curves = {
        name: {f"{d:g}": bench.run(replace(wish, diversity=d)) for d in DIVERSITY}
        for name, wish in (("two of an artist", Wishes()), ("no caps", UNCAPPED))
    }
    for name, found in curves.items():
        table(f"diversity, {name}", found, found["0"])
    draw(curves)
    table("popularity", {f"{p:g}": bench.run(Wishes(popularity=p)) for p in POPULARITY}, capped)
    table("variety", {f"{v:g}": bench.run(Wishes(variety=v)) for v in VARIETY}, capped)
    compare_tastes(bench, plain)
    return 0


def table(name: str, found: dict[str, Found], reference: Found) -> None:
    """Print the outcomes of one control."""
    say(f"\n| {name} | nDCG@10 | against default | diversity | popularity | artists | novelty, bits |")
    say("|---|---|---|---|---|---|---|")
    for value, one in found.items():
        say(one.row(value, reference.ndcg))


def compare_tastes(bench: Bench, shared: Found) -> None:
    """Print what several tastes do where there is one, and where there are two."""
    random = np.random.default_rng(SEED)
    drawn = [random.choice(len(bench.lists), 2, replace=False) for _ in range(12 * MIXTURES)]
    both = [(bench.lists[i], bench.lists[j]) for i, j in drawn]
    pairs = [(one, other) for one, other in both if one.group != other.group and one.fold == other.fold]
    several = bench.mixed(pairs[:MIXTURES])
    at, tastes.APART = tastes.APART, -2.0  # no seeds are that far apart
    one, single = bench.mixed(pairs[:MIXTURES]), bench.run(UNCAPPED)
    tastes.APART = at
    say(f"\none playlist: several tastes against one {difference(shared.ndcg, single.ndcg)}")
    say(f"two playlists mixed: {several[0].mean():.4f} against {one[0].mean():.4f}")
    say(f"  difference {difference(several[0], one[0])}")
    say(f"  both found in {several[1].mean():.2f} against {one[1].mean():.2f} of the lists")


def draw(curves: dict[str, dict[str, Found]]) -> None:
    """Draw accuracy against diversity."""
    figure, axes = plt.subplots(figsize=(6.4, 4))
    for name, found in curves.items():
        points = [(one.diversity, one.ndcg.mean()) for one in found.values()]
        axes.plot(*zip(*points, strict=True), marker="o", label=name)
        for value, point in zip(found, points, strict=True):
            axes.annotate(value, point, xytext=(4, 5), textcoords="offset points", fontsize=8)
    axes.set(
        xlabel="intra-list diversity", ylabel="nDCG@10", title="The dial of diversity, 0 to 1", ylim=(0, None)
    )
    axes.legend()
    axes.grid(alpha=0.3)
    figure.savefig(PICTURE, dpi=110, bbox_inches="tight", metadata={"Software": None})


if __name__ == "__main__":
    sys.exit(main())
