"""Write .env.template from `settings`: every setting with its line of explanation and its default.

The only truth about settings is `quintet.settings`; a test fails when the template says anything else.

    python tools/env_template.py
"""

from __future__ import annotations

from pathlib import Path

from pydantic_settings import BaseSettings

from quintet.settings import ALL_SETTINGS

TEMPLATE = Path(__file__).resolve().parent.parent / ".env.template"
HEADER = """\
# Every setting of Quintet, with its default. Copy this file to .env, take the # from a line and change it.
# The environment wins over .env. Made by `make settings` from src/quintet/settings/.
"""


def render() -> str:
    """Return the text the template must have."""
    return HEADER + "".join(_section(settings) for settings in ALL_SETTINGS)


def _section(settings: type[BaseSettings]) -> str:
    title = (settings.__doc__ or "").strip().splitlines()[0]
    lines = [f"\n# --- {title}\n"]
    for field in settings.model_fields.values():
        default = "" if field.default is None else field.default
        lines.append(f"\n# {field.description}\n# {field.alias}={default}\n")
    return "".join(lines)


if __name__ == "__main__":
    TEMPLATE.write_text(render(), encoding="utf-8")
