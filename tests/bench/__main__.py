"""`make bench`: how fast the model is, beside its peers in the same run, on one core.

Absolute targets are printed, since they hold for an idle machine; ratios to peers must be met: otherwise the
exit status is 1.
"""

from __future__ import annotations

import os

os.environ.update(dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"))  # before numpy is imported

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import catalogues, measures
from tests.bench.timing import Line

import quintet.model
from quintet.errors import ArtifactError
from quintet.model import artifact, features
from quintet.model.recommender import Recommender

REAL_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
KEPT = Path(".quintet/bench")
SMALL, LARGE = 28_356, 1_000_000


def main() -> int:
    """Measure, print the table, and return 1 if a required ratio was missed."""
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument(
        "--large", type=int, default=LARGE, help="size of the synthetic catalogue; 0 leaves it out"
    )
    large = parser.parse_args().large
    with tempfile.TemporaryDirectory() as folder:
        lines = small(Path(folder) / "artifact")
    if large:
        lines += at_size(large)
    missed = [line for line in lines if line.missed]
    say(f"{len(missed)} required ratios missed")
    return 1 if missed else 0


def small(folder: Path) -> list[Line]:
    """Measure the real catalogue, or a synthetic one of its size."""
    data = catalogues.real(REAL_DATA)
    say(
        "the real catalogue" if data else "../shared/data is not here: a synthetic catalogue of the same size"
    )
    artifact.write(features.fit(data or catalogues.synthetic(SMALL)), folder)
    return measure(folder, rounds=200, queries=60, targets=(2, 5, 100, 200), ratios=(3, 5))


def at_size(tracks: int) -> list[Line]:
    """Measure a synthetic catalogue, made once for each state of the model's code."""
    folder = KEPT / f"synthetic-{tracks}-{_code()[:12]}"
    try:
        artifact.verify(folder)
    except ArtifactError:
        say(f"making a synthetic catalogue of {tracks:,} tracks (a few minutes, kept in {KEPT}) ...")
        artifact.write(features.fit(catalogues.synthetic(tracks)), folder)
    return measure(folder, rounds=30, queries=40, targets=(30, 20, 1000, 500), ratios=(10, 50))


def measure(
    folder: Path,
    rounds: int,
    queries: int,
    targets: tuple[float, float, float, float],
    ratios: tuple[float, float],
) -> list[Line]:
    """Measure one artifact, printing each line as it is known."""
    recommender = Recommender.open(folder)
    steps: list[Callable[[], list[Line]]] = [
        lambda: measures.opening(folder, len(recommender.tracks), targets[2], targets[3]),
        lambda: measures.recommendation(recommender, rounds, targets[0], ratios[0]),
        lambda: [measures.search(folder, recommender, queries, targets[1], ratios[1])],
    ]
    lines: list[Line] = []
    for step in steps:
        for line in step():
            say(line.text())
            lines.append(line)
    return lines


def _code() -> str:
    """Return a digest of all code an artifact depends on."""
    digest = hashlib.sha256(Path(catalogues.__file__).read_bytes())
    for path in sorted(Path(quintet.model.__file__).parent.glob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main())
