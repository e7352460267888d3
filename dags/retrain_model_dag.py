"""The DAG `retrain_model`: a training when the catalogue was updated, or by hand with parameters.

The task runs `quintet train`'s own code in the project's interpreter, which QUINTET_PYTHON names; nothing of
the project is imported here.
"""

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import Param, dag, task

from quintet_assets import CATALOGUE

PARAMS = {
    "genre_weight": Param(
        None,
        type=["null", "number"],
        minimum=0,
        maximum=1,
        title="Genre weight",
        description="Share of the genres in a score, 0 to 1. Empty: the setting QUINTET_GENRE_WEIGHT.",
    ),
    "metric": Param(
        "CosineSimilarity",
        type="string",
        enum=["CosineSimilarity", "EuclideanDistance"],
        title="Metric",
        description="How the served model compares. Both are evaluated.",
    ),
    "ks": Param(
        [3, 5, 7],
        type="array",
        items={"type": "integer", "minimum": 1, "maximum": 200},
        minItems=1,
        title="List lengths",
        description="Evaluated one by one; the middle one gives the headline metrics.",
    ),
    "test_tracks": Param(
        500,
        type="integer",
        minimum=1,
        maximum=100_000,
        title="Test tracks",
        description="How many tracks to evaluate with.",
    ),
    "promote": Param(
        True,
        type="boolean",
        title="Promote",
        description="Serve the new version if the gate lets it. It is registered either way.",
    ),
    "recipe": Param(
        "content",
        type="string",
        enum=["content", "plain"],
        title="Recipe",
        description="content: all a track says about itself. plain: genres and sound, 1:1.",
    ),
    "rerank": Param(
        True,
        type="boolean",
        title="Learn from playlists",
        description="Learn a re-ranker where there are enough playlists; it is kept only if it surely helps.",
    ),
    "lists": Param(
        200,
        type="integer",
        minimum=1,
        maximum=100_000,
        title="Held-out playlists",
        description="How many playlists the comparison and the gate use.",
    ),
    "force": Param(
        False,
        type="boolean",
        title="Force",
        description="Serve the new version even if the gate refuses it.",
    ),
}


@dag(
    dag_id="retrain_model",
    description="Train on the whole catalogue, evaluate, log to MLflow, register, promote.",
    schedule=[CATALOGUE],
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    params=PARAMS,
    default_args={"retries": 1, "retry_delay": timedelta(seconds=30)},
    dagrun_timeout=timedelta(hours=2),
    doc_md=__doc__,
    tags=["quintet"],
)
def retrain_model() -> None:
    """One task: the training succeeds as a whole or not at all."""

    @task.external_python(
        python=os.environ.get("QUINTET_PYTHON", "/opt/quintet/bin/python"),
        expect_airflow=False,
        execution_timeout=timedelta(hours=1),
    )
    def train(params_as_json: str) -> dict[str, Any]:
        import json
        import sys

        from quintet.batch_training import run_training
        from quintet.errors import QuintetError

        params = json.loads(params_as_json)
        try:
            report = run_training(**{**params, "ks": tuple(params["ks"])})
        except QuintetError:
            sys.tracebacklimit = 0  # the message says it all
            raise
        print("gate:", report.verdict)  # noqa: T201 (in the task's log, where a refusal is looked for)
        return report.as_dict()

    # Another interpreter, without Airflow, gets no context: the parameters travel as text.
    train("{{ params | tojson }}")


retrain_model()
