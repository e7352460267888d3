"""What MLflow runs when it loads the registered model: a thin wrapper of the artifact folder, kept as code.

MLflow copies this file beside the artifact and executes it on loading: it is never pickled, and imports
nothing of Quintet before it is given an artifact. `quintet` is the installed package, else the model's copy.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.exceptions import MlflowException
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel, PythonModelContext

_COLUMNS = ["request", "rank", "track_id", "track_name", "artists", "score", "reason"]
_MAX_K = 200


class QuintetModel(PythonModel):  # type: ignore[misc]
    """Five songs in, a ranked list out, as MLflow's generic model."""

    def load_context(self, context: PythonModelContext) -> None:
        """Open the artifact (memory-mapped)."""
        from quintet.model.recommender import Recommender

        self._recommender = Recommender.open(Path(context.artifacts["model"]))

    def predict(
        self, context: PythonModelContext, model_input: pd.DataFrame, params: dict[str, Any] | None = None
    ) -> pd.DataFrame:
        """Rank tracks for every row of seeds.

        Parameters
        ----------
        model_input : DataFrame
            Column `seeds`: one list of track ids a row.
        params : dict, optional
            `k`: list length, 1–200, 10 where it is not given; `max_per_artist` and `max_per_album`: at most
            so many tracks of one, 0–200, 2 where they are not given, 0 for any number.

        Returns
        -------
        DataFrame
            Columns `request` (row number of the input), `rank` (from 1), `track_id`, `track_name`, `artists`,
            `score` (falling), `reason` (English); ordered by request, then rank.

        Raises
        ------
        MlflowException
            A seed is not in the catalogue, there is none, or a parameter is out of range; a server answers
            400 with the same words.
        """
        k = _number(params, "k", 10, 1, _MAX_K)
        with _told():
            wishes = _wishes(params)
            found = [self._recommender.recommend(list(seeds), k, wishes) for seeds in model_input["seeds"]]
        rows = [
            {"request": number, **row} for number, one in enumerate(found) for row in self._rows(one.items)
        ]
        return pd.DataFrame(rows, columns=_COLUMNS)

    def _rows(self, items: Sequence[Any]) -> Iterator[dict[str, Any]]:
        return (_plain(self._recommender, item) for item in items)


def _wishes(params: dict[str, Any] | None) -> Any:
    from quintet.model.wishes import Wishes

    names = ("max_per_artist", "max_per_album")
    by_artist, by_album = (_number(params, name, 2, 0, _MAX_K) or None for name in names)
    return Wishes(max_per_artist=by_artist, max_per_album=by_album)


def _number(params: dict[str, Any] | None, name: str, default: int, low: int, high: int) -> int:
    """Read a parameter; MLflow has seen to it that it is a whole number, or nothing."""
    value = (params or {}).get(name)
    number = default if value is None else int(value)
    if not low <= number <= high:
        raise MlflowException.invalid_parameter_value(f"{name} must lie between {low} and {high}: {number}")
    return number


@contextmanager
def _told() -> Iterator[None]:
    """Say what is wrong with a request as MLflow does: its server then answers without a traceback."""
    from quintet.errors import QuintetError

    try:
        yield
    except QuintetError as error:
        raise MlflowException.invalid_parameter_value(str(error)) from error


def _plain(recommender: Any, item: Any) -> dict[str, Any]:
    track = recommender.tracks.track(item.row)
    return {
        "rank": item.rank,
        "track_id": track["track_id"],
        "track_name": track["track_name"],
        "artists": "; ".join(track["artists"]),
        "score": float(item.score),
        "reason": item.reasons.text["en"],
    }


set_model(QuintetModel())
