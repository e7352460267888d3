"""What the API may do in the database, where it has a role of its own: nothing but what it needs.

The role and its password are the operator's to make (`deploy/postgres/databases.sh` does in containers).
"""

from __future__ import annotations

from sqlalchemy import Connection, text

API_ROLE = "quintet_api"

# The statement does nothing where there is no such role: one machine needs none.
_GRANTS = f"""
DO $$ BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{API_ROLE}') THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO {API_ROLE}', current_database());
        GRANT USAGE ON SCHEMA public TO {API_ROLE};
        GRANT SELECT ON shown_charts, crawls, audio_features TO {API_ROLE};
        GRANT SELECT, INSERT, UPDATE ON served_requests, ratings TO {API_ROLE};
        GRANT DELETE ON ratings TO {API_ROLE};
    END IF;
END $$
"""


def grant_to_api(connection: Connection) -> None:
    """Let the API's role, if there is one, keep lists and ratings and read what it shows."""
    connection.execute(text(_GRANTS))
