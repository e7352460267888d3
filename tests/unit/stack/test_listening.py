"""A taken port is told with its holder and the setting that changes it, before anything is started."""

from __future__ import annotations

import os
import socket

import pytest
from tests.fakes.parts import service

from quintet.errors import StackError
from quintet.stack.listening import check_ports


def test_free_ports_pass() -> None:
    with socket.socket() as finder:
        finder.bind(("127.0.0.1", 0))
        port = finder.getsockname()[1]
    check_ports([service("api", "", port=port, port_setting="API_PORT"), service("other", "")])


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_taken_port_is_told_with_its_holder_and_its_setting(address: str) -> None:
    with socket.socket() as listener:
        listener.bind((address, 0))
        listener.listen()
        port = listener.getsockname()[1]
        taken = service("mlflow", "", port=port, port_setting="MLFLOW_PORT")
        with pytest.raises(StackError) as raised:
            check_ports([taken])
    text = str(raised.value)
    assert "nothing was started" in text
    assert f"port {port} (mlflow) is taken by process {os.getpid()} (" in text
    assert "MLFLOW_PORT" in text


def test_one_port_for_two_services_is_refused() -> None:
    twice = [
        service("api", "", port=9, port_setting="API_PORT"),
        service("ui", "", port=9, port_setting="UI_PORT"),
    ]
    with pytest.raises(StackError, match="port 9 is set for API_PORT and UI_PORT"):
        check_ports(twice)
