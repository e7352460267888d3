"""Which worker of pytest-xdist runs what, and when. Only `conftest` asks; no test depends on it.

A worker takes whole files, so that what a file's tests share is made once. It takes together what shares a
service that is slow to start. The longest come first, so that at the end no worker waits for another.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from xdist.scheduler import LoadFileScheduling

# A fixture every worker would have to start anew, and the files (or folder) that ask for it.
TOGETHER = {
    "running_stack": (
        "tests/integration/test_dump_with_registry.py",
        "tests/e2e/test_whole_stack.py",
        "tests/integration/test_up_retraining.py",
        "tests/integration/test_up_crawl.py",
        "tests/integration/test_up_crawl_disturbed.py",
        "tests/integration/test_up.py",
    ),
    "browser": ("tests/e2e/",),
    "mlflow_uri": (
        "tests/integration/test_training_on_mlflow.py",
        "tests/integration/test_watching_on_mlflow.py",
        "tests/contract/test_model_registry.py",
        "tests/dags/test_retrain_model_fails.py",
        "tests/integration/test_api_with_mlflow.py",
    ),
    "real": ("tests/unit/model/test_search.py", "tests/unit/model/test_recommender.py"),
}
# Files that take long by themselves, the longest first.
LONGEST = (
    "tests/unit/jobs/test_train.py",
    "tests/unit/jobs/training/test_training_with_playlists.py",
    "tests/unit/model/test_real_quality.py",
    "tests/unit/model/test_list_learning.py",
    "tests/unit/dataset/test_demo_through_quintet.py",
    "tests/integration/test_catalogue_commands.py",
    "tests/integration/test_import_catalogue.py",
    "tests/unit/api/test_any_input.py",
    "tests/integration/test_crawl_killed.py",
    "tests/integration/test_crawl_large.py",
    "tests/integration/test_embedded_postgres.py",
    "tests/dags/test_dags.py",
    "tests/unit/web/test_streamlit_app.py",
)

PLACES = [(place, fixture) for fixture, places in TOGETHER.items() for place in places]
ORDER = [*(place for place, _ in PLACES), *LONGEST]


def unit_of(file: str) -> str:
    """Return what a file is run with: the name of the service it shares, else the file itself."""
    return next((fixture for place, fixture in PLACES if file.startswith(place)), file)


def longest_first(items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return the tests with the longest files in front; beyond that, nothing changes places."""
    return sorted(items, key=lambda item: _turn(item.nodeid))


def _turn(nodeid: str) -> int:
    return next((turn for turn, place in enumerate(ORDER) if nodeid.startswith(place)), len(ORDER))


class LongestFirst(LoadFileScheduling):
    """Hands out files, or files that belong together, in the order they were collected in."""

    def _split_scope(self, nodeid: str) -> str:
        return unit_of(super()._split_scope(nodeid))
