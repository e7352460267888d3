"""The DAG `crawl_spotify`: every morning at 09:00 the chart, new music, genres and audio features.

Each task runs a part of `quintet crawl` in the project's interpreter, which QUINTET_PYTHON names, and may be
run again at any time: it goes on where it stopped. A used-up quota ends a task well, and its result says what
is left for tomorrow; a source that does not answer fails it, and a later try heals. Only a crawl that changed
the catalogue publishes the asset, which starts `retrain_model`.
"""

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import CronTriggerTimetable, Param, dag, task

from quintet_assets import CATALOGUE

PYTHON = os.environ.get("QUINTET_PYTHON", "/opt/quintet/bin/python")
TIMEZONE = os.environ.get("QUINTET_TIMEZONE") or "Asia/Seoul"
NOTHING_NEW = 99  # exit status

PARAMS = {
    "date": Param(
        None,
        type=["null", "string"],
        format="date",
        title="Day",
        description="The crawl's day, YYYY-MM-DD. Empty: the day of this run in QUINTET_TIMEZONE.",
    ),
    "queries": Param(
        None,
        type=["null", "array"],
        items={"type": "string", "minLength": 1},
        title="Searches",
        description="In Spotify's own language. Empty: QUINTET_CRAWL_QUERIES and QUINTET_CRAWL_PLAYLISTS.",
    ),
    "budget": Param(
        None,
        type=["null", "integer"],
        minimum=0,
        title="Call budget",
        description="Calls of Spotify that day. Empty: QUINTET_CRAWL_CALL_BUDGET.",
    ),
}


@dag(
    dag_id="crawl_spotify",
    description="Chart, new music, genres and audio features of the morning; then checked and published.",
    # The first crawl is the next morning's; after that, a morning that was missed is made up for.
    schedule=CronTriggerTimetable("0 9 * * *", timezone=TIMEZONE, run_immediately=timedelta(0)),
    catchup=False,
    max_active_runs=1,
    is_paused_upon_creation=False,
    params=PARAMS,
    default_args={
        "retries": 4,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
    },
    dagrun_timeout=timedelta(hours=6),
    doc_md=__doc__,
    tags=["quintet"],
)
def crawl_spotify() -> None:
    """Five tasks in the order of their value, and one that tells of what changed."""

    @task.external_python(python=PYTHON, expect_airflow=False, execution_timeout=timedelta(hours=1))
    def crawl(step: str, run: str, moment: str, params_as_json: str) -> dict[str, Any]:
        import json
        import sys

        from quintet.batch_crawl import CrawlOptions, crawl_day, run_task
        from quintet.errors import QuintetError

        params = json.loads(params_as_json)
        try:
            day = crawl_day(params["date"], moment)
            return run_task(step, CrawlOptions(day, params["budget"], params["queries"], run))
        except QuintetError:
            sys.tracebacklimit = 0  # the message says it all
            raise

    @task.external_python(
        python=PYTHON, expect_airflow=False, outlets=[CATALOGUE], skip_on_exit_code=NOTHING_NEW
    )
    def announce(published: dict[str, Any], nothing_new: int) -> None:
        import sys

        if not published["details"]["is_changed"]:
            sys.exit(nothing_new)

    def step(name: str) -> Any:
        # Another interpreter, without Airflow, gets no context: what it needs travels as text.
        context = ("{{ run_id }}", "{{ dag_run.run_after.isoformat() }}", "{{ params | tojson }}")
        return crawl.override(task_id=name)(name, *context)

    published = step("publish")
    step("chart") >> step("discovery") >> step("genres") >> step("audio_features") >> published
    announce(published, NOTHING_NEW)


crawl_spotify()
