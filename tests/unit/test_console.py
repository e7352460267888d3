"""What is shown where there is no terminal, as in a log of Airflow."""

from __future__ import annotations

import pytest

from quintet.console import shown


def test_without_a_terminal_each_step_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with shown() as progress:
        for done in range(4):
            progress("reading", done, 3)
        progress("fitting", 0, None)
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(" s  ")[1] for line in lines] == ["reading", "fitting"]
