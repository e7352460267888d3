"""How Alembic runs our migrations: on the connection `migrate` hands over, in its transaction.

Only Alembic loads this.
"""

from __future__ import annotations

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
