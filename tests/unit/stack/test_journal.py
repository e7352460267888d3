"""One supervisor a state folder; a record counts only while its writer lives."""

from __future__ import annotations

import json
from pathlib import Path

from quintet.stack.journal import READY, Journal, PartState


def test_only_one_holds_the_lock(tmp_path: Path) -> None:
    with Journal(tmp_path).hold() as first, Journal(tmp_path).hold() as second:
        assert (first, second) == (True, False)
    with Journal(tmp_path).hold() as again:
        assert again


def test_a_record_comes_back_as_written(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    parts = {"api": PartState("ready", pid=7, restarts=1, detail="slow")}
    journal.write(READY, parts, (("api", "http://127.0.0.1:8000"),))
    record = journal.read()
    assert record is not None
    assert record.parts == parts
    assert record.addresses == (("api", "http://127.0.0.1:8000"),)


def test_the_record_of_a_dead_supervisor_counts_for_nothing(tmp_path: Path) -> None:
    journal = Journal(tmp_path)
    journal.write(READY, {}, ())
    raw = json.loads((tmp_path / "up.json").read_text())
    (tmp_path / "up.json").write_text(json.dumps(raw | {"created": raw["created"] - 100}))
    assert journal.read() is None


def test_a_damaged_record_counts_for_nothing(tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"pid": 1}'):
        (tmp_path / "up.json").write_text(text)
        assert Journal(tmp_path).read() is None
