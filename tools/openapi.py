"""docs/openapi.json: write it, or check that it is current (`--check`). Its content is `quintet.api`'s."""

from __future__ import annotations

import sys
from pathlib import Path

from quintet.api.openapi import text
from quintet.main import create_app

TARGET = Path(__file__).parents[1] / "docs" / "openapi.json"


def main() -> int:
    """Refresh or check; return the exit status."""
    fresh = text(create_app())
    if "--check" not in sys.argv:
        TARGET.write_text(fresh, encoding="utf-8")
    elif not TARGET.exists() or TARGET.read_text(encoding="utf-8") != fresh:
        sys.stderr.write("docs/openapi.json is stale: run `make openapi`\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
