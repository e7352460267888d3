"""Settings are documented, each one, and nothing that is not a setting is."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest

from quintet.settings import ALL_SETTINGS, DatabaseSettings, HomeSettings, process_environment

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
        str(path.parent.relative_to(ROOT))
        for path in (ROOT / "src").rglob("*.py")
        if reading.search(path.read_text(encoding="utf-8"))
    }
    assert readers == {"src/quintet/settings"}


def test_a_setting_left_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("API_PORT", "")
    assert DatabaseSettings().url is None
    assert HomeSettings().api_port == 8000


def test_a_field_is_read_under_its_documented_name_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/somewhere")
    monkeypatch.setenv("URL", "postgresql://elsewhere")
    monkeypatch.delenv("QUINTET_HOME", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert HomeSettings().home == Path(".quintet")
    assert DatabaseSettings().url is None


def test_a_process_in_another_folder_finds_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUINTET_HOME", "here")
    monkeypatch.setenv("DATABASE_URL", "postgresql://u:secret@h/d")
    monkeypatch.delenv("API_PORT", raising=False)
    handed_on = process_environment()
    assert handed_on["QUINTET_HOME"] == str(Path("here").resolve())
    assert handed_on["DATABASE_URL"] == "postgresql://u:secret@h/d"
    assert "API_PORT" not in handed_on


def test_the_socket_lies_in_the_state_folder_unless_its_path_is_too_long_or_unusual(tmp_path: Path) -> None:
    assert HomeSettings(home=tmp_path).socket_dir == tmp_path.resolve() / "run"
    for unusual in (tmp_path / ("x" * 90), tmp_path / "a b", tmp_path / "a,b", tmp_path / "음악"):
        folder = HomeSettings(home=unusual).socket_dir
        assert len(str(folder / ".s.PGSQL.5432")) < 60
        assert folder == HomeSettings(home=unusual).socket_dir
        assert folder != HomeSettings(home=tmp_path).socket_dir
