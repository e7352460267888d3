"""The shapes of requests and answers, described and with examples; nothing is computed here."""

from quintet.api.schemas.answers import (
    FieldError,
    Health,
    HottestAnswer,
    ModelAnswer,
    Problem,
    RecommendAnswer,
    SearchAnswer,
)
from quintet.api.schemas.map import (
    AudioProfile,
    MapAnswer,
    MapPlace,
    MapPoint,
    MapRegion,
    PlacesAnswer,
    PlacesRequest,
)
from quintet.api.schemas.requests import HottestQuery, RecommendRequest, SearchQuery
from quintet.api.schemas.tracks import (
    AudioFeatures,
    ChartTrack,
    Contribution,
    FoundTrack,
    RankedTrack,
    Reasons,
    ReasonText,
    Track,
    TrackDetail,
)

__all__ = [
    "AudioFeatures",
    "AudioProfile",
    "ChartTrack",
    "Contribution",
    "FieldError",
    "FoundTrack",
    "Health",
    "HottestAnswer",
    "HottestQuery",
    "MapAnswer",
    "MapPlace",
    "MapPoint",
    "MapRegion",
    "ModelAnswer",
    "PlacesAnswer",
    "PlacesRequest",
    "Problem",
    "RankedTrack",
    "ReasonText",
    "Reasons",
    "RecommendAnswer",
    "RecommendRequest",
    "SearchAnswer",
    "SearchQuery",
    "Track",
    "TrackDetail",
]
