"""The supervisor, with small real processes: order, failures, restarts, and nothing left behind."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import psutil
import pytest
from tests.fakes.parts import Run, service, step

from quintet.errors import StackError
from quintet.stack import processes


def _lines(path: Path) -> list[str]:
    return path.read_text().split() if path.exists() else []


def test_parts_start_after_what_they_need_and_stop_before_it(run: Run, home: Path) -> None:
    order = home / "order"

    def traced(name: str, *needs: str):
        trap = f"trap 'echo -{name} >> {order}; exit' TERM"
        script = f"{trap}; echo +{name} >> {order}; while :; do sleep 0.05; done"
        return service(
            name, script, needs=needs, ready=lambda: None if f"+{name}" in _lines(order) else "wait"
        )

    assert run([traced("c", "b"), traced("b", "a"), traced("a")])
    assert _lines(order) == ["+a", "+b", "+c", "-c", "-b", "-a"]


def test_a_step_that_has_nothing_to_do_is_not_run(run: Run, home: Path) -> None:
    assert run([step("load", f"touch {home}/ran", is_done=lambda: True)])
    assert not (home / "ran").exists()


def test_what_a_long_step_writes_is_shown_while_it_runs(run: Run, said: list[str]) -> None:
    run([step("train", "echo half; sleep 0.6; echo whole", is_shown=True)])
    assert [line.split("|")[1].strip() for line in said if "|" in line] == ["half", "whole"]


def test_a_part_that_fails_at_the_start_stops_the_others_and_quotes_its_log(run: Run, home: Path) -> None:
    parts = [
        service("database", "sleep 60"),
        step("migrate", "echo no such table; exit 3", needs=("database",)),
    ]
    with pytest.raises(StackError, match=r"(?s)migrate ended with status 3.*migrate\.log.*no such table"):
        run(parts)
    assert processes.marked(home) == []


def test_a_program_that_does_not_exist_is_named(run: Run, home: Path) -> None:
    missing = service("page", "")
    missing = type(missing)(name="page", command=(f"{home}/none",), env={}, ready=lambda: None)
    with pytest.raises(StackError, match="page cannot be started"):
        run([missing])


def test_a_service_that_is_not_ready_in_time_is_told_with_what_is_missing(run: Run) -> None:
    slow = service("api", "sleep 60", ready=lambda: "no model yet", start_timeout_s=0.5)
    with pytest.raises(StackError, match="api not ready after 0 s: no model yet"):
        run([slow])


def test_a_service_that_dies_later_is_started_again_and_its_log_quoted(
    run: Run, home: Path, said: list[str]
) -> None:
    starts = home / "starts"
    asked_to_stop = []

    def ready() -> str | None:
        if len(_lines(starts)) == 2 and not asked_to_stop:
            asked_to_stop.append(os.kill(os.getpid(), signal.SIGTERM))
        return None if _lines(starts) else "wait"

    dying = service("api", f"echo x >> {starts}; echo out of memory; exec sleep 60", ready=ready)

    def kill_it() -> None:
        [process] = processes.marked(home)
        process.kill()

    assert run([dying], on_ready=kill_it)
    assert len(_lines(starts)) == 2
    assert any("ended by signal 9" in line and "out of memory" in line for line in said)
    assert any("starts again in 1 s" in line for line in said)


def test_what_a_service_started_is_stopped_too_even_in_a_session_of_its_own(run: Run, home: Path) -> None:
    grandchild = service("airflow", f"setsid sleep 61 & echo $! > {home}/pid; wait")
    grandchild = type(grandchild)(
        name="airflow",
        command=grandchild.command,
        env=grandchild.env,
        ready=lambda: None if _lines(home / "pid") else "wait",
    )
    assert run([grandchild])
    assert processes.marked(home) == []


def test_a_service_that_ignores_the_request_to_stop_is_killed(run: Run, home: Path) -> None:
    started = time.monotonic()
    script = f"trap '' TERM INT; touch {home}/up; while :; do sleep 0.1; done"
    stubborn = service(
        "stubborn",
        script,
        stop_timeout_s=0.5,
        ready=lambda: None if (home / "up").exists() else "wait",
    )
    assert run([stubborn])
    assert time.monotonic() - started < 20


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_starting_stops_what_was_started(run: Run, home: Path, number: signal.Signals) -> None:
    def interrupt() -> str:
        os.kill(os.getpid(), number)
        return "wait"

    assert not run([service("first", "sleep 60"), service("second", "sleep 60", ready=interrupt)])
    assert processes.marked(home) == []


def test_after_a_stop_signals_do_again_what_they_did(run: Run) -> None:
    before = signal.getsignal(signal.SIGTERM)
    run([step("nothing", "true")])
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_record_is_written_while_it_runs_and_names_each_process(run: Run, home: Path) -> None:
    from quintet.stack.journal import Journal

    seen = []

    def look() -> None:
        time.sleep(0)
        seen.append(Journal(home / "run").read())
        os.kill(os.getpid(), signal.SIGTERM)

    run([service("api", "sleep 60"), step("load", "true")], on_ready=look)
    [record] = seen
    assert record is not None
    assert psutil.Process().pid == record.pid
    assert set(record.parts) == {"api", "load"}
