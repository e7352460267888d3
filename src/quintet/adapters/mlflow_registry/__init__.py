"""MLflow, where trainings are recorded and model versions live: `ModelRegistry` and `RunTracker`, kept.

`registry` needs mlflow-skinny only and serves the API too; `tracker` and `packaging` need all of MLflow.
"""
