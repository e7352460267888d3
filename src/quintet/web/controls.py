"""The dials and filters of a list: as the address says them, and as the API is asked. No Streamlit, no texts.

A control has one name in the address, in the drawer and in `CODECS`; what makes no sense is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

SEPARATOR = "|"  # names hold commas ("Tyler, The Creator") and semicolons more often
MAX_NAMES = 50
MAX_NAME_LENGTH = 100
# How far another list may stray, where the listener asks for one.
VARIETY = 0.5
MS_PER_MIN = 60_000
# Bounds in minutes: a pop song is between them.
LENGTHS_MIN: dict[str, tuple[int | None, int | None]] = {
    "short": (None, 3),
    "medium": (3, 5),
    "long": (5, None),
}
SCRIPTS = ("latin", "hangul", "japanese", "han", "cyrillic")
YEARS = (1900, 2100)

Names = tuple[str, ...]


@dataclass(frozen=True)
class Controls:
    """What a listener set; the defaults leave everything to the API.

    Parameters
    ----------
    popularity : float
        -1 (deep cuts) to 1 (hits).
    diversity : float
        0 (all alike) to 1 (surprising).
    per_artist : {"", "1", "all"}
        Songs by one artist: the API's own limit, one, any number.
    year_min, year_max : int or None
        Of release, both included.
    explicit : {"", "no", "only"}
    length : {"", "short", "medium", "long"}
    scripts : tuple of str
        Writings of title and artist, any of `SCRIPTS`.
    genres, exclude_genres, blocked_artists : tuple of str
    another : int
        0 is the usual list; every other number is a list of its own.
    """

    popularity: float = 0.0
    diversity: float = 0.0
    per_artist: str = ""
    year_min: int | None = None
    year_max: int | None = None
    explicit: str = ""
    length: str = ""
    scripts: Names = ()
    genres: Names = ()
    exclude_genres: Names = ()
    blocked_artists: Names = ()
    another: int = 0

    def n_set(self) -> int:
        """Count what differs from the usual list, another list aside."""
        set_ones = {name for name, text in self.to_params().items() if text}
        return len(set_ones - {"another"}) - ({"year_min", "year_max"} <= set_ones)

    def to_params(self) -> dict[str, str]:
        """Write what was set, as texts; `read_controls` reads them back."""
        changed = {part.name: getattr(self, part.name) for part in fields(self)}
        return {name: _text(value) for name, value in changed.items() if value != _DEFAULTS[name]}

    def to_request(self) -> dict[str, Any]:
        """Write the fields of `POST /recommend_ranked`; what is not set is not mentioned."""
        request: dict[str, Any] = {
            "popularity": self.popularity,
            "diversity": self.diversity,
            "blocked_artists": list(self.blocked_artists),
            "filters": self._filters(),
            "variety_seed": self.another,
            "variety": VARIETY if self.another else 0,
        }
        request = {name: value for name, value in request.items() if value}
        if self.per_artist:
            request["max_per_artist"] = 1 if self.per_artist == "1" else None
        return request

    def _filters(self) -> dict[str, Any]:
        shortest, longest = LENGTHS_MIN.get(self.length, (None, None))
        filters = {
            "year_min": self.year_min,
            "year_max": self.year_max,
            "explicit": {"no": False, "only": True}.get(self.explicit),
            "duration_ms_min": shortest and shortest * MS_PER_MIN,
            "duration_ms_max": longest and longest * MS_PER_MIN,
            "scripts": list(self.scripts) or None,
            "genres": list(self.genres) or None,
            "exclude_genres": list(self.exclude_genres) or None,
        }
        return {name: value for name, value in filters.items() if value is not None}


def read_controls(params: Mapping[str, str]) -> Controls:
    """Read controls from texts by name; a text that makes no sense leaves its default."""
    read = {}
    for name, codec in CODECS.items():
        try:
            read[name] = codec(params[name])
        except (KeyError, ValueError):
            continue
    controls = Controls(**read)
    if (controls.year_min or YEARS[0]) > (controls.year_max or YEARS[1]):
        read |= {"year_min": controls.year_max, "year_max": controls.year_min}
    return Controls(**read)


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return SEPARATOR.join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _share(low: float) -> Callable[[str], float]:
    """Read a number between `low` and 1, in hundredths."""

    def read(text: str) -> float:
        number = round(float(text), 2) + 0.0  # no negative zero
        if not low <= number <= 1:
            raise ValueError(text)
        return number

    return read


def _whole(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(text)
        return number

    return read


def _year(text: str) -> int | None:
    return _whole(*YEARS)(text) if text.strip() else None


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return read


def _names(text: str) -> Names:
    """Read names, each once; a NUL means an attack, not a name."""
    names = (" ".join(name.split())[:MAX_NAME_LENGTH] for name in text.replace("\0", "").split(SEPARATOR))
    return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))[:MAX_NAMES]


def _scripts(text: str) -> Names:
    return tuple(script for script in SCRIPTS if script in text.split(SEPARATOR))


CODECS: dict[str, Callable[[str], Any]] = {
    "popularity": _share(-1),
    "diversity": _share(0),
    "per_artist": _one_of("", "1", "all"),
    "year_min": _year,
    "year_max": _year,
    "explicit": _one_of("", "no", "only"),
    "length": _one_of("", *LENGTHS_MIN),
    "scripts": _scripts,
    "genres": _names,
    "exclude_genres": _names,
    "blocked_artists": _names,
    "another": _whole(0, 9999),
}
_DEFAULTS = {part.name: part.default for part in fields(Controls)}
