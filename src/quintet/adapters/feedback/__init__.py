"""What the API keeps in and reads from PostgreSQL, over psycopg2 alone: no call takes longer than it may.

`connection` is that promise, `store` the FeedbackStore, `board` the ChartBoard, `installation` what the
operator is shown; `statements` holds the SQL. The tables are made by the migrations of `adapters.postgres`.
"""

from quintet.adapters.feedback.board import PostgresChartBoard
from quintet.adapters.feedback.connection import Database
from quintet.adapters.feedback.installation import PostgresInstallation
from quintet.adapters.feedback.store import PostgresFeedback

__all__ = ["Database", "PostgresChartBoard", "PostgresFeedback", "PostgresInstallation"]
