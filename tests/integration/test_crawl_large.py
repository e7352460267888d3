"""A crawl of many tracks: memory stays flat, and the time it takes is the sources'."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
import requests
from tests.running_stack import free_port

from quintet.fakes.world import GENRES

TRACKS = 10_000
QUERIES = [f'genre:"{genre}"' for genre in GENRES] + [f"year:{year}" for year in range(1995, 2027)]
# Runs each task and tells, after each: seconds, CPU seconds, and the largest memory so far in MB.
SCRIPT = """
import json, resource, sys, time
from datetime import date
from quintet.batch_crawl import Crawl, CrawlOptions, TASKS

crawl = Crawl(CrawlOptions(date(2026, 11, 20), 10**6, json.loads(sys.argv[1])), lambda *_: None)
told = []
for task in TASKS:
    began, cpu = time.perf_counter(), time.process_time()
    counts = dict(crawl.run(task).counts)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told.append([task, counts, time.perf_counter() - began, time.process_time() - cpu, memory])
print(json.dumps(told))
"""


@pytest.mark.timeout(240)
def test_ten_thousand_tracks_hold_memory_flat_and_wait_for_the_sources(
    database_url: str, tmp_path: Path
) -> None:
    port = free_port()
    options = ("--regime", "extended", "--tracks", str(TRACKS), "--today", date(2026, 11, 20).isoformat())
    server = subprocess.Popen([sys.executable, "-m", "quintet.fakes.server", "--port", str(port), *options])
    try:
        _await(f"http://127.0.0.1:{port}/control")
        command = [sys.executable, "-c", SCRIPT, json.dumps(QUERIES)]
        done = subprocess.run(
            command,
            env=_environment(port, database_url) | {"QUINTET_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        server.terminate()
        server.wait(30)
    assert done.returncode == 0, done.stderr
    told = {task: rest for task, *rest in json.loads(done.stdout)}
    assert told["publish"][0]["accepted"] > 0.8 * TRACKS
    assert told["audio_features"][3] - told["chart"][3] < 50  # MB: what is fetched is never held
    assert told["publish"][3] - told["chart"][3] < 200
    asking = [told[task] for task in ("chart", "discovery", "genres", "audio_features")]
    assert sum(task[2] for task in asking) < 0.7 * sum(task[1] for task in asking)  # the rest is waiting


def _environment(port: int, database_url: str) -> dict[str, str]:
    outside = f"http://127.0.0.1:{port}"
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "QUINTET_CRAWL_DEPTH": "1000",
        "SPOTIPY_CLIENT_ID": "an-invented-id",
        "SPOTIPY_CLIENT_SECRET": "an-invented-secret",
        "SPOTIFY_API_URL": f"{outside}/spotify",
        "SPOTIFY_ACCOUNTS_URL": f"{outside}/accounts",
        "RECCOBEATS_API_URL": f"{outside}/reccobeats",
        "DEEZER_API_URL": f"{outside}/deezer",
    }


def _await(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            return requests.get(address, timeout=5).raise_for_status()
        except requests.ConnectionError:
            time.sleep(0.1)
    pytest.fail("the stand-ins did not start")
