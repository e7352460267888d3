"""The batch side's wiring of the catalogue: files, the store and the jobs between.

Imports are inside the functions, so that a command loads only what it uses.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quintet.batch import database_url
from quintet.settings import CatalogueSettings, HomeSettings

if TYPE_CHECKING:
    from quintet.adapters.track_files.choice import Choice
    from quintet.jobs.import_catalogue import ImportReport
    from quintet.jobs.import_side_data import SideReport
    from quintet.ports import Progress, TrackStore


def track_store() -> TrackStore:
    """Return the store of tracks; nothing is asked of it yet."""
    from quintet.adapters.postgres import PostgresTrackStore

    return PostgresTrackStore(database_url())


def migrate() -> tuple[str | None, str | None]:
    """Bring the database up to date; return the revision before and after."""
    from quintet.adapters.postgres import migrate

    return migrate(database_url())


def choose_catalogue(progress: Progress) -> Choice:
    """Return the files `QUINTET_CATALOGUE` means; `auto` may download one."""
    from quintet.adapters.track_files.choice import PUBLIC_SHA256, PUBLIC_SIZE_BYTES, choose
    from quintet.adapters.track_files.download import PinnedFile

    settings = CatalogueSettings()
    public = PinnedFile(settings.download_url, PUBLIC_SHA256, PUBLIC_SIZE_BYTES)
    return choose(settings.catalogue, settings.demo_dir, public, HomeSettings().home / "downloads", progress)


def import_tracks(paths: Sequence[Path], source: str, progress: Progress) -> list[ImportReport]:
    """Import files, each in a transaction of its own; all are recognised before the first is read."""
    from quintet.adapters.track_files.rejects import RejectsFile
    from quintet.adapters.track_files.track_file import TrackFile
    from quintet.jobs.import_catalogue import import_source

    store, limit = track_store(), CatalogueSettings().max_rejected_share
    folder = HomeSettings().home / "rejects"
    reports = []
    for file in [TrackFile(path, source) for path in paths]:
        rejects = RejectsFile(folder, file.path.stem, file.header)
        reports.append(import_source(file, store, rejects, limit, progress))
    return reports


def import_artist_genres(path: Path) -> SideReport:
    """Import a file of artists' genres."""
    from quintet.adapters.track_files.side_files import read_artist_genres
    from quintet.jobs import import_side_data

    rows = read_artist_genres(path)
    return import_side_data.import_artist_genres(rows.frame, rows.rejected, str(path), track_store())


def import_playlists(path: Path, source: str) -> SideReport:
    """Import a file of playlists."""
    from quintet.adapters.track_files.side_files import read_playlists
    from quintet.jobs import import_side_data

    rows = read_playlists(path)
    return import_side_data.import_playlists(rows.frame, rows.rejected, str(path), source, track_store())


def export_tracks(path: Path) -> int:
    """Write every track with features in the canonical layout; return how many."""
    from quintet.adapters.track_files.canonical import write_canonical

    tracks = track_store().tracks()
    write_canonical(tracks, path)
    return len(tracks)
