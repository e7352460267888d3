"""Logs are begun anew, bounded, followed line by line, and quoted."""

from __future__ import annotations

from pathlib import Path

from quintet.stack import logs


def test_the_last_runs_log_is_kept_once(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    for text in ("first", "second", "third"):
        logs.begin(log)
        log.write_text(text)
    assert (tmp_path / "api.log.1").read_text() == "second"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["api.log", "api.log.1"]


def test_a_log_that_grew_too_large_is_emptied_under_its_writer(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    with log.open("a") as writer:
        writer.write("x" * 100)
        writer.flush()
        logs.bound(log, max_bytes=50)
        writer.write("after")
    assert log.read_text() == "after"
    assert (tmp_path / "api.log.1").stat().st_size == 100


def test_a_small_log_is_left_alone(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    log.write_text("small")
    logs.bound(log, max_bytes=50)
    assert log.read_text() == "small"


def test_a_follower_gives_whole_new_lines_once(tmp_path: Path) -> None:
    log = tmp_path / "train.log"
    log.write_text("old\n")
    follower = logs.Follower(log)
    with log.open("a") as writer:
        writer.write("one\nhal")
        writer.flush()
        assert follower.new_lines() == ["one"]
        writer.write("f\n")
        writer.flush()
        assert follower.new_lines() == ["half"]
    assert follower.new_lines() == []


def test_the_tail_is_the_end_and_says_so_when_there_is_none(tmp_path: Path) -> None:
    log = tmp_path / "api.log"
    assert "nothing" in logs.tail(log)
    log.write_text("\n".join(map(str, range(100))))
    assert logs.tail(log, lines=2).split() == ["98", "99"]
