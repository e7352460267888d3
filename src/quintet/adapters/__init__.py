"""What the ports promise, kept: PostgreSQL, MLflow, files and the sources of music. Siblings never meet."""
