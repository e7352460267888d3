"""The batch side's wiring of training: the store, MLflow and the job between.

Imports are inside the function, so that a command loads only what it uses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from quintet.batch import model_registry, run_tracker
from quintet.batch_catalogue import track_store
from quintet.batch_feedback import feedback_store
from quintet.settings import TrainingSettings

if TYPE_CHECKING:
    from quintet.jobs.train import TrainReport
    from quintet.model.evaluation.table import Comparison


def run_training(**options: Any) -> TrainReport:
    """Train with the settings' services, showing progress on stderr: what `quintet train` and its DAG run.

    Parameters
    ----------
    **options
        Fields of `jobs.train.TrainOptions`; None or left out means the setting or the default.

    Raises
    ------
    QuintetError
        With one line saying what is wrong.
    """
    from quintet.console import shown
    from quintet.jobs.train import TrainOptions, train

    chosen: dict[str, Any] = {"genre_weight": TrainingSettings().genre_weight}
    chosen |= {name: value for name, value in options.items() if value is not None}
    with shown() as progress:
        return train(
            track_store(), run_tracker(), model_registry(), TrainOptions(**chosen), progress, feedback_store()
        )


def run_evaluation(
    recipe: str,
    lists: int | None = None,
    most_by_artist: int | None = None,
    draw: int = 0,
    rerank: bool = True,
) -> Comparison:
    """Compare a model with the baselines on the store's playlists: what `quintet evaluate` runs.

    Parameters
    ----------
    recipe, lists, most_by_artist, draw, rerank
        See `jobs.evaluate.evaluate`; `recipe` is one of `model.config.RECIPES`.

    Raises
    ------
    QuintetError
        With one line saying what is wrong.
    """
    from quintet.console import shown
    from quintet.jobs.evaluate import evaluate
    from quintet.model.config import ModelConfig

    weight = TrainingSettings().genre_weight
    config = ModelConfig(weight, 1 - weight, recipe=recipe)
    with shown() as progress:
        return evaluate(track_store(), config, progress, lists, most_by_artist, draw, rerank)
