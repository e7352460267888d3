"""The batch side's wiring of what listeners did: ratings, picks and the chart the API shows.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from quintet.batch import database_url, model_registry
from quintet.settings import FeedbackSettings

if TYPE_CHECKING:
    from quintet.data.trial import Trial
    from quintet.ports.crawl import ChartBoard
    from quintet.ports.feedback import FeedbackStore

STATEMENT_TIMEOUT_S = 120.0


def feedback_store() -> FeedbackStore:
    """Return the store of served lists and ratings; nothing is asked of it yet."""
    from quintet.adapters.feedback import Database, PostgresFeedback

    return PostgresFeedback(Database(database_url(), STATEMENT_TIMEOUT_S))


def forget_old_lists() -> int:
    """Delete lists that were served longer ago than QUINTET_LISTS_KEPT_DAYS; return how many."""
    days = FeedbackSettings().kept_days
    return feedback_store().forget(datetime.now(UTC) - timedelta(days=days))


def compare_online() -> Trial:
    """Compare the versions that are champion and challenger now by what listeners did with their lists."""
    from quintet.data.trial import compare
    from quintet.jobs.promote import versions_on_trial

    pair = versions_on_trial(model_registry())
    return compare(feedback_store().trial_tallies(*pair), *pair)


def chart_board() -> ChartBoard:
    """Return where the day's chart is hung up for the API; nothing is asked of it yet."""
    from quintet.adapters.feedback import Database, PostgresChartBoard

    return PostgresChartBoard(Database(database_url(), STATEMENT_TIMEOUT_S))
