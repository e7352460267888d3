#!/bin/sh
# Puts the admin's password where Airflow's simple auth manager reads it, in memory only, then runs the command.
set -eu
if [ -n "${AIRFLOW_ADMIN_PASSWORD:-}" ]; then
    umask 077
    mkdir -p /tmp/airflow
    python -c 'import json, os; print(json.dumps({"admin": os.environ["AIRFLOW_ADMIN_PASSWORD"]}))' \
        >/tmp/airflow/passwords.json
    unset AIRFLOW_ADMIN_PASSWORD
    umask 022
fi
exec "$@"
