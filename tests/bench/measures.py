"""What is measured: a recommendation, a search, the opening of an artifact; beside a peer if there is one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import csr_matrix, hstack
from sklearn.metrics.pairwise import cosine_similarity
from tests.bench.timing import Line, median_ms

from quintet.model.artifact import SEARCH_FOLDER
from quintet.model.recommender import Recommender
from quintet.model.search import SearchIndex

SEEDS, K = 5, 10


def recommendation(recommender: Recommender, rounds: int, target_ms: float, least_ratio: float) -> list[Line]:
    """Time lists of ten for five seeds that go together, and for five that do not.

    Ranking stands beside scikit-learn scoring the same vectors and sorting them; the peer explains nothing.
    Five songs at random are several tastes, each of which is scored for itself.
    """
    rng = np.random.default_rng(1)
    rows = [_going_together(recommender, rng) for _ in range(rounds)]
    together = _ids(recommender, rows)
    chosen = median_ms([lambda few=few: recommender.choose(few, K) for few in together])
    explained = median_ms([lambda few=few: recommender.recommend(few, K) for few in together])
    mixed = [np.sort(rng.choice(len(recommender.tracks), SEEDS, replace=False)) for _ in range(rounds)]
    apart = median_ms([lambda few=few: recommender.recommend(few, K) for few in _ids(recommender, mixed)])
    matrix = _vectors(recommender)

    def peer(few: np.ndarray) -> np.ndarray:
        profile = csr_matrix(matrix[few].mean(axis=0))
        return np.argpartition(-cosine_similarity(profile, matrix)[0], K)[:K]

    calls: list[Callable[[], object]] = [lambda few=few: peer(few) for few in rows[: max(3, rounds // 10)]]
    size, peer_ms = f"10 of {len(recommender.tracks):,}", median_ms(calls)
    return [
        Line(f"rank {size}", chosen, target_ms, "ms", "scikit-learn cosine_similarity", peer_ms, least_ratio),
        Line(f"rank and explain {size}", explained, target_ms),
        Line("the same, seeds at random", apart, SEEDS * target_ms),
    ]


def _going_together(recommender: Recommender, rng: np.random.Generator) -> np.ndarray:
    """Return a row at random and four of those the model lists for it: seeds as listeners choose them."""
    first = int(rng.integers(len(recommender.tracks)))
    listed = recommender.recommend([recommender.tracks.track_id[first]], 50).items
    others = rng.choice([item.row for item in listed], SEEDS - 1, replace=False)
    return np.sort(np.append(others, first))


def _ids(recommender: Recommender, rows: Sequence[np.ndarray]) -> list[list[str]]:
    return [[recommender.tracks.track_id[int(row)] for row in few] for few in rows]


def _vectors(recommender: Recommender) -> csr_matrix:
    """Return the two blocks as one sparse matrix, weights square-rooted in: what the peer is given."""
    model = recommender.model
    share = model.config.genre_share
    genres = model.genres.vectors.matrix[model.genres.set_of_row] * np.sqrt(share)
    audio = csr_matrix(model.audio.unit_vectors * np.float32(np.sqrt(1 - share)))
    return csr_matrix(hstack([genres, audio]), dtype=np.float32)


def search(
    folder: Path, recommender: Recommender, queries: int, target_ms: float, least_ratio: float
) -> Line:
    """Time searches as listeners type them, beside rapidfuzz comparing the query with every name."""
    tracks, index = recommender.tracks, SearchIndex(folder / SEARCH_FOLDER, recommender.tracks)
    rows = np.random.default_rng(2).integers(0, len(tracks), queries).tolist()
    typed = [query for row in rows for query in _typed(tracks.track_name[row], tracks.artists[row])]
    for query in typed[:10]:
        index.search(query)
    own = median_ms([lambda query=query: index.search(query) for query in typed])
    names = [f"{tracks.track_name[row]} {tracks.artists[row]}".lower() for row in range(len(tracks))]

    def peer(query: str) -> object:
        return process.extract(query, names, scorer=fuzz.token_set_ratio, limit=10, processor=None)

    few = typed[:: max(1, len(typed) // 5)]
    peer_ms = median_ms([lambda query=query: peer(query.lower()) for query in few])
    return Line(
        f"search among {len(tracks):,}", own, target_ms, "ms", "rapidfuzz over all", peer_ms, least_ratio
    )


def _typed(title: str, artist: str) -> Sequence[str]:
    """Return what a listener may type on the way to a song: whole, unfinished, misspelt, just begun."""
    both = f"{artist} {title}"
    return title, both, both[: max(4, len(both) * 2 // 3)], both[:2] + both[3:], title[:2]


def opening(folder: Path, tracks: int, target_ms: float, target_mb: float) -> list[Line]:
    """Time the opening of an artifact, and count what a process that serves it holds."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.serving", str(folder)], capture_output=True, text=True, check=True
    )
    opened_ms, held_mb = map(float, done.stdout.split())
    return [
        Line(f"open the artifact of {tracks:,}", opened_ms, target_ms),
        Line(f"memory to serve {tracks:,}", held_mb, target_mb, "MB"),
    ]
