"""What `QUINTET_CATALOGUE` means: the bundled demo, files, or the public file where it can be had."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from quintet.adapters.track_files.download import PinnedFile, fetch
from quintet.errors import SettingsError, SourceUnavailableError
from quintet.ports import Progress

# TidyTuesday 2020-01-21. The address may change, the content may not.
PUBLIC_SHA256 = "9902920cfe4940f0914ebb6716801a42f7f19ac88fbd6693eaae7e2822b16845"
PUBLIC_SIZE_BYTES = 7_971_379


@dataclass(frozen=True, slots=True)
class Choice:
    """The files to load.

    Parameters
    ----------
    tracks : tuple of Path
        Files of tracks.
    playlists : Path or None
        A file of playlists.
    source : str
        What is stored beside every value.
    note : str
        One line for the user, or "".
    """

    tracks: tuple[Path, ...]
    playlists: Path | None = None
    source: str = "file"
    note: str = ""


def choose(catalogue: str, demo_dir: Path, public: PinnedFile, downloads: Path, progress: Progress) -> Choice:
    """Return what to load for a value of `QUINTET_CATALOGUE`: "demo", "auto", or paths joined by commas.

    Raises
    ------
    SettingsError
        When nothing is named, a path is no file, or the demo is not where it should be.
    """
    if catalogue == "demo":
        return _demo(demo_dir, "These songs are invented: the demo catalogue.")
    if catalogue != "auto":
        return Choice(_paths(catalogue))
    try:
        return Choice((fetch(public, downloads, progress),))
    except SourceUnavailableError as error:
        return _demo(demo_dir, f"{error}. Loading the demo catalogue instead: its songs are invented.")


def _demo(demo_dir: Path, note: str) -> Choice:
    tracks, playlists = demo_dir / "tracks.csv", demo_dir / "playlists.csv"
    if not tracks.is_file():
        raise SettingsError(
            f"no demo catalogue at {tracks}: set QUINTET_DEMO_DIR, or QUINTET_CATALOGUE to a file"
        )
    return Choice((tracks,), playlists if playlists.is_file() else None, "demo", note)


def _paths(catalogue: str) -> tuple[Path, ...]:
    paths = tuple(Path(text.strip()).expanduser() for text in catalogue.split(",") if text.strip())
    if not paths:
        raise SettingsError("QUINTET_CATALOGUE is empty: set it to demo, auto, or paths joined by commas")
    if absent := [str(path) for path in paths if not path.is_file()]:
        raise SettingsError(f"QUINTET_CATALOGUE names no file: {', '.join(absent)}")
    return paths
