"""Where tracks come from as rows, and where they are kept: the values and protocols of the catalogue.

Nothing here is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from quintet.data.validation import RawRows

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and how much there is (None: unknown)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a batch of rows came from.

    Parameters
    ----------
    source : str
        "file", "demo", "spotify", "reccobeats", …: stored beside every value.
    detail : str
        The path, query or playlist.
    """

    source: str
    detail: str


@dataclass(frozen=True, slots=True)
class TrackBatch:
    """Checked rows on their way into the store.

    Parameters
    ----------
    tracks : DataFrame
        Accepted rows, columns of `data.schema.SNAPSHOT_COLUMNS`, and `artist_ids` (a list beside `artists`,
        or empty). A track may repeat: its first row counts, and the genres of all. Audio
        features may be missing, but only all of them: such a track waits for its features.
    playlists : DataFrame or None
        `playlist_id, playlist_name, track_id`, where the source has playlists.
    rejected : mapping of str to int
        How many rows were refused, by reason: recorded beside the accepted ones.
    """

    tracks: pd.DataFrame
    playlists: pd.DataFrame | None = None
    rejected: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportCounts:
    """What an import found and changed.

    Parameters
    ----------
    import_id : int
        Its row in the table of imports.
    accepted : int
        Rows taken; `accepted == repeated + added + changed + unchanged`.
    rejected : mapping of str to int
        Rows refused, by reason.
    repeated : int
        Accepted rows whose track an earlier row had brought.
    added, changed, unchanged : int
        Distinct tracks: new, other than before in any fact, exactly as before.
    playlists : int
        Distinct playlists seen.
    """

    import_id: int
    accepted: int
    rejected: Mapping[str, int]
    repeated: int
    added: int
    changed: int
    unchanged: int
    playlists: int

    @property
    def read(self) -> int:
        """Rows read: every one was accepted or rejected."""
        return self.accepted + sum(self.rejected.values())


class RowSource(Protocol):
    """Where rows of tracks come from, a chunk at a time."""

    @property
    def origin(self) -> Origin:
        """What is stored beside every value of this source."""
        ...

    @property
    def header(self) -> Sequence[str]:
        """The names of the untouched cells, for the file of rejected rows."""
        ...

    def chunks(self, progress: Progress) -> Iterator[RawRows]:
        """Yield every row once, in order; raise a DataError or SourceError when that cannot be done."""
        ...


class RejectedRows(Protocol):
    """Where refused rows are kept for a person to mend."""

    def keep(self, rows: RawRows, reasons: pd.Series) -> None:
        """Keep the untouched cells of the rows `reasons` names by number, each with its reason."""
        ...

    def place(self) -> str | None:
        """Return where they are now, or None while there are none."""
        ...


class TrackStore(Protocol):
    """Where tracks, artists, features and playlists are kept; every method raises StoreError if it cannot.

    Facts of several sources stand beside each other; `tracks` reads the best, in a fixed order of sources.
    Writing the same thing twice changes nothing the second time.
    """

    def import_batches(self, batches: Iterable[TrackBatch], origin: Origin) -> ImportCounts:
        """Upsert every batch in one transaction; nothing is written if the iterable raises."""
        ...

    def upsert_artist_genres(self, genres: pd.DataFrame, origin: Origin) -> int:
        """Store `artist_name`, `genres` (lists) and perhaps `artist_id`; return how many artists changed.

        Genres by name serve every track whose artist has none of its own; an empty list means "asked, none".
        """
        ...

    def upsert_playlists(self, playlists: pd.DataFrame, origin: Origin) -> int:
        """Store `playlist_id, playlist_name, track_id` rows whose track is known; return how many are new."""
        ...

    def tracks(self) -> pd.DataFrame:
        """Return every track with audio features, ordered by `track_id`: see `data.schema.SNAPSHOT_COLUMNS`.

        `popularity` and `time_signature` are float64, `explicit` is bool or None; missing values are NaN.
        """
        ...

    def playlists(self) -> pd.DataFrame:
        """Return `playlist_id, playlist_name, track_id`, ordered by playlist and position."""
        ...

    def count_tracks(self) -> int:
        """Return how many tracks with audio features are stored."""
        ...
