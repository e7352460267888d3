"""The CrawlStore on PostgreSQL: one transaction for each call, so that a killed crawl goes on from the last.

The SQL is in `crawl_statements`; publishing in `crawl_publication`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import date
from typing import Any, cast

from sqlalchemy import Connection, text
from sqlalchemy.pool import QueuePool

from quintet.adapters.postgres import crawl_publication
from quintet.adapters.postgres import crawl_statements as sql
from quintet.adapters.postgres.connection import make_engine, translated
from quintet.errors import StoreError
from quintet.ports import ChartEntry, CreditedArtist, FoundTrack, TrackPage
from quintet.ports.crawl import Chart, CheckedBatch, Drift, FoundRow, Publication

REST_DAYS = 30
CHUNK_ROWS = 2_000


class PostgresCrawlStore:
    """The crawl's state in PostgreSQL: see `ports.crawl.CrawlStore`.

    Parameters
    ----------
    url : str
        SQLAlchemy address; one connection is kept, and opened anew after PostgreSQL was away.
    """

    def __init__(self, url: str) -> None:
        self._engine = make_engine(url, QueuePool)

    def begin(self, day: date, call_budget: int) -> None:
        """Make the day's row, or set the budget of the one there is."""
        self._run(sql.BEGIN, day=day, call_budget=call_budget)

    def spend(self, day: date, keep: int) -> bool:
        """Count one call; False where only `keep` calls are left."""
        with self._transaction() as connection:
            # A count that is lost with the machine is no harm: it need not wait for the disk.
            connection.execute(text("SET LOCAL synchronous_commit = off"))
            return connection.execute(text(sql.SPEND), {"day": day, "keep": keep}).first() is not None

    def learned(self, day: date) -> dict[str, int]:
        """Return what was found out today."""
        return dict(self._of_day("learned", day))

    def learn(self, day: date, what: str, value: int) -> None:
        """Keep something found out."""
        self._run(sql.LEARN, day=day, what=what, value=value)

    def refused(self, day: date) -> Mapping[str, str]:
        """Return the sources switched off today, and why."""
        return dict(self._of_day("refused", day))

    def refuse(self, day: date, what: str, why: str) -> None:
        """Switch a source off for the day."""
        self._run(sql.REFUSE, day=day, what=what, why=why)

    def leave(self, day: date, task: str, left: str | None) -> None:
        """Note what a task left for the next morning."""
        self._run(sql.LEAVE, day=day, task=task, left=left)

    def has_chart(self, day: date) -> bool:
        """Tell whether the day's chart was read."""
        return bool(self._one("SELECT EXISTS (SELECT FROM charts WHERE chart_date = :day)", day=day))

    def save_chart(self, day: date, source: str, entries: Sequence[ChartEntry]) -> None:
        """Keep the day's chart, and its tracks where the source gives them."""
        rows = [{"rank": entry.rank, "track_id": entry.track_id, "isrc": entry.isrc} for entry in entries]
        with self._transaction() as connection:
            values = {"day": day, "source": source, "entries": _json(rows)}
            connection.execute(text(sql.CHART), values)
            _keep_found(connection, day, source, "chart", [entry.track for entry in entries if entry.track])
            connection.execute(text(sql.NAME_KNOWN), {"day": day})

    def unnamed_chart(self, day: date) -> Sequence[str]:
        """Return ISRCs of the chart nobody was asked about, best first."""
        return self._column(sql.UNNAMED, day=day, rest=REST_DAYS)

    def name_chart(self, day: date, source: str, isrc: str, track: FoundTrack | None) -> None:
        """Keep what a catalogue has for an ISRC of the chart."""
        with self._transaction() as connection:
            values = {"day": day, "isrc": isrc, "track_id": track.track_id if track else None}
            connection.execute(text(sql.NAME_ASKED), values)
            _keep_found(connection, day, source, "chart", [track] if track else [])

    def chart(self, day: date) -> Chart | None:
        """Return the day's chart with the facts of its tracks."""
        with self._transaction() as connection:
            rows = connection.execute(text(sql.SHOWN), {"day": day}).all()
        places = [{**row.track, "rank": row.rank, "change": row.change} for row in rows]
        return Chart(day.isoformat(), rows[0].source, places) if rows else None

    def open_questions(self, day: date, questions: Sequence[str]) -> Mapping[str, int]:
        """Return the questions still to be read today and where each goes on, in their order."""
        values = {"day": day, "queries": list(questions)}
        with self._transaction() as connection:
            connection.execute(text(sql.ADD_QUERIES), values)
            connection.execute(text(sql.BEGIN_AGAIN), values)
            found = {row.query: row.next_offset for row in connection.execute(text(sql.OPEN_QUERIES), values)}
        return {question: found[question] for question in questions if question in found}

    def save_page(self, day: date, source: str, question: str, page: TrackPage) -> None:
        """Keep a page's tracks and where the question goes on."""
        with self._transaction() as connection:
            _keep_found(connection, day, source, question, page.tracks)
            values = {"day": day, "query": question, "next_offset": page.next_offset}
            connection.execute(text(sql.ADVANCE), values)

    def artists_to_ask(self, day: date, source: str, limit: int) -> Sequence[str]:
        """Return ids of artists without genres the source was not asked about lately."""
        return self._column(sql.ARTISTS_TO_ASK, day=day, source=source, limit=limit, rest=REST_DAYS)

    def count_artists_to_ask(self, day: date, source: str) -> int:
        """Return how many there are."""
        return int(self._one(sql.COUNT_ARTISTS_TO_ASK, day=day, source=source, rest=REST_DAYS))

    def save_genres(
        self, day: date, source: str, asked: Sequence[str], genres: Mapping[str, Sequence[str]]
    ) -> None:
        """Keep the genres of the artists asked about."""
        answers = [{"id": artist_id, "genres": list(genres.get(artist_id, ()))} for artist_id in asked]
        self._keep_answers(sql.GENRES, day, source, answers)

    def tracks_to_ask(self, day: date, source: str, limit: int) -> Sequence[str]:
        """Return ids of tracks without features the source was not asked about lately."""
        return self._column(sql.TRACKS_TO_ASK, day=day, source=source, limit=limit, rest=REST_DAYS)

    def count_tracks_to_ask(self, day: date, source: str) -> int:
        """Return how many there are."""
        return int(self._one(sql.COUNT_TRACKS_TO_ASK, day=day, source=source, rest=REST_DAYS))

    def save_features(
        self, day: date, source: str, asked: Sequence[str], features: Mapping[str, Mapping[str, float]]
    ) -> None:
        """Keep the features of the tracks asked about."""
        answers = [{"id": track_id, "features": features.get(track_id)} for track_id in asked]
        self._keep_answers(sql.FEATURES, day, source, answers)

    def rows(self, day: date) -> Iterator[Sequence[FoundRow]]:
        """Yield the day's rows in chunks, ordered by track id."""
        with translated(self._engine.url), self._engine.connect() as connection:
            streamed = connection.execution_options(yield_per=CHUNK_ROWS).execute(
                text(sql.ROWS), {"day": day}
            )
            for chunk in streamed.partitions():
                yield [
                    FoundRow(_read_track(row.track), row.is_new_find, row.features, row.source)
                    for row in chunk
                ]

    def publication(self, day: date, run_id: str) -> Publication | None:
        """Return the day's publication if it still stands."""
        with self._transaction() as connection:
            return crawl_publication.standing(connection, day, run_id)

    def publish(self, day: date, run_id: str, batches: Iterable[CheckedBatch], drift: Drift) -> Publication:
        """Write the day's crawl into the catalogue in one transaction."""
        with self._transaction() as connection:
            return crawl_publication.publish(connection, day, run_id, batches, drift)

    def _keep_answers(self, statement: str, day: date, source: str, answers: list[dict[str, Any]]) -> None:
        with self._transaction() as connection:
            connection.execute(text(statement), {"day": day, "source": source, "answers": _json(answers)})
            connection.execute(text(sql.NEWS), {"day": day})

    def _of_day(self, column: str, day: date) -> dict[str, Any]:
        found = self._one(f"SELECT {column} FROM crawls WHERE crawl_date = :day", day=day)  # noqa: S608 (ours)
        if found is None:
            raise StoreError(f"no crawl was begun for {day}")
        return cast("dict[str, Any]", found)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        with translated(self._engine.url), self._engine.begin() as connection:
            yield connection

    def _run(self, statement: str, **values: Any) -> None:
        with self._transaction() as connection:
            connection.execute(text(statement), values)

    def _one(self, statement: str, **values: Any) -> Any:
        with self._transaction() as connection:
            return connection.execute(text(statement), values).scalar()

    def _column(self, statement: str, **values: Any) -> list[str]:
        with self._transaction() as connection:
            return list(connection.execute(text(statement), values).scalars())


def _keep_found(
    connection: Connection, day: date, source: str, detail: str, tracks: Sequence[FoundTrack]
) -> None:
    values = {"day": day, "source": source, "detail": detail}
    found = _json([asdict(track) for track in tracks])
    connection.execute(text(sql.FOUND), {**values, "tracks": found})
    connection.execute(text(sql.NEWS), {"day": day})


def _json(value: Any) -> str:
    """Return JSON as PostgreSQL takes it: no zero bytes, no halves of surrogate pairs."""
    return json.dumps(_storable(value), ensure_ascii=False)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value


def _read_track(body: Mapping[str, Any]) -> FoundTrack:
    plain = {field.name: body[field.name] for field in fields(FoundTrack)}
    artists = tuple(CreditedArtist(credit["artist_id"], credit["name"]) for credit in plain["artists"])
    return FoundTrack(**{**plain, "artists": artists})
