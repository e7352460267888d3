"""Settings are documented, each one, and nothing that is not a setting is."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from quintet.settings import ALL_SETTINGS, DatabaseSettings, HomeSettings

ROOT = Path(__file__).resolve().parents[2]
FIELDS = [field for settings in ALL_SETTINGS for field in settings.model_fields.values()]


def _documented() -> dict[str, str]:
    """Return what stands in the template: setting name to its default as text."""
    text = (ROOT / ".env.template").read_text(encoding="utf-8")
    return dict(re.findall(r"^# ?([A-Z][A-Z0-9_]+)=(.*)$", text, flags=re.MULTILINE))


def test_every_setting_stands_in_the_template_and_nothing_else() -> None:
    assert set(_documented()) == {field.alias for field in FIELDS}, (
        "run `make settings` and commit the template"
    )


def test_the_template_says_what_settings_say() -> None:
    written = runpy.run_path(str(ROOT / "tools" / "env_template.py"))["render"]()
    assert written == (ROOT / ".env.template").read_text(encoding="utf-8"), "run `make settings`"


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.alias)
def test_every_setting_has_a_name_and_a_line_of_explanation(field) -> None:
    assert re.fullmatch(r"[A-Z][A-Z0-9_]+", field.alias)
    assert 10 < len(field.description) < 120


def test_the_template_sets_nothing_by_itself() -> None:
    lines = (ROOT / ".env.template").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == []


def test_only_settings_reads_the_environment() -> None:
    reading = re.compile(r"environ\.get|environ\[[^]]+\](?!\s*=[^=])|getenv|load_dotenv")
    readers = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert readers - {"src/quintet/settings.py"} == set()


def test_a_setting_left_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("API_PORT", "")
    assert DatabaseSettings().url is None
    assert HomeSettings().api_port == 8000
