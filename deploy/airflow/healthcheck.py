#!/opt/airflow/bin/python
"""Tell Docker whether one part of Airflow is well: exit status 0 when it is. Runs inside the container.

    airflow-healthcheck api-server | scheduler | dag-processor | triggerer

The API server is asked over HTTP; of the others, this container's heartbeat in the database is read, which
costs a tenth of what `airflow jobs check` does.
"""

from __future__ import annotations

import http.client
import os
import socket
import sys
from contextlib import closing

TIMEOUT_S = 8
JOB_TYPES = {"scheduler": "SchedulerJob", "dag-processor": "DagProcessorJob", "triggerer": "TriggererJob"}
BEATS = """
SELECT 1 FROM job
WHERE job_type = %s AND hostname = %s AND state = 'running'
  AND latest_heartbeat > now() - interval '60 seconds'
"""


def api_answers() -> bool:
    """Return whether Airflow's health page answers 200."""
    link = http.client.HTTPConnection("127.0.0.1", 8080, timeout=TIMEOUT_S)
    link.request("GET", "/api/v2/version")
    return link.getresponse().status == 200


def has_heartbeat(part: str) -> bool:
    """Return whether the process of this container wrote its heartbeat lately."""
    import psycopg2

    url = os.environ["AIRFLOW__DATABASE__SQL_ALCHEMY_CONN"].replace("+psycopg2", "", 1)
    with closing(psycopg2.connect(url, connect_timeout=TIMEOUT_S)) as link, link.cursor() as cursor:
        cursor.execute(BEATS, (JOB_TYPES[part], socket.gethostname()))
        return cursor.fetchone() is not None


if __name__ == "__main__":
    name = sys.argv[1]
    sys.exit(0 if (api_answers() if name == "api-server" else has_heartbeat(name)) else 1)
