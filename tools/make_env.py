"""Write .env from .env.template with random secrets: what `make env` runs. Needs nothing but Python.

An .env that is already there keeps every line; only secrets it does not set yet are added, so that a new
release's secrets arrive with the same command. Passwords of databases that exist are never changed.

    python tools/make_env.py
"""

from __future__ import annotations

import base64
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RANDOM = re.compile(r"^# (?P<about>[^\n]*\(random\))\n# (?P<name>[A-Z0-9_]+)=\n", re.MULTILINE)


def random_secret() -> str:
    """Return 32 random bytes in URL-safe base64: a good password, and the form of a Fernet key."""
    return base64.urlsafe_b64encode(os.urandom(32)).decode()


def filled(template: str) -> str:
    """Return the template with a random secret in each place that asks for one."""
    return RANDOM.sub(lambda found: f"# {found['about']}\n{found['name']}={random_secret()}\n", template)


def completed(env: str, template: str) -> tuple[str, list[str]]:
    """Return an existing .env with the secrets it lacks, and their names."""
    present = set(re.findall(r"^\s*(?:export\s+)?([A-Z0-9_]+)=.", env, flags=re.MULTILINE))
    missing = [found for found in RANDOM.finditer(template) if found["name"] not in present]
    added = "".join(f"\n# {found['about']}\n{found['name']}={random_secret()}\n" for found in missing)
    return env.rstrip("\n") + "\n" + added, [found["name"] for found in missing]


def write_private(path: Path, text: str) -> None:
    """Write a file only its owner can read, whole or not at all."""
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(path)


def main(folder: Path = ROOT) -> str:
    """Make or complete `.env` in `folder`; return what was done, in one line."""
    template, path = (folder / ".env.template").read_text(encoding="utf-8"), folder / ".env"
    if not path.exists():
        write_private(path, filled(template))
        return "wrote .env with random secrets; Airflow's password is AIRFLOW_ADMIN_PASSWORD there"
    text, added = completed(path.read_text(encoding="utf-8"), template)
    if not added:
        return ".env has every secret already; nothing was changed"
    write_private(path, text)
    return f"added to .env: {', '.join(added)}"


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
