"""Run in Airflow's own interpreter: hands parameters, as JSON, to the task of `retrain_model` and runs it.

Arguments: the folder of DAGs, the parameters. Airflow's database takes no part.
"""

import sys
from pathlib import Path

from airflow.dag_processing.dagbag import BundleDagBag

folder = Path(sys.argv[1])
task = (
    BundleDagBag(folder, bundle_path=folder, bundle_name="dags-folder")
    .dags["retrain_model"]
    .get_task("train")
)
task.op_args = [sys.argv[2]]
task._bundle_path = str(folder)  # what a worker sets before it runs a task
task.execute_callable()
