"""The recommender that serves: seeds in, a ranked and explained list out; numpy and scipy only.

The whole catalogue is scored exactly, with no approximate index. Vectors are in `genres` and `audio`, scores
in `terms`, the choice of rows in `ranking`, what a choice is made of in `choice`, the words in `reasons`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from quintet.errors import ModelError
from quintet.model import artifact
from quintet.model.choice import Choice, View
from quintet.model.choosing import Chooser
from quintet.model.fitted import FittedModel
from quintet.model.gaps import seed_gaps
from quintet.model.list_metrics import ListMeter, ListMetrics
from quintet.model.nearness import Nearness
from quintet.model.placing import Placing
from quintet.model.ranking import Rules, rank
from quintet.model.reasons import explain
from quintet.model.recommendation import Recommendation, RecommendedTrack
from quintet.model.reranking import POOL
from quintet.model.seeds import Guest, Seeds
from quintet.model.spreading import Spreading
from quintet.model.tastes import MANNER, Taste, common_genres, part
from quintet.model.terms import Match, Rows, Scores, Term
from quintet.model.tracks import TrackTable
from quintet.model.traits import listed_traits, seed_traits
from quintet.model.wishes import Wishes


class Recommender:
    """Ranks a catalogue for a set of seeds; holds no state between requests and is safe to share by threads.

    Parameters
    ----------
    model : FittedModel
        In memory or memory-mapped.
    """

    def __init__(self, model: FittedModel) -> None:
        self.model = model
        self._terms = tuple(term for term in model.terms() if term.usable)
        self.placing = Placing(model)
        self._nearness = Nearness(self._terms)
        self._manner = Nearness([term for term in self._terms if term.name in MANNER] or self._terms)
        self._spreading = Spreading(self._terms, len(model.tracks))
        self._chooser, self._meter = Chooser(model), ListMeter(model)

    @classmethod
    def open(cls, folder: Path) -> Recommender:
        """Open an artifact, memory-mapped; damage to the files is `artifact.verify`'s to find.

        Raises
        ------
        ArtifactError
            If the folder is of another format, or a file is missing or unreadable.
        """
        return cls(artifact.load(folder))

    @property
    def tracks(self) -> TrackTable:
        """Every track's facts, by row."""
        return self.model.tracks

    def recommend(
        self,
        seeds: Sequence[str],
        k: int = 10,
        wishes: Wishes | None = None,
        guests: Sequence[Guest] = (),
    ) -> Recommendation:
        """Rank the catalogue for the seeds.

        Parameters
        ----------
        seeds : sequence of str
            Track ids; order and repeats do not matter.
        k : int
            How many tracks to return, at least 1; fewer come only if no more may be listed.
        wishes : Wishes, optional
            Caps, filters and dials; the defaults, if not given: two tracks an artist, two an album.
        guests : sequence of Guest
            Songs from outside, as `placing` places them in this model: seeds as well. At least one seed or
            guest is needed.

        Returns
        -------
        Recommendation
            No seed, no other release of a seed's recording, one version of a song; scores fall, ranks run
            from 1.

        Raises
        ------
        UnknownTrackError
            Naming the seeds that are not in the catalogue.
        ModelError
            If there is no seed or `k` is below 1.
        """
        choice = self.choose(seeds, k, wishes, guests)
        metrics, views = self._meter.measure(choice.rows), choice.views
        tastes = tuple(self._taste(view.seeds, len(view.seeds) / len(choice.seeds)) for view in views)
        return Recommendation(self._items(choice), tastes, metrics, choice.warnings)

    def choose(
        self,
        seeds: Sequence[str],
        k: int = 10,
        wishes: Wishes | None = None,
        guests: Sequence[Guest] = (),
    ) -> Choice:
        """Choose a list and say nothing of it; parameters and errors are those of `recommend`."""
        if not (seeds or guests) or k < 1:
            raise ModelError("a recommendation needs at least one seed, and k of at least 1")
        wishes, chooser = wishes or Wishes(), self._chooser
        asked = self._seeds(seeds, guests)
        masks = chooser.masks(wishes)
        rules = chooser.rules(wishes, asked.kin, masks)
        views = [self._view(asked.take(places), rules) for places in part(self._kinship(asked))]
        dials = chooser.dials(wishes, asked.kin, lambda rows: self.content(Seeds(rows))[0])
        scores = [sum((dial.values for dial in dials), view.scores) for view in views]
        shares = [len(view.seeds) / len(asked) for view in views]
        picks = chooser.choose(scores, shares, wishes, rules, k)
        warnings = self._warnings(views)
        if len(picks) < k:
            warnings.append(chooser.shortfall(len(picks), k, rules, masks, asked.kin))
        return Choice(asked, views, dials, picks, tuple(warnings))

    def _seeds(self, track_ids: Sequence[str], guests: Sequence[Guest]) -> Seeds:
        """Return the seeds, each once, in an order that does not depend on that of the request."""
        rows = np.array(sorted(set(self.tracks.rows(track_ids))), dtype=np.intp)
        by_id = {guest.song.track_id: guest for guest in guests}
        return Seeds(rows, tuple(by_id[track_id] for track_id in sorted(by_id)))

    def _kinship(self, asked: Seeds) -> Scores:
        """Say how much every two seeds are of one taste: as playlists see it, if all have a place there."""
        reranker = self.model.reranker
        if reranker is None or asked.guests:
            return self._manner.among(asked)
        return reranker.among(asked.rows)

    def _view(self, seeds: Seeds, rules: Rules) -> View:
        """Score the catalogue, then look again at the best of it that may be listed, caps aside."""
        scores, matches = self.content(seeds)
        reranker = self.model.reranker
        if reranker is None or not len(seeds.rows):
            return View(seeds, matches, None, scores)
        pool = rank(scores, replace(rules, caps=()), POOL)
        look = reranker.second_look(scores, pool, matches, seeds)
        return View(seeds, matches, look, look.moved(scores))

    def _taste(self, seeds: Seeds, share: float) -> Taste:
        rows, guests = seeds.rows.tolist(), seeds.guests
        ids = (*(self.tracks.track_id[row] for row in rows), *(guest.song.track_id for guest in guests))
        genres = [*(self.tracks.genres_of(row) for row in rows), *(guest.genre_names for guest in guests)]
        return Taste(ids, share, common_genres(genres))

    def measure(self, rows: Rows) -> ListMetrics:
        """Return what a list of rows, shape (k,), is like as a whole."""
        return self._meter.measure(rows)

    def scores(self, seed_rows: Rows) -> Scores:
        """Return every track's score for seeds given by row, float32, shape (n,), whatever their tastes."""
        return self._view(Seeds(seed_rows), Rules(self.tracks, seed_rows)).scores

    def content(self, seeds: Seeds) -> tuple[Scores, list[tuple[Term, Match]]]:
        """Return every track's score by what tracks say of themselves, and what it is the sum of."""
        matches = self._matches(seeds)
        return self._spreading.total([match for _, match in matches]), matches

    def _matches(self, seeds: Seeds) -> list[tuple[Term, Match]]:
        """Match every term the seeds can be compared by; those share the whole weight."""
        able = [term for term in self._terms if term.applies(seeds)]
        whole = sum(term.weight for term in able)
        return [(term, term.match(seeds, term.weight / whole)) for term in able]

    def _items(self, choice: Choice) -> tuple[RecommendedTrack, ...]:
        picks, asked, rows = choice.picks, choice.seeds, choice.rows
        seeds, listed = seed_traits(self.model, asked), listed_traits(self.model, rows)
        closest = np.argmax(self._nearness.to_seeds(rows, asked), axis=1).tolist()
        parts, taken = choice.given(), choice.taken()
        items = []
        for i, (pick, seed, own) in enumerate(zip(picks, closest, listed, strict=True)):
            reasons = explain(seeds[seed], own, parts[i], taken[i])
            items.append(RecommendedTrack(pick.row, own.track_id, i + 1, pick.score, reasons, pick.taste))
        return tuple(items)

    def cosines(self, rows: Rows, others: Rows) -> Scores:
        """Return the weighted cosine of every row with every other, float32, shape (rows, others)."""
        return self._nearness.pairs(rows, others)

    def _warnings(self, views: Sequence[View]) -> list[str]:
        used = {term.name for view in views for term, _ in view.matches}
        unused = (term.name for term in self._terms if term.name not in used)
        return seed_gaps(unused, [guest for view in views for guest in view.seeds.guests])
