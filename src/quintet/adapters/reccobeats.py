"""ReccoBeats, a free copy of Spotify's audio features: no key, forty ids a call, unknown ids left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from quintet.data.schema import FEATURE_NAMES
from quintet.errors import SourceUnavailableError
from quintet.json_http import JsonClient


class ReccoBeats:
    """A `FeatureSource`; it has every feature but `time_signature`.

    Parameters
    ----------
    client : JsonClient
        How to ask.
    """

    name = "reccobeats"
    batch_size = 40

    def __init__(self, client: JsonClient) -> None:
        self._client = client

    def audio_features(self, track_ids: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
        """Return features by Spotify id, matched by the last part of `href`: the answer has its own order."""
        answer = self._client.get("/v1/audio-features", {"ids": ",".join(track_ids)})
        if not isinstance(answer, dict) or not isinstance(answer.get("content"), list):
            raise SourceUnavailableError("ReccoBeats answered in a shape we do not know")
        wanted = set(track_ids)
        found = {str(row.get("href", "")).rsplit("/", 1)[-1]: row for row in answer["content"]}
        return {track_id: _read(row) for track_id, row in found.items() if track_id in wanted}


def _read(row: Mapping[str, float]) -> dict[str, float]:
    return {name: float(row[name]) for name in FEATURE_NAMES if row.get(name) is not None}
