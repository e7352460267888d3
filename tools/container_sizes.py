"""Print what the images and containers take: what `make sizes` runs. Needs Docker, and Python alone.

python tools/container_sizes.py           size of each image, memory of each running container
python tools/container_sizes.py --builds  build times too: nothing cached, nothing changed, one line changed
"""

from __future__ import annotations

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
    "ui": "src/quintet/web/texts.py",
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
    more = " nothing cached | nothing changed | one line changed |" if with_builds else ""
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


def print_containers() -> None:
    """Print the memory of each running container whose name says Quintet."""
    rows = docker("stats", "--no-stream", "--format", "{{.Name}}\t{{.MemUsage}}\t{{.CPUPerc}}").splitlines()
    print("\n| container | memory / limit | CPU |\n|---|---|---|")
    for row in sorted(row for row in rows if "quintet" in row):
        print("| " + " | ".join(row.split("\t")) + " |")


if __name__ == "__main__":
    print_images("--builds" in sys.argv)
    print_containers()
