"""PostgreSQL: `store` keeps the TrackStore port, `migrate` brings the tables up to date.

`staging` copies frames in, `merges` holds the SQL that writes, `snapshot` the SQL that reads, `connection`
reaches the server and translates its errors.
"""

from quintet.adapters.postgres.migrate import migrate
from quintet.adapters.postgres.store import PostgresTrackStore

__all__ = ["PostgresTrackStore", "migrate"]
