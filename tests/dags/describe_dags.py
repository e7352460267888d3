"""Run in Airflow's own interpreter: loads a folder of DAGs as its processor does, writes what it found.

Arguments: the folder, the JSON file to write.
"""

import json
import sys
from pathlib import Path

from airflow.dag_processing.dagbag import BundleDagBag

folder = Path(sys.argv[1])
before = set(sys.modules)
bag = BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")
found = {
    "import_errors": bag.import_errors,
    "parse_seconds": {stat.file: stat.duration.total_seconds() for stat in bag.dagbag_stats},
    "imported": sorted({name.partition(".")[0] for name in set(sys.modules) - before}),
    "dags": {
        dag.dag_id: {
            "is_paused_upon_creation": dag.is_paused_upon_creation,
            "max_active_runs": dag.max_active_runs,
            "catchup": dag.catchup,
            "assets": [asset.name for asset in getattr(dag.timetable.asset_condition, "objects", ())],
            "schedule": getattr(dag.timetable, "expression", None),
            "timezone": str(getattr(dag.timetable, "timezone", None)),
            "params": dag.params.dump(),
            "tasks": {
                task.task_id: {
                    "retries": task.retries,
                    "is_backed_off": bool(task.retry_exponential_backoff),
                    "downstream": sorted(task.downstream_task_ids),
                    "outlets": [asset.name for asset in task.outlets],
                    "python": getattr(task, "python", None),
                    "expect_airflow": getattr(task, "expect_airflow", None),
                }
                for task in dag.tasks
            },
        }
        for dag in bag.dags.values()
    },
}
Path(sys.argv[2]).write_text(json.dumps(found))
