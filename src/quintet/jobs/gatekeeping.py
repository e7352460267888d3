"""The gate at work: champion and challenger run on the same held-out lists, before anything is registered.

What is decided, and by what, is `model.gate`'s. A re-ranker has seen the lists, and so has the champion's:
models are compared without, and a re-ranker has passed a gate of its own (`jobs.training.lessons`).
"""

from __future__ import annotations

from pathlib import Path

from quintet.errors import ArtifactError
from quintet.model.evaluation.outcome import Outcome, run
from quintet.model.evaluation.protocol import Protocol
from quintet.model.gate import Verdict, decide
from quintet.model.recommender import Recommender
from quintet.ports import ModelRegistry


def judge(registry: ModelRegistry, challenger: Recommender, protocol: Protocol, folder: Path) -> Verdict:
    """Compare a new model with the champion of the registry.

    Parameters
    ----------
    registry : ModelRegistry
        Where the champion is.
    challenger : Recommender
        As it would be served.
    protocol : Protocol
        Lists of the snapshot.
    folder : Path
        Where the champion may be downloaded to; must not exist yet.

    Raises
    ------
    RegistryError
        The registry does not answer.
    """
    served = run("challenger", challenger.scores, challenger.tracks, protocol)
    new = served if challenger.model.reranker is None else _unseen("challenger", challenger, protocol)
    return decide(new, _champion(registry, protocol, folder), len(protocol.recording_of), served)


def _unseen(name: str, model: Recommender, protocol: Protocol) -> Outcome:
    """Return what a model reaches without what it learnt from playlists."""
    without = Recommender(model.model.without_playlists())
    return run(name, without.scores, model.tracks, protocol)


def _champion(registry: ModelRegistry, protocol: Protocol, folder: Path) -> Outcome | None:
    """Return what the champion reaches; None where there is none, or this version cannot open it."""
    version = registry.champion()
    if version is None:
        return None
    folder.mkdir(parents=True)
    try:
        champion = Recommender.open(registry.download(version.version, folder))
    except ArtifactError:  # of an older format: nobody could serve it either
        return None
    return _unseen("champion", champion, protocol)
