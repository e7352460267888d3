"""Both languages say the same things with the same blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict

import pytest

from quintet.web.texts import EN, KO


def sentences(text: object, name: str = "") -> Iterator[tuple[str, str]]:
    """Every sentence with the path that leads to it."""
    if isinstance(text, dict):
        for key, value in text.items():
            yield from sentences(value, f"{name}.{key}" if name else str(key))
    elif isinstance(text, tuple | list):
        for at, value in enumerate(text):
            yield from sentences(value, f"{name}.{at}")
    else:
        yield name, str(text)


ENGLISH, KOREAN = dict(sentences(asdict(EN))), dict(sentences(asdict(KO)))


def blanks(text: str) -> list[str]:
    return sorted(re.findall(r"{\w+}", text))


@pytest.mark.parametrize("name", ENGLISH)
def test_a_sentence_has_the_same_blanks_in_both_languages(name: str) -> None:
    assert blanks(ENGLISH[name]) == blanks(KOREAN[name])


def test_both_languages_have_the_same_sentences() -> None:
    assert list(ENGLISH) == list(KOREAN)


def test_korean_is_korean() -> None:
    the_same = {name for name, text in KOREAN.items() if text == ENGLISH[name]}
    assert the_same == set()
    assert all(
        re.search("[가-힣]", text)
        for name, text in KOREAN.items()
        if name not in ("language", "other_language")
    )
