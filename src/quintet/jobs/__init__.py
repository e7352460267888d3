"""One file, one command, one Airflow task: the batch side's use cases, over ports."""
