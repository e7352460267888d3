"""A request's wishes put to work: who may be listed, what the dials take, and the list that comes of it.

The steps are in `eligible`, `dials`, `ranking`, `greedy` and `shortfall`; scores come from `recommender`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from quintet.model import shortfall
from quintet.model.dials import Dial, disliked_dial, popularity_dial, variety_dial
from quintet.model.eligible import Masks, eligible
from quintet.model.facets import Facets
from quintet.model.filling import longest
from quintet.model.fitted import FittedModel
from quintet.model.greedy import Pick, Spread, spread
from quintet.model.ranking import Cap, Rules, rank
from quintet.model.terms import Rows, Scores
from quintet.model.wishes import Wishes


class Chooser:
    """Chooses lists from scores; holds what it learnt of the catalogue, nothing of a request.

    Parameters
    ----------
    model : FittedModel
        Of n tracks.
    """

    def __init__(self, model: FittedModel) -> None:
        self._model = model
        self._facets = Facets(model.tracks)

    def masks(self, wishes: Wishes) -> Masks:
        """See `eligible.eligible`."""
        return eligible(wishes, self._model, self._facets)

    def rules(self, wishes: Wishes, seeds: Rows, masks: Masks) -> Rules:
        """Return what a list must keep to."""
        known = self._known((*wishes.exclude_ids, *wishes.disliked_ids))
        mask = np.logical_and.reduce(list(masks.values())) if masks else None
        return Rules(self._model.tracks, np.concatenate([seeds, known]), self._caps(wishes), mask)

    def _caps(self, wishes: Wishes) -> tuple[Cap, ...]:
        artists, albums = self._model.artists.of_row, self._model.albums.of_row
        caps = (
            ("max_per_artist", artists, wishes.max_per_artist),
            ("max_per_album", albums, wishes.max_per_album),
        )
        return tuple(Cap(name, groups, most) for name, groups, most in caps if most is not None)

    def _known(self, track_ids: Sequence[str]) -> Rows:
        rows = (self._model.tracks.row(track_id) for track_id in dict.fromkeys(track_ids))
        return np.array([row for row in rows if row is not None], dtype=np.intp)

    def dials(self, wishes: Wishes, seeds: Rows, score: Callable[[Rows], Scores]) -> list[Dial]:
        """Return what the listener's dials take; none where all are at rest.

        Parameters
        ----------
        wishes : Wishes
            The request's.
        seeds : int array
            Rows; one that is disliked as well stays a seed.
        score : callable
            Rows of seeds to every track's score.
        """
        tracks, dials = self._model.tracks, []
        if wishes.popularity:
            dials.append(popularity_dial(tracks.popularity, wishes.popularity))
        if wishes.disliked_ids and len(against := np.setdiff1d(self._known(wishes.disliked_ids), seeds)):
            dials.append(disliked_dial(score(against)))
        if wishes.variety:
            dials.append(variety_dial(len(tracks), wishes.variety, wishes.variety_seed))
        return dials

    def choose(
        self, scores: Sequence[Scores], shares: Sequence[float], wishes: Wishes, rules: Rules, k: int
    ) -> list[Pick]:
        """Return the list, best first.

        Parameters
        ----------
        scores : sequence of float32 array, shape (n,)
            By each taste, dials included.
        shares : sequence of float
            Of each taste.
        wishes : Wishes
            Its diversity is looked at.
        rules : Rules
            What the list keeps to.
        k : int
            How many tracks, at least 1.
        """
        picks = self._best(scores, shares, wishes, rules, k)
        if len(picks) < k and len(rules.caps) > 1:  # the best first may stand in the way of two others
            rows = longest(rules)
            if len(rows) > len(picks):
                mask = np.zeros(len(rules.tracks), dtype=np.bool_)
                mask[rows] = True
                return self._best(scores, shares, wishes, replace(rules, mask=mask), k)
        return picks

    def _best(
        self, scores: Sequence[Scores], shares: Sequence[float], wishes: Wishes, rules: Rules, k: int
    ) -> list[Pick]:
        if len(scores) > 1 or wishes.diversity:
            return spread(scores, rules, k, Spread(wishes.diversity, self.vectors, shares))
        rows = rank(scores[0], rules, k)
        return [Pick(row, score) for row, score in zip(rows.tolist(), scores[0][rows].tolist(), strict=True)]

    def vectors(self, rows: Rows) -> Scores:
        """Return what a diverse list differs in, float32, shape (rows, d): sound and scene, 1:1.

        The scene rather than genres, since every artist has one: tracks of which no genre is known would
        pass for different from everything. Genres where no scene could be learnt.
        """
        artists, genres = self._model.artists, self._model.genres
        if artists.scenes.any():
            manner = artists.scenes[artists.of_row[rows]]
        else:
            manner = genres.vectors.matrix[genres.set_of_row[rows]].toarray()
        return np.hstack([manner, self._model.audio.unit_vectors[rows]]) * np.float32(np.sqrt(0.5))

    def shortfall(self, found: int, k: int, rules: Rules, masks: Masks, seeds: Rows) -> str:
        """Return why a list has fewer tracks than were asked for."""
        return shortfall.explain(found, k, rules, masks, seeds)
