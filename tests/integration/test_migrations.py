"""Migrations on a real PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from quintet.adapters.feedback import Database, PostgresChartBoard, PostgresFeedback, PostgresInstallation
from quintet.adapters.postgres import PostgresTrackStore, dump, migrate, restore
from quintet.errors import StoreError
from quintet.ports.feedback import Rating, ServedRequest


def test_migrating_twice_does_nothing_the_second_time(empty_database_url: str) -> None:
    before, after = migrate(empty_database_url)
    assert before is None
    assert migrate(empty_database_url) == (after, after)


def test_migrations_started_at_once_take_turns(empty_database_url: str) -> None:
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(migrate, [empty_database_url] * 4))
    assert sorted(before or "" for before, _ in results).count("") == 1
    assert len({after for _, after in results}) == 1


def test_a_store_without_tables_says_to_migrate(empty_database_url: str) -> None:
    with pytest.raises(StoreError, match="quintet db migrate"):
        PostgresTrackStore(empty_database_url).count_tracks()


def test_a_server_that_does_not_answer_is_named_without_its_password() -> None:
    with pytest.raises(StoreError, match=r"does not answer at .*127.0.0.1:1/x") as told:
        migrate("postgresql://someone:secret@127.0.0.1:1/x")
    assert "secret" not in str(told.value)


@pytest.mark.parametrize("url", ["not an address", "mysql://localhost/x"])
def test_an_address_that_is_not_postgresqls_is_refused(url: str) -> None:
    with pytest.raises(StoreError, match="DATABASE_URL"):
        PostgresTrackStore(url)


def test_the_apis_role_may_keep_lists_and_ratings_and_no_more_also_after_a_restore(
    empty_database_url: str, tmp_path: Path
) -> None:
    owner = Database(empty_database_url, 10.0)
    if not owner.run("SELECT FROM pg_roles WHERE rolname = 'quintet_api'"):
        owner.run("CREATE ROLE quintet_api LOGIN")
    migrate(empty_database_url)
    dump(empty_database_url, tmp_path / "dump")
    restore(empty_database_url, tmp_path / "dump", replace=True)
    role = Database(empty_database_url.replace("quintet@", "quintet_api@"), 10.0)
    now = datetime.now(UTC)
    for _ in range(2):
        PostgresFeedback(role).record([ServedRequest("r", now, "ann", 1, ("s",), ("a",), ("7",), ("7",))])
        PostgresFeedback(role).rate(Rating("r", "a", 5, False, False, "ann", now))
    assert [tally.total for tally in PostgresFeedback(role).rating_tallies()] == [5]
    PostgresFeedback(role).withdraw("r", "a")
    assert PostgresFeedback(role).rated_tracks() == []
    assert PostgresChartBoard(role).read() is None
    assert PostgresInstallation(role).read().sources == {}
    for forbidden in (
        "DELETE FROM served_requests",
        "SELECT FROM tracks",
        "TRUNCATE served_requests",
        "DROP TABLE ratings",
    ):
        with pytest.raises(StoreError, match="refused"):
            role.run(forbidden)
