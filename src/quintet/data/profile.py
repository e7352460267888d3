"""What a dataset looks like in numbers: counts, gaps, ranges, genres. Draws nothing and judges nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from quintet.data.schema import FEATURE_NAMES, Columns

if TYPE_CHECKING:
    import pandas as pd

    from quintet.data.dataset import Dataset

TOP_GENRES = 30
_QUANTILES = {"p5": 0.05, "median": 0.5, "p95": 0.95}
_DESCRIBED = (Columns.POPULARITY, Columns.DURATION_MS, *FEATURE_NAMES)


def profile(dataset: Dataset) -> dict[str, Any]:
    """Describe a dataset.

    Returns
    -------
    dict
        `fingerprint`; `counts` (tracks, recordings, songs, artists, albums, genres, invented,
        without_genres); `missing` (share of tracks without a value, 0–1, by column, only where there are
        any); `ranges` (by number column: min, p5, median, mean, p95, max); `decades` and `top_genres` (name
        to number of tracks, most first). Plain numbers, fit for JSON.
    """
    tracks = dataset.tracks
    genres = Counter(genre for listed in tracks[Columns.GENRES] for genre in listed)
    return {
        "fingerprint": dataset.fingerprint,
        "counts": _counts(tracks, len(genres)),
        "missing": _missing(tracks),
        "ranges": {name: _range(tracks[name]) for name in _DESCRIBED if tracks[name].notna().any()},
        "decades": _decades(tracks[Columns.RELEASE_DATE]),
        "top_genres": dict(genres.most_common(TOP_GENRES)),
    }


def as_markdown(found: dict[str, Any]) -> str:
    """Return a profile as a page of Markdown tables."""
    ranges = [
        [name, *(f"{value:g}" for value in numbers.values())] for name, numbers in found["ranges"].items()
    ]
    columns = ["column", *next(iter(found["ranges"].values()), {})]
    parts = [
        f"# Data profile\n\nFingerprint `{found['fingerprint']}`\n",
        _section("Counts", ["what", "number"], found["counts"].items()),
        _section(
            "Missing values", ["column", "share"], ((n, f"{v:.2%}") for n, v in found["missing"].items())
        ),
        _section("Ranges", columns, ranges),
        _section("Decades", ["decade", "tracks"], found["decades"].items()),
        _section("Most frequent genres", ["genre", "tracks"], found["top_genres"].items()),
    ]
    return "\n".join(parts)


def _counts(tracks: pd.DataFrame, genres: int) -> dict[str, int]:
    return {
        "tracks": len(tracks),
        "recordings": tracks[Columns.RECORDING].nunique(),
        "songs": tracks[Columns.SONG].nunique(),
        "artists": len({artist for listed in tracks[Columns.ARTISTS] for artist in listed}),
        "albums": tracks[Columns.ALBUM_NAME].nunique(),
        "genres": genres,
        "invented": int(tracks[Columns.IS_INVENTED].fillna(False).astype(bool).sum()),
        "without_genres": sum(not listed for listed in tracks[Columns.GENRES]),
    }


def _missing(tracks: pd.DataFrame) -> dict[str, float]:
    shares = tracks.isna().mean()
    return {str(name): round(float(share), 6) for name, share in shares.items() if share > 0}


def _range(column: pd.Series) -> dict[str, float]:
    values = column.dropna().astype(float)
    quantiles = {name: float(values.quantile(at)) for name, at in _QUANTILES.items()}
    found = {
        "min": float(values.min()),
        **quantiles,
        "mean": float(values.mean()),
        "max": float(values.max()),
    }
    return {name: round(value, 6) for name, value in found.items()}


def _decades(release_dates: pd.Series) -> dict[str, int]:
    years = [text[:3] for text in release_dates.dropna() if text[:4].isdecimal()]
    return {f"{decade}0s": count for decade, count in sorted(Counter(years).items())}


def _section(title: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    lines = [f"## {title}\n", _row(columns), _row(["---"] * len(columns)), *(_row(row) for row in rows)]
    return "\n".join(lines) + "\n"


def _row(cells: Sequence[Any]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|") for cell in cells) + " |"
