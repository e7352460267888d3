"""What the core asks of the world outside: protocols and the small values they speak in.

Adapters keep these promises, tests keep them with small fakes, and one contract suite runs on both.
Nothing here is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from quintet.data.validation import RawRows

CHAMPION = "champion"
PREVIOUS = "previous"

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


@dataclass(frozen=True, slots=True)
class ModelVersion:
    """One registered version of the model.

    Parameters
    ----------
    version : str
        The registry's number, a decimal integer as text.
    run_id : str
        The run that made it.
    created_at : datetime
        Timezone-aware.
    aliases : tuple of str
        Such as "champion".
    tags : mapping of str to str
        Verdict, fingerprint and the like.
    metrics : mapping of str to float
        Its headline metrics.
    """

    version: str
    run_id: str
    created_at: datetime
    aliases: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    metrics: Mapping[str, float] = field(default_factory=dict)


class ModelRegistry(Protocol):
    """Where model versions live; every method raises RegistryError when it cannot answer."""

    def champion(self) -> ModelVersion | None:
        """Return the version behind the alias `champion`, or None."""
        ...

    def aliased(self, alias: str) -> ModelVersion | None:
        """Return the version behind an alias, or None."""
        ...

    def versions(self) -> Sequence[ModelVersion]:
        """Return every version, newest first (by number, not by text)."""
        ...

    def download(self, version: str, folder: Path) -> Path:
        """Fetch a version's artifact into an empty folder and return the artifact's own folder."""
        ...

    def set_alias(self, alias: str, version: str) -> None:
        """Point an alias at a version; raise RegistryError where there is no such version."""
        ...


@dataclass(frozen=True, slots=True)
class TrainedRun:
    """What is logged of one run: the training itself, or one configuration of it.

    Parameters
    ----------
    name : str
        Short, readable.
    params : mapping
        What was chosen.
    metrics : mapping of str to float
        What was measured; finite numbers only.
    """

    name: str
    params: Mapping[str, str | int | float]
    metrics: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Training:
    """All that is kept of one training.

    Parameters
    ----------
    run : TrainedRun
        The parent run.
    headline : mapping of str to float
        The metrics that stand for the model: kept with the version.
    children : sequence of TrainedRun
        One a configuration.
    attachments : Path
        Folder of plots and reports, kept as it is.
    artifact : Path
        The model's folder (see `model.artifact`).
    example : sequence of str
        Track ids of the catalogue, kept as the example of an input.
    tags : mapping of str to str
        Kept with the version: fingerprint and the like.
    """

    run: TrainedRun
    headline: Mapping[str, float]
    children: Sequence[TrainedRun]
    attachments: Path
    artifact: Path
    example: Sequence[str]
    tags: Mapping[str, str] = field(default_factory=dict)


class RunTracker(Protocol):
    """Where trainings are recorded; every method raises RegistryError when it cannot answer."""

    def check(self) -> None:
        """Raise at once where nobody answers, before any work is done."""
        ...

    def record(self, training: Training) -> ModelVersion:
        """Log the runs and attachments, register the artifact, return the new version (without aliases)."""
        ...


@dataclass(frozen=True, slots=True)
class CreditedArtist:
    """An artist as a track's credits name one; `artist_id` is Spotify's."""

    artist_id: str
    name: str


@dataclass(frozen=True, slots=True)
class FoundTrack:
    """A track's metadata as a catalogue source knows it; what the source does not say is None.

    Units and formats are those of `data.schema`.
    """

    track_id: str
    track_name: str
    artists: tuple[CreditedArtist, ...]
    album_id: str | None
    album_name: str | None
    release_date: str | None
    duration_ms: int
    explicit: bool | None
    popularity: int | None
    isrc: str | None
    image_url: str | None


@dataclass(frozen=True, slots=True)
class TrackPage:
    """Some of the tracks a question has, in the source's order, and where the next begin (None: no more)."""

    tracks: tuple[FoundTrack, ...]
    next_offset: int | None


@dataclass(frozen=True, slots=True)
class ChartEntry:
    """One place of a chart: the track by Spotify id where the source knows it, else by ISRC."""

    rank: int
    track_id: str | None
    isrc: str | None
    track: FoundTrack | None = None


class TrackSource(Protocol):
    """A catalogue to discover tracks in. Every method may raise any SourceError."""

    name: str

    def search(self, query: str, offset: int = 0) -> TrackPage:
        """Return the page of a search that begins at `offset`; the page's size is the source's."""
        ...

    def playlist(self, playlist_id: str, offset: int = 0) -> TrackPage:
        """Return the page of a playlist that begins at `offset`."""
        ...

    def tracks(self, track_ids: Sequence[str]) -> Mapping[str, FoundTrack]:
        """Return tracks by Spotify id; unknown ids are left out."""
        ...


class FeatureSource(Protocol):
    """A source of audio features, asked for at most `batch_size` tracks a call."""

    name: str
    batch_size: int

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """Return features by name (`data.schema.FEATURE_NAMES`) by Spotify id; unknown ids are left out."""
        ...


class GenreSource(Protocol):
    """A source of artists' genres, asked for at most `batch_size` artists at a time."""

    name: str

    @property
    def batch_size(self) -> int:
        """How many artists to ask for now; it may change as the source is better known."""
        ...

    def artist_genres(self, artist_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Return genres by Spotify artist id; an artist without genres has an empty tuple."""
        ...


class ChartSource(Protocol):
    """A source of what is popular today."""

    name: str

    def chart(self, size: int) -> Sequence[ChartEntry]:
        """Return today's chart, best first, ranks from 1."""
        ...
