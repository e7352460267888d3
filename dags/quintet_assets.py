"""The assets Quintet's DAGs publish and wait for, named once; no DAG, no project code."""

from airflow.sdk import Asset

CATALOGUE = Asset(name="quintet-catalogue", uri="quintet://catalogue")
"""The tracks in PostgreSQL: a crawl updates it, a training waits for it."""
