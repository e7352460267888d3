"""What the core asks of the world outside: protocols and the small values they speak in.

`catalogue` is where tracks are kept, `registry` models, `music` the sources outside, `crawl` a crawl's store.
Adapters keep these promises, tests keep them with small fakes, and one contract suite runs on both.
"""

from quintet.ports.catalogue import (
    ImportCounts,
    Origin,
    Progress,
    RejectedRows,
    RowSource,
    TrackBatch,
    TrackStore,
)
from quintet.ports.music import (
    ChartEntry,
    ChartSource,
    CreditedArtist,
    FeatureSource,
    FoundTrack,
    GenreSource,
    TrackPage,
    TrackSource,
)
from quintet.ports.registry import (
    CHALLENGER,
    CHAMPION,
    PREVIOUS,
    ArtifactPlaces,
    ModelRegistry,
    ModelVersion,
    RunTracker,
    TrainedRun,
    Training,
    Watch,
)

__all__ = [
    "CHALLENGER",
    "CHAMPION",
    "PREVIOUS",
    "ArtifactPlaces",
    "ChartEntry",
    "ChartSource",
    "CreditedArtist",
    "FeatureSource",
    "FoundTrack",
    "GenreSource",
    "ImportCounts",
    "ModelRegistry",
    "ModelVersion",
    "Origin",
    "Progress",
    "RejectedRows",
    "RowSource",
    "RunTracker",
    "TrackBatch",
    "TrackPage",
    "TrackSource",
    "TrackStore",
    "TrainedRun",
    "Training",
    "Watch",
]
