"""The client against a stand-in over real HTTP: answers are typed, every lower error is translated."""

from __future__ import annotations

import socket
import time

import pytest
from conftest_types import FakeApi

from quintet.settings import PageSettings
from quintet.web.api_client import ApiClient
from quintet.web.errors import ApiDownError, NoModelYetError, PageError, RefusedError, UnknownTracksError
