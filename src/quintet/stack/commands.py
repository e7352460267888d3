"""`quintet up`, `down` and `status`: who runs, who may start, what is printed. `supervisor` does the rest."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from quintet.errors import StackError
from quintet.stack import journal, listening, logs, postgres, processes
from quintet.stack.journal import Journal, Record
from quintet.stack.plan import Plan
from quintet.stack.supervisor import Supervisor

PATIENCE_S = 120.0
POLL_S = 0.2


def up(make: Callable[[], Plan], home: Path) -> None:
    """Start everything and stay until asked to stop; where it already runs, say so and return.

    Parameters
    ----------
    make : callable
        Makes the plan; called only when nothing runs yet.
    home : Path
        The state folder, absolute.

    Raises
    ------
    StackError
        When a part does not start, or somebody else is starting it.
    """
    _make_home(home)
    notes = Journal(home / "run")
    with notes.hold() as is_ours:
        if not is_ours:
            _already_runs(notes, home)
            return
        clear_leftovers(home)
        plan = make()
        listening.check_ports(plan.services)
        _say(f"Quintet starts; its state is in {home}")
        supervisor = Supervisor(plan.parts, home, notes, plan.addresses, _say)
        if not supervisor.run(lambda: _say(_ready_text(home, plan.addresses))):
            raise StackError("stopped before everything was ready")


def up_detached(home: Path) -> None:
    """Start everything in the background and return once all is ready, or raise as `up` does."""
    _make_home(home)
    notes = Journal(home / "run")
    if notes.read() is not None:
        _already_runs(notes, home)
        return
    log = home / "logs" / "up.log"
    logs.begin(log)
    follower = logs.Follower(log)
    with log.open("ab") as output:
        command = (sys.executable, "-m", "quintet.cli", "up")
        supervisor = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True
        )
    try:
        _follow(supervisor, notes, follower)
    except KeyboardInterrupt:
        supervisor.send_signal(signal.SIGTERM)
        supervisor.wait(PATIENCE_S)
        raise StackError("stopped before everything was ready") from None


def _follow(supervisor: subprocess.Popen[bytes], notes: Journal, follower: logs.Follower) -> None:
    while True:
        status = supervisor.poll()
        record = notes.read()
        for line in follower.new_lines():
            _say(line)
        if status is not None:
            sys.exit(status)
        if record is not None and record.pid == supervisor.pid and record.phase == journal.READY:
            return
        time.sleep(POLL_S)


def _already_runs(notes: Journal, home: Path) -> None:
    record = notes.read()
    if record is None or record.phase != journal.READY:
        raise StackError(
            "another `quintet up` is starting or stopping; `make status` tells, `make down` stops it"
        )
    _say(f"Quintet already runs (process {record.pid}).\n{table(home, record.addresses)}")


def down(home: Path) -> None:
    """Stop everything that runs for this state folder, also what a killed supervisor left; none is fine."""
    record = Journal(home / "run").read() if home.exists() else None
    supervisor = record.supervisor() if record else None
    if supervisor is not None:
        _say("Stopping ...")
        processes.stop([supervisor], signal.SIGTERM, PATIENCE_S)
    left = clear_leftovers(home)
    _say("Quintet is stopped." if supervisor or left else "Quintet was not running.")


def clear_leftovers(home: Path) -> int:
    """Stop what a killed supervisor left behind, and return how many processes that were."""
    servers = postgres.running(home)
    left = processes.stop_marked(home, timeout_s=20)
    return left + processes.stop(servers, signal.SIGINT, timeout_s=60)


def status(home: Path) -> bool:
    """Print what runs and return whether all of it answers."""
    record = Journal(home / "run").read() if home.exists() else None
    if record is None:
        left = len(processes.marked(home)) + len(postgres.running(home))
        _say(
            "Quintet is not running."
            + (f" {left} processes are left: `make down` stops them." if left else "")
        )
        return False
    _say(_status_text(record))
    _say("\n" + table(home, record.addresses))
    return record.phase == journal.READY and all(
        part.state in ("ready", "done") and (part.state == "done" or not part.detail)
        for part in record.parts.values()
    )


def _status_text(record: Record) -> str:
    lines = [f"Quintet: {record.phase} (process {record.pid})"]
    for name, part in record.parts.items():
        again = f"started again {part.restarts}x" if part.restarts else ""
        notes = "; ".join(filter(None, (part.detail, again)))
        lines.append(f"  {name:<18} {part.state:<9} {part.pid or '':<8} {notes}".rstrip())
    return "\n".join(lines)


def table(home: Path, addresses: tuple[tuple[str, str], ...]) -> str:
    """Return the table of addresses, with Airflow's password read from the state folder."""
    rows = [
        f"  {name:<10} {address}{_login(home) if name == 'airflow' else ''}" for name, address in addresses
    ]
    return "\n".join([f"  {'service':<10} address", f"  {'-' * 10} {'-' * 40}", *rows])


def _login(home: Path) -> str:
    try:
        passwords = json.loads((home / "airflow" / "passwords.json").read_text())
    except (OSError, ValueError):
        return ""
    return "".join(f"   user {user}, password {password}" for user, password in passwords.items())


def _ready_text(home: Path, addresses: tuple[tuple[str, str], ...]) -> str:
    last = f"  Logs are in {home / 'logs'}; Ctrl-C or `make down` stops everything."
    return f"\nQuintet is ready.\n\n{table(home, addresses)}\n\n{last}\n"


def _make_home(home: Path) -> None:
    for name in ("logs", "run", "airflow", "postgres", "mlflow"):
        (home / name).mkdir(parents=True, exist_ok=True, mode=0o700)


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
