"""What MLflow runs when it loads the registered model: a thin wrapper of the artifact folder, kept as code.

MLflow copies this file beside the artifact and executes it on loading: it is never pickled, and imports
nothing of Quintet before it is given an artifact. `quintet` is the installed package, else the model's copy.
"""

from pathlib import Path
from typing import Any

import pandas as pd
from mlflow.models import set_model
from mlflow.pyfunc import PythonModel, PythonModelContext

_COLUMNS = ["request", "rank", "track_id", "track_name", "artists", "score", "reason"]


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
            `k`: list length, 10 where it is not given.

        Returns
        -------
        DataFrame
            Columns `request` (row number of the input), `rank` (from 1), `track_id`, `track_name`, `artists`,
            `score` (falling), `reason` (English); ordered by request, then rank.
        """
        k = int((params or {}).get("k", 10))
        rows = [
            row
            for request, seeds in enumerate(model_input["seeds"])
            for row in self._ranked(request, list(seeds), k)
        ]
        return pd.DataFrame(rows, columns=_COLUMNS)

    def _ranked(self, request: int, seeds: list[str], k: int) -> list[dict[str, Any]]:
        found = self._recommender.recommend(seeds, k)
        return [{"request": request, **_plain(self._recommender, item)} for item in found.items]


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
