"""Write the demo catalogue: `python dataset/demo/generate.py [FOLDER]` makes tracks.csv and playlists.csv.

The same tables always give the same bytes. What is invented, and how, lives in `generator` and `tables`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from generator.playlists import make_playlists
from generator.releases import Release, release_all
from generator.songs import make_artists

HERE = Path(__file__).resolve().parent
COLUMNS = (
    "track_id",
    "track_name",
    "artists",
    "album_name",
    "release_date",
    "popularity",
    "explicit",
    "duration_ms",
    "danceability",
    "energy",
    "key",
    "loudness",
    "mode",
    "speechiness",
    "acousticness",
    "instrumentalness",
    "liveness",
    "valence",
    "tempo",
    "time_signature",
    "genres",
)
DECIMALS = {"loudness": 3, "tempo": 3}
FEATURE_DECIMALS = 4


def track_row(release: Release) -> list[str]:
    """Return one line of tracks.csv: the canonical columns, as text."""
    song = release.song
    texts = {
        "track_id": release.track_id,
        "track_name": release.name,
        "artists": ";".join(artist.name for artist in song.credits),
        "album_name": release.album_name,
        "release_date": release.release_date,
        "popularity": str(release.popularity),
        "explicit": str(song.explicit),
        "genres": ";".join(dict.fromkeys(name for artist in song.credits for name in artist.genres)),
    }
    numbers = {
        name: str(round(value, DECIMALS.get(name, FEATURE_DECIMALS))) for name, value in song.sound.items()
    }
    return [(texts | numbers)[column] for column in COLUMNS]


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write rows as UTF-8 with plain line feeds, on every system."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(folder: Path) -> None:
    """Write both files into `folder`."""
    releases = release_all(make_artists())
    write_csv(folder / "tracks.csv", COLUMNS, map(track_row, releases))
    write_csv(
        folder / "playlists.csv", ("playlist_id", "playlist_name", "track_id"), make_playlists(releases)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
