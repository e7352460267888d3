"""Release dates as numbers: the year, and the day where the date is whole."""

from __future__ import annotations

import re
from datetime import date

_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def year_of(text: str) -> int | None:
    """Return the year a release date begins with, or None."""
    return int(text[:4]) if _YEAR.match(text) else None


def day_of(text: str) -> int | None:
    """Return the day, counted from year 1, of a whole release date (`YYYY-MM-DD`), or None."""
    try:
        return date.fromisoformat(text).toordinal() if _DAY.fullmatch(text) else None
    except ValueError:
        return None
