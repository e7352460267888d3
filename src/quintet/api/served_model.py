"""One model version, opened and tried: what the routes ask of it, in plain values.

Scoring, search and the artifact's format are `quintet.model`'s; which version serves is `model_holder`'s.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from quintet.errors import ArtifactError
from quintet.model.artifact import SEARCH_FOLDER, read_manifest
from quintet.model.audio_profile import AudioProfiles
from quintet.model.guests import GuestSong
from quintet.model.list_metrics import ListMetrics
from quintet.model.manifest import Manifest
from quintet.model.recommender import Recommender
from quintet.model.search import SearchIndex
from quintet.model.seeds import Guest
from quintet.model.taste_map import TasteMap
from quintet.model.tastes import Taste
from quintet.model.versions import Versions, find_versions
from quintet.model.wishes import Wishes
from quintet.ports import ModelVersion

MODEL_NAME = "quintet"
SMOKE_K = 5


class RankedList(NamedTuple):
    """What a model recommends, in plain values.

    Parameters
    ----------
    items : list of dict
        Tracks with `rank`, `score`, `taste` and `reasons`, best first.
    tastes : sequence of Taste
        What the seeds were parted into.
    list_metrics : ListMetrics
        What the list is like.
    warnings : list of str
        What could not be done as asked.
    """

    items: list[dict[str, Any]]
    tastes: Sequence[Taste]
    list_metrics: ListMetrics
    warnings: list[str]


@dataclass(frozen=True, slots=True)
class ServedModel:
    """A model version that answers.

    Parameters
    ----------
    version : ModelVersion
        What the registry says of it.
    manifest : Manifest
        What the artifact says of itself.
    recommender : Recommender
        Memory-mapped; safe to use from several threads.
    search_index : SearchIndex
        Of the same artifact, so that search and recommend never disagree about what exists.
    taste_map : TasteMap
        Empty where the artifact has no map.
    audio_profiles : AudioProfiles
        Of its whole catalogue.
    """

    version: ModelVersion
    manifest: Manifest
    recommender: Recommender
    search_index: SearchIndex
    taste_map: TasteMap
    audio_profiles: AudioProfiles

    @classmethod
    def open(cls, artifact: Path, version: ModelVersion) -> ServedModel:
        """Open a checked artifact and let it answer one query of each kind.

        Raises
        ------
        ArtifactError
            It is of another format, or its answers make no sense.
        """
        recommender = Recommender.open(artifact)
        index = SearchIndex(artifact / SEARCH_FOLDER, recommender.tracks)
        tracks, places = recommender.tracks, recommender.model.places
        pictures = TasteMap(tracks, places), AudioProfiles(tracks.features)
        model = cls(version, read_manifest(artifact), recommender, index, *pictures)
        model._answer_smoke_query()
        return model

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the data it was trained on."""
        return self.manifest.fingerprint

    @property
    def trained_at(self) -> datetime:
        """Return when it was fitted, timezone-aware."""
        return datetime.fromisoformat(self.manifest.trained_at)

    @property
    def metrics(self) -> Mapping[str, float]:
        """Return the headline metrics of its evaluation."""
        return self.version.metrics or self.manifest.metrics

    @property
    def catalogue_size(self) -> int:
        """Return how many tracks it can recommend."""
        return len(self.recommender.tracks)

    @property
    def is_invented(self) -> bool:
        """Return whether all its songs are those of the demo catalogue."""
        return bool(self.recommender.tracks.is_invented.all())

    def search(self, query: str, limit: int, offset: int) -> tuple[int, list[dict[str, Any]]]:
        """Return how many tracks match, and a page of them as plain dicts, best first."""
        total, rows = self.search_index.search(query, limit, offset)
        return total, [self.recommender.tracks.track(int(row)) for row in rows]

    def recommend(
        self, seeds: Sequence[str], k: int, wishes: Wishes | None = None, guests: Sequence[Guest] = ()
    ) -> RankedList:
        """Rank the catalogue for the seeds, as `Recommender.recommend` does.

        Raises
        ------
        UnknownTrackError
            Naming every seed that is not in the catalogue.
        """
        found = self.recommender.recommend(seeds, k, wishes, guests)
        items = [
            {
                **self.recommender.tracks.track(item.row),
                "rank": item.rank,
                "score": item.score,
                "taste": item.taste,
                "reasons": item.reasons,
            }
            for item in found.items
        ]
        return RankedList(items, found.tastes, found.metrics, list(found.warnings))

    def place(self, songs: Sequence[GuestSong]) -> tuple[Guest, ...]:
        """Place songs from outside in this model's space, each with the catalogue's versions of it."""
        placing = self.recommender.placing
        return tuple(placing.place(song, self._versions(song).rows) for song in songs)

    def has_recording(self, song: GuestSong) -> bool:
        """Tell whether the catalogue holds a song from outside: its id, or another release of it."""
        return self.knows(song.track_id) or self._versions(song).has_recording

    def _versions(self, song: GuestSong) -> Versions:
        title, artist, tracks = song.track_name, song.artists[0], self.recommender.tracks
        return find_versions(title, artist, song.duration_ms, self.search_index, tracks)

    def audio_profile(self, track_ids: Sequence[str], guests: Sequence[Guest] = ()) -> dict[str, float]:
        """Return the mean percentile, 0–1, by audio feature, of tracks the catalogue has, and guests."""
        rows = map(self.recommender.tracks.row, track_ids)
        known = np.array([row for row in rows if row is not None], dtype=np.intp)
        return self.audio_profiles.profile(known, guests)

    def most_popular(self, limit: int) -> list[dict[str, Any]]:
        """Return the most popular songs as plain dicts, one version each; equal ones by track id."""
        tracks = self.recommender.tracks
        # As small whole numbers: their stable sort takes milliseconds at a million tracks.
        popularity = np.nan_to_num(tracks.popularity, nan=-1.0).astype(np.int16)
        rows: dict[int, int] = {}
        for row in np.argsort(-popularity, kind="stable"):
            rows.setdefault(int(tracks.song[row]), int(row))
            if len(rows) == limit:
                break
        return [tracks.track(row) for row in rows.values()]

    def song(self, track_id: str) -> int | None:
        """Return the number all versions of a track's song share, or None for a track it does not know."""
        row = self.recommender.tracks.row(track_id)
        return None if row is None else int(self.recommender.tracks.song[row])

    def list_metrics(self, track_ids: Sequence[str]) -> ListMetrics:
        """Return what a list is like, by the tracks the catalogue has."""
        rows = map(self.recommender.tracks.row, track_ids)
        return self.recommender.measure(np.array([row for row in rows if row is not None], dtype=np.intp))

    def knows(self, track_id: str) -> bool:
        """Tell whether a track is in the catalogue, and so can be a seed."""
        return self.recommender.tracks.row(track_id) is not None

    def track(self, track_id: str) -> dict[str, Any]:
        """Return a track with its audio features as one plain dict; raise UnknownTrackError."""
        tracks = self.recommender.tracks
        (row,) = tracks.rows([track_id])
        return {**tracks.track(row), **tracks.audio_features(row)}

    def _answer_smoke_query(self) -> None:
        first = self.recommender.tracks.track(0)
        items = self.recommend([first["track_id"]], SMOKE_K).items
        scores = [item["score"] for item in items]
        if not items or not all(map(math.isfinite, scores)) or scores != sorted(scores, reverse=True):
            raise ArtifactError(f"version {self.version.version} ranks badly: scores {scores}")
        if first["track_id"] in {item["track_id"] for item in items}:
            raise ArtifactError(f"version {self.version.version} recommends its own seed")
        total, _ = self.search(first["track_name"], 1, 0)
        if total == 0:
            raise ArtifactError(f"version {self.version.version} does not find its own first track")
