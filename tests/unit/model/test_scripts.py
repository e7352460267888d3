"""Scripts are told by the letters of title and artists."""

from __future__ import annotations

import pytest

from quintet.model.columns import TextColumn
from quintet.model.scripts import SCRIPTS, scripts_of


def told(*texts: tuple[str, str]) -> list[set[str]]:
    titles, artists = zip(*texts, strict=True)
    flags = scripts_of(TextColumn.of(titles), TextColumn.of(artists)).tolist()
    return [{name for place, name in enumerate(SCRIPTS) if row >> place & 1} for row in flags]


@pytest.mark.parametrize(
    ("title", "artist", "scripts"),
    [
        ("Halo", "Beyoncé", {"latin"}),
        ("Spring Day 봄날", "BTS", {"hangul"}),
        ("夜に駆ける", "YOASOBI", {"japanese"}),
        ("月亮代表我的心", "鄧麗君", {"han"}),
        ("Группа крови", "Кино", {"cyrillic"}),
        ("사랑 Любовь", "Kino", {"hangul", "cyrillic"}),
        ("Ωmega", "Ωmega", {"greek"}),
        ("להיות", "Ivri Lider", {"hebrew"}),
        ("نسم علينا الهوى", "Fairuz", {"arabic"}),
        ("दिल से", "Lata", {"devanagari"}),
        ("รักแรกพบ", "Tattoo Colour", {"thai"}),
        ("ՀԱՅ", "System", {"other"}),
        ("ｗｉｄｅ", "𝔅𝔬𝔩𝔡", {"latin"}),
        ("99", "!!!", set()),
        ("", "", set()),
    ],
)
def test_a_script_is_told_by_letters(title: str, artist: str, scripts: set[str]) -> None:
    assert told((title, artist)) == [scripts]


def test_rows_do_not_run_into_each_other() -> None:
    assert told(("", ""), ("봄", ""), ("", ""), ("", "Кино"), ("a", "")) == [
        set(),
        {"hangul"},
        set(),
        {"cyrillic"},
        {"latin"},
    ]
