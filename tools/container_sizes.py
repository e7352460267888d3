"""Print what the images and containers take: what `make sizes` runs. Needs Docker, and Python alone.

python tools/container_sizes.py               size of each image, memory of each running container
python tools/container_sizes.py --builds      build times too: no layer cached, nothing or a line changed
python tools/container_sizes.py --watch 300   least and most memory of each container in the next 300 s

Times and memory depend on what else runs: the first line tells the load they were measured at.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BASE = "python:3.12-slim-bookworm"
IMAGES = ("api", "ui", "mlflow", "airflow")
# What a code edit would touch in each image.
EDITED = {
    "api": "src/quintet/main.py",
    "ui": "src/quintet/settings/page.py",
    "airflow": "src/quintet/jobs/train.py",
}


def docker(*arguments: str) -> str:
    """Run `docker` and return its standard output, without the last newline."""
    return subprocess.run(
        ["docker", *arguments], check=True, stdout=subprocess.PIPE, text=True
    ).stdout.strip()


def size_mb(image: str) -> float:
    """Return an image's size in megabytes (10^6 bytes)."""
    return int(docker("image", "inspect", "--format", "{{.Size}}", image)) / 1e6


def build_s(name: str, context: Path, *options: str) -> float:
    """Build an image under a tag of its own and return the seconds it took."""
    started = time.monotonic()
    docker(
        "build",
        "-q",
        "-f",
        str(context / f"Dockerfile.{name}"),
        "-t",
        f"quintet-{name}:sizes",
        *options,
        str(context),
    )
    return time.monotonic() - started


def builds(name: str, scratch: Path) -> str:
    """Return three build times of an image, as cells of a table."""
    times = [build_s(name, scratch, "--no-cache"), build_s(name, scratch)]
    if name in EDITED:
        with (scratch / EDITED[name]).open("a", encoding="utf-8") as file:
            file.write("\n# edited\n")
        times.append(build_s(name, scratch))
    docker("image", "rm", "--force", f"quintet-{name}:sizes")
    return " | ".join(f"{seconds:.0f} s" for seconds in times) + (" |" if name in EDITED else " | – |")


def print_images(with_builds: bool) -> None:
    """Print one row an image."""
    more = " no layer cached | nothing changed | one line changed |" if with_builds else ""
    print(f"| image | MB | above the base |{more}\n|---|---|---|{'---|---|---|' if with_builds else ''}")
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder) / "context"
        if with_builds:
            ignored = shutil.ignore_patterns(".git", ".quintet", ".*_cache", "__pycache__", ".env", "models")
            shutil.copytree(ROOT, scratch, ignore=ignored)
        for name in IMAGES:
            size = size_mb(f"quintet-{name}:dev")
            row = f"| {name} | {size:.0f} | {size - size_mb(BASE):.0f} |"
            print(f"{row} {builds(name, scratch)}" if with_builds else row, flush=True)


def memory_mib() -> dict[str, float]:
    """Return the memory of each running container of Quintet, without its inactive cache."""
    rows = docker("stats", "--no-stream", "--format", "{{.Name}} {{.MemUsage}}").splitlines()
    found = re.findall(r"^(\S*quintet\S*) ([0-9.]+)([KMG])iB", "\n".join(rows), flags=re.MULTILINE)
    return {name: float(size) * {"K": 1 / 1024, "M": 1, "G": 1024}[unit] for name, size, unit in found}


def print_containers(watch_s: float) -> None:
    """Print one row a container: its memory now, or the least and most of it in the seconds watched."""
    seen: dict[str, list[float]] = {}
    until = time.monotonic() + watch_s
    while True:
        for name, size in memory_mib().items():
            seen.setdefault(name, []).append(size)
        if time.monotonic() >= until:
            break
        time.sleep(1)
    print("\n| container | least, MiB | most, MiB |\n|---|---|---|")
    for name, sizes in sorted(seen.items()):
        print(f"| {name} | {min(sizes):.0f} | {max(sizes):.0f} |")


def main(arguments: list[str]) -> None:
    """Print all that was asked for, and the load at which it was measured."""
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    watch_s = float(arguments[arguments.index("--watch") + 1]) if "--watch" in arguments else 0
    print_images("--builds" in arguments)
    print_containers(watch_s)
    print(f"\nload at the end {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
