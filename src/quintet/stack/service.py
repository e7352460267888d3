"""What the supervisor runs, as plain values: services that stay, steps that end. Nothing is started here."""

from __future__ import annotations

import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Probe = Callable[[], str | None]
"""Asks a service whether it is ready: None when it is, else what is still missing."""


@dataclass(frozen=True, slots=True)
class Part:
    """A process of the stack.

    Parameters
    ----------
    name : str
        Unique; names the log file too.
    command : tuple of str
        Program and arguments.
    env : mapping of str to str
        The whole environment of the process.
    needs : tuple of str
        Names of the parts that must be ready, or done, before this one starts.
    prepare : callable or None
        Called, in the supervisor, just before the process starts.
    start_timeout_s : float
        Seconds from its start until it must be ready, or done.
    """

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str]
    needs: tuple[str, ...] = ()
    prepare: Callable[[], None] | None = None
    start_timeout_s: float = 300.0


@dataclass(frozen=True, slots=True)
class Service(Part):
    """A part that stays.

    Parameters
    ----------
    ready : callable
        Asked until it answers None.
    port, port_setting : int, str or None
        The TCP port it listens on, and the setting that moves it.
    stop_signal : signal.Signals
        What asks it to stop.
    stop_timeout_s : float
        Seconds it may take to stop before it is killed.
    """

    ready: Probe = field(kw_only=True)
    port: int | None = None
    port_setting: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_timeout_s: float = 15.0


@dataclass(frozen=True, slots=True)
class Step(Part):
    """A part that ends.

    Parameters
    ----------
    is_done : callable or None
        Asked when its needs are met: True means there is nothing to do.
    is_shown : bool
        Whether its output is shown while it runs: progress of long steps.
    on_done : callable or None
        Called after the process ended well.
    """

    is_done: Callable[[], bool] | None = None
    is_shown: bool = False
    on_done: Callable[[], None] | None = None
