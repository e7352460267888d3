"""Migrations on a real PostgreSQL."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from quintet.adapters.postgres import PostgresTrackStore, migrate
from quintet.errors import StoreError


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
