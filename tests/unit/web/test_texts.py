"""Both languages say the same things with the same blanks."""

from __future__ import annotations

import re
from dataclasses import asdict, fields

import pytest

from quintet.web.texts import EN, KO, Texts


def blanks(text: object) -> list[str]:
    return sorted(re.findall(r"{\w+}", str(text)))


@pytest.mark.parametrize("name", [field.name for field in fields(Texts)])
def test_a_sentence_has_the_same_blanks_in_both_languages(name: str) -> None:
    assert blanks(getattr(EN, name)) == blanks(getattr(KO, name))


def test_korean_is_korean() -> None:
    the_same = {name for name, text in asdict(KO).items() if text == asdict(EN)[name]}
    assert the_same == {"listen"}
