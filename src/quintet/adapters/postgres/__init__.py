"""PostgreSQL: `store` keeps the TrackStore port, `crawl_store` the CrawlStore's, `migrate` makes the tables.

`staging` copies frames in, `merges` holds the SQL that writes, `snapshot` the SQL that reads, `connection`
reaches the server and translates its errors. `grants` says what
the API may do. `dump` writes all tables to a file and back, with `table_copy`
and, for MLflow's, `registry_dump`; `dump_file` is that file.
"""

from quintet.adapters.postgres.crawl_store import PostgresCrawlStore
from quintet.adapters.postgres.dump import dump, restore
from quintet.adapters.postgres.migrate import migrate
from quintet.adapters.postgres.registry_dump import Registry
from quintet.adapters.postgres.store import PostgresTrackStore

__all__ = ["PostgresCrawlStore", "PostgresTrackStore", "Registry", "dump", "migrate", "restore"]
