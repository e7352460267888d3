"""Resolve pyproject.toml into uv.lock and the hashed requirements_*.txt, one per image.

The committed lock names no package index: its addresses stand as placeholders, filled in from pip's own
defaults while uv works, so that a machine behind a mirror installs the very same hashes from its own index.

    python tools/lock.py            resolve again where pyproject.toml asks for it, and export
    python tools/lock.py --upgrade  move every dependency to its newest allowed version
    python tools/lock.py --check    exit 1 when a committed file is stale
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from pip._internal.models.index import PyPI

ROOT = Path(__file__).resolve().parent.parent
PLACEHOLDERS = {
    PyPI.simple_url: "https://index.invalid/simple",
    f"https://{PyPI.file_storage_domain}": "https://files.invalid",
}
HEADER = "# Made by `make lock` from pyproject.toml and uv.lock: do not edit.\n"


def run_uv(folder: Path, *arguments: str) -> str:
    """Run uv in `folder` and return its standard output; its own messages pass through."""
    uv = shutil.which("uv", path=str(Path(sys.executable).parent)) or "uv"
    command = [uv, *arguments, "--default-index", PyPI.simple_url, "--no-config", "--project", str(folder)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def name_index(text: str) -> str:
    """Put the real addresses in place of the placeholders."""
    for address, placeholder in PLACEHOLDERS.items():
        text = text.replace(placeholder, address)
    return text


def hide_index(text: str) -> str:
    """Put the placeholders in place of the real addresses."""
    for address, placeholder in PLACEHOLDERS.items():
        text = text.replace(address, placeholder)
    return text


def export(folder: Path, extras: list[str]) -> str:
    """Return the hashed requirements of some extras, as uv exports them from the lock in `folder`."""
    flags = [flag for extra in extras for flag in ("--extra", extra)]
    options = [
        "--frozen",
        "--no-emit-project",
        "--no-header",
        "--no-annotate",
        "--format",
        "requirements-txt",
    ]
    return HEADER + run_uv(folder, "export", *options, *flags)


def resolve(*lock_options: str) -> dict[str, str]:
    """Resolve in a scratch folder and return the text of every locked file by its name."""
    pyproject = (ROOT / "pyproject.toml").read_text()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "pyproject.toml").write_text(pyproject)
        (folder / "README.md").touch()
        if (ROOT / "uv.lock").exists():
            (folder / "uv.lock").write_text(name_index((ROOT / "uv.lock").read_text()))
        run_uv(folder, "lock", "--quiet", *lock_options)
        files = {"uv.lock": hide_index((folder / "uv.lock").read_text())}
        for image, extras in tomllib.loads(pyproject)["tool"]["quintet"]["requirements"].items():
            files[f"requirements_{image}.txt"] = hide_index(export(folder, extras))
    return files


def main(arguments: list[str]) -> int:
    """Write the locked files, or with --check say which of them are stale."""
    files = resolve(*(option for option in arguments if option != "--check"))
    stale = [name for name, text in files.items() if not is_current(name, text)]
    if "--check" in arguments:
        sys.stderr.writelines(f"{name} is stale: run `make lock` and commit it\n" for name in stale)
        return bool(stale)
    for name in stale:
        (ROOT / name).write_text(files[name])
    return 0


def is_current(name: str, text: str) -> bool:
    """Tell whether the committed file holds exactly this text."""
    path = ROOT / name
    return path.exists() and path.read_text() == text


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
