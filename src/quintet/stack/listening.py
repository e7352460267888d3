"""Who listens on a TCP port: asked before anything is started, so that a taken port is a clear message."""

from __future__ import annotations

import socket
from collections import defaultdict
from collections.abc import Iterable

import psutil

from quintet.errors import StackError
from quintet.stack.service import Service

ADDRESS = "127.0.0.1"


def check_ports(services: Iterable[Service]) -> None:
    """Raise unless every port the services want is free.

    Raises
    ------
    StackError
        Naming each taken port, who holds it, and the setting that changes it.
    """
    wanted = [service for service in services if service.port is not None]
    complaints = [
        *_wanted_twice(wanted),
        *(_complaint(service) for service in wanted if _is_taken(service.port)),
    ]
    if complaints:
        raise StackError("nothing was started: " + "; ".join(complaints))


def _wanted_twice(services: Iterable[Service]) -> list[str]:
    by_port = defaultdict(list)
    for service in services:
        by_port[service.port].append(service.port_setting or service.name)
    return [
        f"port {port} is set for {' and '.join(names)}" for port, names in by_port.items() if len(names) > 1
    ]


def _is_taken(port: int | None) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # Connections that are being forgotten do not count; a listener does, on whatever address.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((ADDRESS, port))
        except OSError:
            return True
    return False


def _complaint(service: Service) -> str:
    return (
        f"port {service.port} ({service.name}) is taken by {holder(service.port)}: "
        f"stop that, or set {service.port_setting} to another port"
    )


def holder(port: int | None) -> str:
    """Describe the process that listens on a port, as far as the system lets us see."""
    try:
        listeners = psutil.net_connections(kind="tcp")
    except (psutil.Error, OSError):
        listeners = []
    for link in listeners:
        if link.status == psutil.CONN_LISTEN and link.laddr and link.laddr.port == port and link.pid:
            return _describe(link.pid)
    return "another user's process"


def _describe(pid: int) -> str:
    try:
        command = " ".join(psutil.Process(pid).cmdline())
    except psutil.Error:
        return f"process {pid}"
    return f"process {pid} ({command[:120]})" if command else f"process {pid}"
