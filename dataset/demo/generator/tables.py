"""The tables beside this package as small values: genres with their sound, languages with their words.

Nothing is invented here: see `songs`.
"""

from __future__ import annotations

import csv
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.dice import Dice

TABLES = Path(__file__).resolve().parent.parent / "tables"
PARTS = ("titles", "artists", "albums", "venues", "remixers")
SLOT = re.compile(r"\{(\w+)\}")


def split_list(text: str) -> list[str]:
    """Return the parts of a comma-separated text, which may run over several lines."""
    return [" ".join(part.split()) for part in text.split(",")]


@dataclass(frozen=True, slots=True, eq=False)
class Genre:
    """One genre: how common it is, who sings in it, and how it sounds.

    Parameters
    ----------
    name, family : str
        Such as "dream pop" of the family "pop".
    languages : dict of str to float
        Language code to weight.
    share : float
        How many artists it has, relative to other genres.
    sound : dict of str to float
        Typical audio features: shares from 0 to 1, `loudness_db`, `tempo_bpm`, `duration_s` and the like.
    since : int
        The year of its first releases.
    neighbours : tuple of str
        Genres its artists also play.
    """

    name: str
    family: str
    languages: dict[str, float]
    share: float
    sound: dict[str, float]
    since: int
    neighbours: tuple[str, ...]


@cache
def genres() -> dict[str, Genre]:
    """Return every genre by its name, in the table's order."""
    with (TABLES / "genres.csv").open(encoding="utf-8", newline="") as file:
        return {row["genre"]: _genre(row) for row in csv.DictReader(file)}


def _genre(row: dict[str, str]) -> Genre:
    pairs = [entry.partition(":") for entry in row["languages"].split(";")]
    texts = {"genre", "family", "languages", "share", "since", "neighbours"}
    return Genre(
        name=row["genre"],
        family=row["family"],
        languages={code: float(weight or 1) for code, _, weight in pairs},
        share=float(row["share"]),
        sound={name: float(value) for name, value in row.items() if name not in texts},
        since=int(row["since"]),
        neighbours=tuple(row["neighbours"].split(";")),
    )


class Language:
    """The words of one language, and the patterns they are put in.

    Parameters
    ----------
    code : str
        The name of its table, such as "ko".
    """

    def __init__(self, code: str) -> None:
        table = tomllib.loads((TABLES / f"{code}.toml").read_text(encoding="utf-8"))
        self._lower_inside = frozenset(split_list(table.get("lower_inside", "")))
        self._words = {kind: split_list(text) for kind, text in table["words"].items()}
        self._patterns = {
            part: {family: split_list(text) for family, text in table[part].items()}
            for part in PARTS
            if part in table
        }

    def phrase(self, dice: Dice, part: str, *families: str) -> str:
        """Return a filled pattern of `part` ("titles", …): the first of the families that has its own."""
        choices = self._patterns[part]
        family = next((name for name in families if name in choices), "default")
        return self._fill(dice.pick(choices[family]), dice)

    def _fill(self, pattern: str, dice: Dice) -> str:
        used: set[str] = set()

        def word(slot: re.Match[str]) -> str:
            kind = slot.group(1)
            choice = dice.pick([word for word in self._words[kind] if word not in used])
            used.add(choice)
            inside = slot.start() > 0 and kind in self._lower_inside
            return choice[:1].lower() + choice[1:] if inside else choice

        return SLOT.sub(word, pattern)


@cache
def language(code: str) -> Language:
    """Return a language by its code, read once."""
    return Language(code)
