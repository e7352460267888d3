#!/bin/bash
# Run once by PostgreSQL's entrypoint, on an empty volume: a role and a database each for Quintet, MLflow, Airflow.
# No role can enter another one's database.
set -euo pipefail

make_database() { # NAME PASSWORD
    psql -v ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
        -v name="$1" -v password="$2" <<'SQL'
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"name";
REVOKE ALL ON DATABASE :"name" FROM PUBLIC;
SQL
}

make_role() { # NAME PASSWORD
    psql -v ON_ERROR_STOP=1 --quiet --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" \
        -v name="$1" -v password="$2" <<<"CREATE ROLE :\"name\" LOGIN PASSWORD :'password'"
}

# The API's role owns nothing; `quintet db migrate` says what it may do.
make_role quintet_api "$QUINTET_API_DB_PASSWORD"
make_database quintet "$QUINTET_DB_PASSWORD"
make_database mlflow "$MLFLOW_DB_PASSWORD"
make_database airflow "$AIRFLOW_DB_PASSWORD"
