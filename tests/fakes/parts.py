"""Small real processes as parts of a stack: a line of shell each."""

from __future__ import annotations

import os
from collections.abc import Callable

from quintet.stack.service import Service, Step

ENV = {"PATH": os.environ["PATH"]}
Run = Callable[..., bool]


def service(name: str, script: str, **more: object) -> Service:
    return Service(name=name, command=("sh", "-c", script), env=ENV, **{"ready": lambda: None} | more)


def step(name: str, script: str, **more: object) -> Step:
    return Step(name=name, command=("sh", "-c", script), env=ENV, **more)
