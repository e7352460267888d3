"""Running the page: Streamlit as a server that watches, asks and reports nothing. The page is in `web`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

APP = Path(__file__).resolve().parent.parent / "web" / "streamlit_app.py"
OPTIONS = {
    "server.headless": "true",
    "server.fileWatcherType": "none",
    "browser.gatherUsageStats": "false",
    "client.toolbarMode": "minimal",
    "client.showErrorDetails": "none",
}


def run(host: str, port: int) -> None:
    """Become Streamlit: this process is replaced, and does not return."""
    options = OPTIONS | {"server.address": host, "server.port": str(port)}
    flags = [text for name, value in options.items() for text in (f"--{name}", value)]
    os.execv(sys.executable, [sys.executable, "-m", "streamlit", "run", str(APP), *flags])  # noqa: S606
